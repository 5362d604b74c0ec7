// Ctrl+K: a dialog over the page with one field and a list of where one may go (WAI-ARIA combobox with a listbox that is
// always there). The server finds and writes the rows, so that 5,000 organisations are as quick as one; without script
// the same field is a form that leads to a page.
import { all, around, make, one } from './dom';
import { words } from './words';

const pause = 140;                 // milliseconds after the last key, before the server is asked

interface Palette {
  dialog: HTMLDialogElement;
  input: HTMLInputElement;
  list: HTMLElement;
  status: HTMLElement;          // in the dialog: what is outside is not spoken while it is open
  address: string;
}

let built: Palette | null = null;
let pending: AbortController | null = null;
let timer = 0;
let asked = '';

function options(palette: Palette): HTMLElement[] {
  return all('[role=option]', palette.list);
}

function choose(palette: Palette, option: HTMLElement | null): void {
  for (const other of options(palette)) other.setAttribute('aria-selected', String(other === option));
  if (option) {
    palette.input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else {
    palette.input.removeAttribute('aria-activedescendant');
  }
}

function current(palette: Palette): HTMLElement | null {
  return one('[role=option][aria-selected=true]', palette.list);
}

function move(palette: Palette, step: 1 | -1): void {
  const every = options(palette);
  const here = every.findIndex((option) => option === current(palette));
  choose(palette, every[(here + step + every.length) % every.length] ?? null);
}

function show(palette: Palette, html: string): void {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  palette.list.replaceChildren(...parsed.body.children);
  const every = options(palette);
  every.forEach((option, index) => { option.id = `g-palette-option-${index}`; });
  // What is typed is looked for everywhere by Enter alone; the first finding is one key away.
  choose(palette, asked ? every[0] ?? null : null);
  palette.status.textContent = words.results(every.length);
}

async function ask(palette: Palette): Promise<void> {
  pending?.abort();
  pending = new AbortController();
  asked = palette.input.value.trim();
  const address = new URL(palette.address, location.href);
  address.searchParams.set('q', asked);
  try {
    const answer = await fetch(address, { signal: pending.signal, headers: { Accept: 'text/html', 'X-Fragment': 'true' } });
    if (!answer.ok || answer.redirected) { location.assign(address); return; }   // signed out meanwhile: the page says so
    show(palette, await answer.text());
  } catch {
    // Aborted, or no network: what was found stays; Enter without a choice still sends the form.
  }
}

/** Enter goes to the chosen row; without one, or before its answer came, to the page of results. */
function open(palette: Palette, event: KeyboardEvent): void {
  const link = palette.input.value.trim() === asked ? current(palette) : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener');
  else link.click();
}

function onKey(palette: Palette, event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(palette, event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter') {
    open(palette, event);
  } else if (event.key === 'Escape') {
    event.preventDefault();            // a search field would only empty itself
    palette.dialog.close();
  }
}

function build(form: HTMLFormElement): Palette {
  const dialog = make('dialog', 'g-dialog g-palette');
  dialog.setAttribute('aria-label', words.palette);
  const field = make('form', 'g-palette-field');
  field.action = form.action;
  field.setAttribute('role', 'search');
  const input = make('input', 'form-control');
  Object.assign(input, { type: 'search', name: 'q', autocomplete: 'off', maxLength: 200, placeholder: words.paletteHint });
  const list = make('div', 'g-palette-list');
  list.id = 'g-palette-list';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', words.paletteResults);
  const facts = { role: 'combobox', 'aria-label': words.palette, 'aria-expanded': 'true', 'aria-controls': list.id, 'aria-autocomplete': 'list' };
  for (const [name, value] of Object.entries(facts)) input.setAttribute(name, value);
  field.append(input);
  const status = make('p', 'g-hidden');
  status.setAttribute('role', 'status');
  dialog.append(field, list, make('p', 'g-palette-foot', words.paletteKeys), status);
  document.body.append(dialog);
  const palette = { dialog, input, list, status, address: form.action };
  input.addEventListener('keydown', (event) => onKey(palette, event));
  input.addEventListener('input', () => { clearTimeout(timer); timer = window.setTimeout(() => void ask(palette), pause); });
  list.addEventListener('pointermove', (event) => {
    const option = around<HTMLElement>(event.target, '[role=option]');
    if (option && option !== current(palette)) choose(palette, option);
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => { pending?.abort(); clearTimeout(timer); });
  return palette;
}

/** Opens the palette; false on a page that has none, where the field of the page is what one wants. */
export function openPalette(): boolean {
  const form = one<HTMLFormElement>('form[data-palette]');
  if (!form) return false;
  built ??= build(form);
  if (built.dialog.open) return true;
  built.input.value = '';
  built.dialog.showModal();
  built.input.focus();
  void ask(built);
  return true;
}
