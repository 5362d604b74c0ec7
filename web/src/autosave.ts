// The draft of a form on the server: sent a moment after a change, when a field is left, when the page goes. What the
// server does not take stays in this tab (copies.ts), and the form says so.
import { one } from './dom';
import { words } from './words';

type Fields = [string, string][];

export interface Autosave {
  /** Sends within so many milliseconds, once for all the changes until then. */
  soon(milliseconds: number): void;
  now(): Promise<void>;
  /** Sends while the page goes away: nobody reads the answer. */
  leaving(): void;
  /** What waits to be sent is not; true while an answer is awaited. */
  stop(): boolean;
  settled(): Promise<void>;
}

// A browser lets a page that goes away send this much at most.
const mostWhenLeaving = 60_000;

function bodyOf(form: HTMLFormElement, fields: Fields): URLSearchParams {
  const body = new URLSearchParams(fields);
  body.set('csrf', one<HTMLInputElement>('input[name=csrf]', form)?.value ?? '');
  return body;
}

/** Another draft of this record waits for its author's word: nothing may overwrite it. */
export function offered(): HTMLElement | null {
  return one('[data-draft-offer]');
}

async function reasonOf(answer: Response): Promise<string> {
  if (answer.status === 401) return words.draftSession;
  const problem = await answer.json().catch(() => null) as { detail?: string } | null;
  return problem?.detail ?? words.draftOffline;
}

export function autosave(form: HTMLFormElement, read: () => Fields, kept: (fields: Fields) => void): Autosave | null {
  const address = form.dataset.draft;
  if (!address) return null;
  const state = one('[data-draft-state]', form);
  let timer = 0;
  let due = Infinity;
  let flight: Promise<void> | null = null;

  const say = (text: string, failed: boolean) => {
    if (!state) return;
    // The same words again would be read aloud again.
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle('g-saved--not', failed);
  };

  const request = (fields: Fields, keepalive: boolean) => fetch(address, {
    method: 'POST', body: bodyOf(form, fields), headers: { Accept: 'application/json' }, redirect: 'manual', keepalive,
  });

  async function send(): Promise<void> {
    const fields = read();
    try {
      const answer = await request(fields, false);
      if (!answer.ok) { say(`${words.draftHere} ${await reasonOf(answer)}`, true); return; }
      const { message } = await answer.json() as { message: string };
      say(message, false);
      kept(fields);
    } catch {
      say(`${words.draftHere} ${words.draftOffline}`, true);
    }
  }

  async function now(): Promise<void> {
    clearTimeout(timer);
    due = Infinity;
    if (offered()) { say(words.draftWaits, true); return; }
    await flight;
    flight = send().finally(() => { flight = null; });
    await flight;
  }

  return {
    now,
    soon(milliseconds) {
      if (form.dataset.sent || Date.now() + milliseconds >= due) return;
      due = Date.now() + milliseconds;
      clearTimeout(timer);
      timer = window.setTimeout(() => { void now(); }, milliseconds);
    },
    leaving() {
      const fields = read();
      if (offered() || bodyOf(form, fields).toString().length > mostWhenLeaving) return;
      request(fields, true).catch(() => { /* the copy in this tab stays */ });
    },
    stop() {
      clearTimeout(timer);
      due = Infinity;
      return flight !== null;
    },
    settled: () => flight ?? Promise.resolve(),
  };
}
