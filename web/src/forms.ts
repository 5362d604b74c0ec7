// A record form is sent once, however often its button is pressed.
import { around } from './dom';

export function startForms(): void {
  document.addEventListener('submit', (event) => {
    const form = around<HTMLFormElement>(event.target, 'form[data-guard]');
    if (!form || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'true';
    form.setAttribute('aria-busy', 'true');
  });
  // Coming back by the browser's Back button must find a form that can be sent.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    }
  });
}
