// The copy of a form being written: kept in this tab's sessionStorage only, never longer than the tab, never for
// another person than the one who wrote it.
import { all, isControl, type Control } from './dom';
import { resizeRows } from './rows';

export interface Copy {
  person: string;                 // body[data-person] of the writer
  path: string;                   // where the form stands
  at: number;                     // when, in milliseconds since 1970
  sent: boolean;                  // a save was asked for and its answer is not known yet
  fields: [string, string][];
}

const prefix = 'greffier.form:';

/** The signed-in person of this page; undefined on pages without the frame (sign-in, public, errors). */
export function person(): string | undefined {
  return document.body.classList.contains('g-app') ? document.body.dataset.person ?? '' : undefined;
}

function kept(control: Control): boolean {
  return control.name !== '' && !control.disabled && !['_csrf', 'csrf'].includes(control.name)
    && !['password', 'file', 'submit', 'button'].includes(control.type) && control.dataset.private === undefined;
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(isControl).filter(kept);
}

/** What the form holds now, in its order; passwords, files and the anti-forgery token are left out. */
export function read(form: HTMLFormElement): [string, string][] {
  return controlsOf(form).flatMap((control): [string, string][] => {
    if (control instanceof HTMLSelectElement) {
      return [...control.selectedOptions].map((option) => [control.name, option.value]);
    }
    if (control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type) && !control.checked) return [];
    return [[control.name, control.value]];
  });
}

function fill(control: Control, values: string[]): void {
  if (control instanceof HTMLSelectElement) {
    const wanted = control.multiple ? values : values.splice(0, 1);
    for (const option of control.options) option.selected = wanted.includes(option.value);
  } else if (control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type)) {
    control.checked = values.includes(control.value);
  } else {
    control.value = values.shift() ?? '';
  }
}

/** Puts a copy back, its owned rows included. A hidden version number comes back too: a change made meanwhile by
    someone else then shows as a conflict to merge instead of being overwritten. */
export function write(form: HTMLFormElement, fields: [string, string][]): void {
  for (const block of all('[data-rows]', form)) {
    const field = block.dataset.rows ?? '';
    const indices = fields.filter(([name]) => name.startsWith(`${field}.`) || name.startsWith(`${field}[`))
      .map(([name]) => Number.parseInt(name.slice(field.length + 1), 10)).filter(Number.isInteger);
    resizeRows(block, Math.max(-1, ...indices) + 1);
  }
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...values.get(name) ?? [], value]);
  const before = new Set(read(form).map(([name, value]) => `${name}=${value}`));
  for (const control of controlsOf(form)) fill(control, values.get(control.name) ?? []);
  // What came back into a fold is not left out of sight.
  const back = new Set(read(form).filter(([name, value]) => value !== '' && !before.has(`${name}=${value}`)).map(([name]) => name));
  for (const control of controlsOf(form)) {
    const fold = back.has(control.name) ? control.closest<HTMLDetailsElement>('details.g-optional') : null;
    if (fold) fold.open = true;
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

export function load(key: string): Copy | null {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null') as Copy | null;
  } catch {
    return null;
  }
}

export function save(key: string, copy: Copy): void {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(copy));
  } catch {
    // Storage full or refused: the form itself still holds the text.
  }
}

export function forget(key: string): void {
  sessionStorage.removeItem(prefix + key);
}

export function keys(): string[] {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
