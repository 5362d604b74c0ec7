// A record form is sent once, however often its button is pressed.
import { around } from './dom';

export function startForms(): void {
  // A browser brings the caret of a text into sight, and may leave the rest of it under the bar that stays in place.
  document.addEventListener('focusin', (event) => {
    if (event.target instanceof HTMLTextAreaElement) event.target.scrollIntoView({ block: 'nearest' });
  });
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
