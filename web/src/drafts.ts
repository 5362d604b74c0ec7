// Nothing typed is lost: form[data-guard="<key>"] warns before one leaves it unsaved, keeps a draft on the server
// (autosave.ts) and, until the server has it, a copy in this tab, which it offers back after an expired session, a lost
// network or a closed page.
import { autosave, offered } from './autosave';
import { all, announce, around, make, one } from './dom';
import * as copies from './copies';
import { words } from './words';

const afterTyping = 3000;
const afterField = 800;

/** The name of the page is no part of what was typed. */
function same(a: [string, string][], b: [string, string][]): boolean {
  const typed = (fields: [string, string][]) => JSON.stringify(fields.filter(([name]) => name !== '_form'));
  return typed(a) === typed(b);
}

function notice(text: string, ...actions: HTMLElement[]): HTMLElement {
  const box = make('div', 'g-alert g-alert--info g-restore');
  const body = make('div', 'g-alert-text');
  body.append(make('h2', '', words.restoreTitle), make('p', '', text));
  box.append(body, ...actions);
  return box;
}

/** As the server writes its moments: "22 novembre 2026 à 8 h 27", "22 November 2026 at 08:27". */
function moment(at: number): string {
  const english = document.documentElement.lang.startsWith('en');
  const text = new Intl.DateTimeFormat(english ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeStyle: 'short' }).format(at);
  return english ? text : text.replace(/0?(\d+):(\d\d)$/, '$1\u00a0h\u00a0$2');
}

function when(copy: copies.Copy): string {
  return words.restoreText(moment(copy.at));
}

function button(text: string, style: string, act: () => void): HTMLButtonElement {
  const made = make('button', `btn ${style}`, text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** A copy that is still here is newer than the server's draft: the draft waits behind it. */
function offer(form: HTMLFormElement, key: string, copy: copies.Copy): void {
  const draft = offered();
  draft?.toggleAttribute('hidden', true);
  const withFiles = one('input[type=file]', form) !== null;
  const box = notice(withFiles ? `${when(copy)} ${words.filesLost}` : when(copy),
    button(words.restore, 'btn-primary', () => {
      draft?.remove();
      copies.write(form, copy.fields);
      box.remove();
      one('input:not([type=hidden]), textarea, select', form)?.focus();
      announce(words.restored);
    }),
    button(words.forget, 'btn-quiet', () => {
      copies.forget(key);
      box.remove();
      draft?.toggleAttribute('hidden', false);
      form.focus();
    }));
  form.before(box);
}

/** This page is the answer to a save, and not one come back to. */
function accepted(): boolean {
  if (one('.g-secret')) return true;   // an address or a token shown once: the same page, because it can be shown nowhere else
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return new URLSearchParams(location.search).has('done') && entry?.type === 'navigate';
}

function guard(form: HTMLFormElement): void {
  const key = form.dataset.guard ?? '';
  const start = copies.read(form);
  let saved = start;
  // The server says data-unsaved when it draws again a form it refused: leaving it would lose what was typed.
  let unsaved = form.dataset.unsaved !== undefined;
  const dirty = () => !form.dataset.sent && (unsaved || !same(copies.read(form), saved));
  const keep = (sent: boolean) => copies.save(key, {
    person: copies.person() ?? '', path: location.pathname + location.search, at: Date.now(), sent, fields: copies.read(form),
  });
  const draft = autosave(form, () => copies.read(form), (fields) => {
    saved = fields;
    unsaved = false;
    if (same(copies.read(form), fields)) copies.forget(key);
  });
  let timer = 0;

  const copy = copies.load(key);
  if (copy && copy.person !== (copies.person() ?? '')) copies.forget(key);
  // What was sent as a draft is this page; what was sent and refused stands in the form already, trimmed and under the
  // version of now: the copy is the older one.
  else if (copy?.sent && form.dataset.kept !== undefined) copies.forget(key);
  else if (copy?.sent && unsaved) keep(false);
  // A save that leads back to a page with the same form (a message posted in a thread) was accepted: it says so in its address.
  else if (copy?.sent && accepted()) copies.forget(key);
  else if (copy && !same(copy.fields, start)) offer(form, key, copy);
  if (unsaved) draft?.soon(afterField);

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => { if (dirty()) keep(false); else copies.forget(key); }, 400);
    draft?.soon(afterTyping);
  });
  form.addEventListener('change', () => { if (dirty()) draft?.soon(afterField); });
  window.addEventListener('online', () => { if (dirty()) draft?.soon(0); });
  form.addEventListener('submit', (event) => {
    if (draft && event.submitter?.getAttribute('name') === '_keep') {
      event.preventDefault();
      void draft.now();
      return;
    }
    clearTimeout(timer);
    // A draft on its way must not arrive after the save that makes it useless.
    if (draft?.stop()) {
      event.preventDefault();
      void draft.settled().then(() => { form.requestSubmit(event.submitter instanceof HTMLElement ? event.submitter : null); });
      return;
    }
    keep(true);
  });
  window.addEventListener('pagehide', () => {
    if (!dirty()) return;
    keep(false);
    draft?.leaving();
  });
  window.addEventListener('beforeunload', (event) => { if (dirty()) event.preventDefault(); });
}

/** A signed-in page that follows a save means that it was accepted; a sign-in page means that it was not. What it answers
    shows the notice of a text that waits on another page. */
function settle(): (() => void) | null {
  const here = new Set(all<HTMLFormElement>('form[data-guard]').map((form) => form.dataset.guard));
  const refused = one('.g-error, .g-merge, .g-errors') !== null;
  const waiting: [string, copies.Copy][] = [];
  for (const key of copies.keys()) {
    const copy = copies.load(key);
    if (!copy || here.has(key)) continue;
    const who = copies.person();
    if (who === undefined) copies.save(key, { ...copy, sent: false });
    else if (copy.person !== who || (copy.sent && !refused)) copies.forget(key);
    else {
      // Refused on a page of its own: the page after this one must not take the copy for accepted.
      if (copy.sent) copies.save(key, { ...copy, sent: false });
      waiting.push([key, copy]);
    }
  }
  waiting.sort(([, a], [, b]) => b.at - a.at);
  const [first] = waiting;
  return first ? () => { remind(first[0], first[1], waiting.length - 1); } : null;
}

/** One notice however many forms wait: the last one written, the others after it. */
function remind(key: string, copy: copies.Copy, others: number): void {
  const link = make('a', 'btn btn-outline', words.resume);
  link.href = copy.path;
  const text = others > 0 ? `${when(copy)} ${words.restoreOthers(others)}` : when(copy);
  const box = notice(text, link, button(words.forget, 'btn-quiet', () => {
    copies.forget(key);
    box.remove();
    settle()?.();
  }));
  one('.g-main')?.prepend(box);
}

export function startDrafts(): void {
  const forms = all<HTMLFormElement>('form[data-guard]');
  // Before the forms keep anything of their own; shown after them, for a text of this page speaks first.
  const reminder = settle();
  forms.forEach(guard);
  if (!one('.g-restore') && !offered()) reminder?.();
  // Signing out leaves nothing behind on a shared computer.
  document.addEventListener('submit', (event) => {
    if (around(event.target, 'form[data-signs-out]')) copies.keys().forEach(copies.forget);
  });
}
