// Keyboard: / goes to the search field, Ctrl+K opens the palette, Ctrl+S saves, j and k walk a list, ? shows the list of shortcuts.
// Single-key shortcuts can be switched off (WCAG 2.1.4): some people speak to their computer, or tremble.
import { all, around, make, one, typing } from './dom';
import { openPalette } from './palette';
import { words } from './words';

const setting = 'greffier.single-keys';

function singleKeys(): boolean {
  return localStorage.getItem(setting) !== 'off';
}

function search(): boolean {
  const field = all<HTMLInputElement>('.g-top .g-search input[type=search], .g-filterbar input[type=search]')
    .find((input) => input.checkVisibility());
  if (field) { field.focus(); field.select(); return true; }
  const link = one<HTMLAnchorElement>('.g-searchlink');
  link?.click();
  return link !== null;
}

function saveForm(): boolean {
  const inside = document.activeElement?.closest('form');
  const form = inside?.querySelector('.g-savebar') ? inside : one<HTMLElement>('.g-savebar')?.closest('form');
  if (!form) return false;
  form.requestSubmit(one<HTMLButtonElement>('button.btn-primary[type=submit]', form));
  return true;
}

function walk(step: 1 | -1): boolean {
  const links = all('.g-main .g-table tbody a.g-title, .g-main .g-list > li a:first-of-type, .g-main .g-results h3 a');
  if (links.length === 0) return false;
  const row = around(document.activeElement, 'tr, li');
  const here = links.findIndex((link) => link === document.activeElement || (row !== null && link.closest('tr, li') === row));
  const next = here < 0 ? (step === 1 ? 0 : links.length - 1) : here + step;
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: 'nearest' });
  return true;
}

function shortcutRows(): [string[][], string][] {
  return [
    [[['Ctrl', 'K']], words.palette], [[['/']], words.search], [[['Ctrl', 'S']], words.save], [[['j']], words.nextRow],
    [[['k']], words.previousRow], [[['↵']], words.open], [[['Esc']], words.escape], [[['?']], words.help],
  ];
}

function buildDialog(): HTMLDialogElement {
  const dialog = make('dialog', 'g-dialog');
  dialog.id = 'g-shortcuts';
  dialog.setAttribute('aria-labelledby', 'g-shortcuts-title');
  const title = make('h2', '', words.shortcuts);
  title.id = 'g-shortcuts-title';
  const list = make('dl', 'g-keys');
  for (const [combinations, meaning] of shortcutRows()) {
    const keys = make('dt');
    combinations.forEach((combination, index) => {
      if (index > 0) keys.append(` ${words.or} `);
      combination.forEach((key, place) => keys.append(place > 0 ? ' ' : '', make('kbd', '', key)));
    });
    const group = make('div');
    group.append(keys, make('dd', '', meaning));
    list.append(group);
  }
  dialog.append(title, list, singleKeyChoice(), closeButton(dialog));
  document.body.append(dialog);
  return dialog;
}

function singleKeyChoice(): HTMLElement {
  const line = make('div', 'form-check');
  const box = make('input', 'form-check-input');
  const label = make('label', '', words.single);
  Object.assign(box, { type: 'checkbox', id: 'g-single-keys', checked: singleKeys() });
  label.htmlFor = box.id;
  box.addEventListener('change', () => localStorage.setItem(setting, box.checked ? 'on' : 'off'));
  line.append(box, label);
  return line;
}

function closeButton(dialog: HTMLDialogElement): HTMLElement {
  const foot = make('p', 'g-dialog-foot');
  const close = make('button', 'btn btn-outline', words.close);
  close.type = 'button';
  close.addEventListener('click', () => dialog.close());
  foot.append(close);
  return foot;
}

function showShortcuts(): boolean {
  const dialog = one<HTMLDialogElement>('#g-shortcuts') ?? buildDialog();
  if (!dialog.open) dialog.showModal();
  return true;
}

function act(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing || one('dialog[open]')) return false;
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === 'k' ? openPalette() || search() : event.key.toLowerCase() === 's' ? saveForm() : false;
  }
  if (typing(event.target) || !singleKeys()) return false;
  switch (event.key) {
    case '/': return search();
    case '?': return showShortcuts();
    case 'j': return walk(1);
    case 'k': return walk(-1);
    default: return false;
  }
}

export function startKeys(): void {
  document.addEventListener('keydown', (event) => { if (act(event)) event.preventDefault(); });
  for (const link of all('[data-opens="shortcuts"]')) link.hidden = false;
  document.addEventListener('click', (event) => {
    if (around(event.target, '[data-opens="shortcuts"]')) { event.preventDefault(); showShortcuts(); }
  });
}
