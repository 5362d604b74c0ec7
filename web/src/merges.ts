// The merge page: whoever writes a third answer has chosen it.
import { around } from './dom';

export function startMerges(): void {
  document.addEventListener('input', (event) => {
    const box = around<HTMLElement>(event.target, '[data-edit-of]');
    const choice = box && document.getElementById(box.dataset.editOf ?? '');
    if (choice instanceof HTMLInputElement) choice.checked = true;
  });
}
