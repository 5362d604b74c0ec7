// The theme form changes the page at once and tells the server behind; without script it is an ordinary form.
import { all, around } from './dom';

function show(theme: string): void {
  const root = document.documentElement;
  if (theme === 'light' || theme === 'dark') root.dataset.bsTheme = theme;
  else delete root.dataset.bsTheme;
  for (const button of all<HTMLButtonElement>('form[data-theme-form] button[name=theme]')) {
    button.setAttribute('aria-pressed', String(button.value === theme));
  }
}

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) if (typeof value === 'string') fields.append(name, value);
  const answer = await fetch(form.action, { method: 'POST', body: fields, redirect: 'manual' });
  if (!answer.ok && answer.type !== 'opaqueredirect') throw new Error(`theme: ${answer.status}`);
}

export function startTheme(): void {
  document.addEventListener('submit', (event) => {
    const form = around<HTMLFormElement>(event.target, 'form[data-theme-form]');
    const button = event.submitter;
    if (!form || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    show(button.value);
    send(form, button).catch(() => {
      const choice = document.createElement('input');
      Object.assign(choice, { type: 'hidden', name: button.name, value: button.value });
      form.append(choice);
      form.submit();
    });
  });
}
