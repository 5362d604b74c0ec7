// A typed password can be looked at, and is hidden again before it leaves: a browser keeps what stood in a field of text.
import { all, make } from './dom';
import { words } from './words';

function show(field: HTMLInputElement, button: HTMLButtonElement, shown: boolean): void {
  field.type = shown ? 'text' : 'password';
  const [text] = button.childNodes;
  if (text) text.textContent = shown ? words.hidePassword : words.showPassword;
}

export function startReveal(): void {
  for (const field of all<HTMLInputElement>('input[type=password]')) {
    const button = make('button', 'btn btn-outline', words.showPassword);
    button.type = 'button';
    button.append(make('span', 'g-hidden', ` ${field.labels?.[0]?.textContent?.trim() ?? ''}`));
    const focused = document.activeElement === field;
    const box = make('div', 'g-reveal');
    field.before(box);
    box.append(field, button);
    if (focused) field.focus();
    field.spellcheck = false;
    field.autocapitalize = 'none';
    button.addEventListener('click', () => { show(field, button, field.type === 'password'); });
    field.form?.addEventListener('submit', () => { show(field, button, false); });
    window.addEventListener('pagehide', () => { show(field, button, false); });
  }
}
