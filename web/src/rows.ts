// Owned rows: add, remove and move a row at once. Without script the same submit buttons (_add.<field>,
// _remove.<field>.<n>, _up.<field>.<n>, _down.<field>.<n>) ask the server to redraw the form.
//
//   div.g-rows[data-rows="<field>"] > fieldset.g-row[data-row]*  template[data-row-template]  .g-rows-foot
//
// In the template, __n__ stands for the row's index (from 0) in names, ids and references to ids.
import { all, announce, around, make, one } from './dom';
import { words } from './words';

const references = ['name', 'id', 'for', 'value', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'list', 'href'];

function rowsOf(block: HTMLElement): HTMLElement[] {
  return all(':scope > [data-row]', block);
}

function changed(block: HTMLElement): void {
  block.closest('form')?.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Rewrites "field.7." or "field-7-" to the row's new place, in every name and reference of the row. */
function renumberRow(row: HTMLElement, field: string, index: number): void {
  const before = row.dataset.row ?? '__n__';
  const place = new RegExp(`(^|[^\\w])${field.replace(/[^\w]/g, '\\$&')}([.\\[-])${before}(?![\\w])`, 'g');
  for (const element of [row, ...all<Element>('*', row)]) {
    for (const attribute of references) {
      // A value of ours is only rewritten on the buttons: what people typed is never touched.
      if (attribute === 'value' && element.tagName !== 'BUTTON') continue;
      const value = element.getAttribute(attribute);
      if (value?.includes(field)) element.setAttribute(attribute, value.replace(place, `$1${field}$2${index}`));
    }
  }
  row.dataset.row = String(index);
  for (const number of all('[data-row-number]', row)) number.textContent = String(index + 1);
  for (const named of all('[data-row-label]', row)) {
    named.setAttribute('aria-label', (named.dataset.rowLabel ?? '').replace('{n}', String(index + 1)));
  }
}

function renumber(block: HTMLElement): void {
  const rows = rowsOf(block);
  // Two passes, so that two rows that change places never share a radio group's name on the way.
  rows.forEach((row, index) => renumberRow(row, block.dataset.rows ?? '', index + 100000));
  rows.forEach((row, index) => renumberRow(row, block.dataset.rows ?? '', index));
  const most = Number(block.dataset.max || Infinity);
  const add = one<HTMLButtonElement>('button[name^="_add."]', block);
  if (add) add.disabled = rows.length >= most;
  for (const [index, row] of rows.entries()) {
    for (const up of all<HTMLButtonElement>('button[name^="_up."]', row)) up.disabled = index === 0;
    for (const down of all<HTMLButtonElement>('button[name^="_down."]', row)) down.disabled = index === rows.length - 1;
  }
}

/** Brings the block to `wanted` rows, at the end; used when a kept text comes back. */
export function resizeRows(block: HTMLElement, wanted: number): void {
  while (rowsOf(block).length > wanted) rowsOf(block).pop()?.remove();
  while (rowsOf(block).length < wanted && addRow(block));
  renumber(block);
}

/** Adds an empty row; returns null when the page has no template for it. */
function addRow(block: HTMLElement): HTMLElement | null {
  const template = one<HTMLTemplateElement>(':scope > template[data-row-template]', block);
  const copy = template?.content.firstElementChild?.cloneNode(true);
  if (!template || !(copy instanceof HTMLElement)) return null;
  copy.dataset.row = '__n__';
  template.before(copy);
  renumber(block);
  return copy;
}

/** Where one goes on in a row: its first field that shows, for its number is a field too, which takes no focus. */
function firstControl(row: HTMLElement): HTMLElement | null {
  return one('input:not([type=hidden]), select, textarea', row);
}

function add(block: HTMLElement): boolean {
  const row = addRow(block);
  if (!row) return false;
  changed(block);
  firstControl(row)?.focus();
  announce(words.rowAdded(rowsOf(block).length));
  return true;
}

function offerUndo(block: HTMLElement, row: HTMLElement, following: Element | null): void {
  one(':scope > .g-undo', block)?.remove();
  const note = make('p', 'g-undo', `${words.rowRemoved} `);
  const undo = make('button', 'btn btn-quiet btn-sm', words.undo);
  undo.type = 'button';
  undo.addEventListener('click', () => {
    if (following?.parentElement === block) following.before(row);
    else one(':scope > template', block)?.before(row);
    note.remove();
    renumber(block);
    changed(block);
    firstControl(row)?.focus();
    announce(words.rowBack);
  });
  note.append(undo);
  (one(':scope > .g-rows-foot', block) ?? block).before(note);
  undo.focus();
}

function remove(block: HTMLElement, row: HTMLElement): boolean {
  const following = row.nextElementSibling;
  row.remove();
  renumber(block);
  changed(block);
  offerUndo(block, row, following);
  announce(words.rowRemoved);
  return true;
}

function move(block: HTMLElement, row: HTMLElement, button: HTMLButtonElement, down: boolean): boolean {
  const rows = rowsOf(block);
  const other = rows[rows.indexOf(row) + (down ? 1 : -1)];
  if (!other) return true;
  if (down) other.after(row); else other.before(row);
  renumber(block);
  changed(block);
  (button.disabled ? one<HTMLElement>('button[name^="_up."]:enabled, button[name^="_down."]:enabled', row) : button)?.focus();
  announce(words.rowMoved(rowsOf(block).indexOf(row) + 1));
  return true;
}

export function startRows(): void {
  for (const block of all('[data-rows]')) {
    rowsOf(block).forEach((row, index) => { row.dataset.row ||= String(index); });
    renumber(block);
  }
  document.addEventListener('click', (event) => {
    const button = around<HTMLButtonElement>(event.target, 'button[name^="_"]');
    const block = button?.closest<HTMLElement>('[data-rows]');
    if (!button || !block) return;
    const row = button.closest<HTMLElement>('[data-row]');
    const action = button.name.split('.')[0];
    const done = action === '_add' ? add(block)
      : !row ? false
      : action === '_remove' ? remove(block, row)
      : action === '_up' ? move(block, row, button, false)
      : action === '_down' ? move(block, row, button, true)
      : false;
    if (done) event.preventDefault();
  });
}
