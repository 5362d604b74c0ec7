// The few helpers every enhancement uses.

export function all<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

export function one<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E | null {
  return root.querySelector<E>(selector);
}

/** The nearest element around an event's target that matches, or null. */
export function around<E extends Element = HTMLElement>(target: EventTarget | null, selector: string): E | null {
  return target instanceof Element ? target.closest<E>(selector) : null;
}

/** An element with its class and its text; text is never read as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Is a key being typed into a field? */
export function typing(target: EventTarget | null): boolean {
  const element = around(target, 'input, textarea, select, [contenteditable="true"]');
  if (!(element instanceof HTMLInputElement)) return element !== null;
  return !['checkbox', 'radio', 'button', 'submit', 'reset'].includes(element.type);
}

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function isControl(element: unknown): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    || element instanceof HTMLSelectElement;
}

let speaker: HTMLElement | null = null;

/** Tells a screen reader something that the eye already sees. */
export function announce(message: string): void {
  if (!speaker) {
    speaker = make('p', 'g-hidden');
    speaker.setAttribute('role', 'status');
    document.body.append(speaker);
  }
  speaker.textContent = message;
}
