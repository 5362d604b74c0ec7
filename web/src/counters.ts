// Says how many characters are left in a long text, once three quarters of the room are used.
import { around, make } from './dom';
import { words } from './words';

let next = 0;

function counterOf(area: HTMLTextAreaElement): HTMLElement {
  const known = area.dataset.counter ? document.getElementById(area.dataset.counter) : null;
  if (known) return known;
  const counter = make('p', 'g-counter');
  counter.id = `g-counter-${++next}`;
  area.dataset.counter = counter.id;
  area.setAttribute('aria-describedby', `${area.getAttribute('aria-describedby') ?? ''} ${counter.id}`.trim());
  area.after(counter);
  return counter;
}

function count(area: HTMLTextAreaElement): void {
  const room = area.maxLength;
  const left = room - area.value.length;
  if (left > room / 4 && !area.dataset.counter) return;
  const counter = counterOf(area);
  counter.textContent = left > room / 4 ? '' : words.left(left);
  counter.classList.toggle('g-counter--near', left <= room / 20);
  // A screen reader hears it at the end of the room only, not at each key.
  counter.setAttribute('aria-live', left <= room / 20 && left % 10 === 0 ? 'polite' : 'off');
}

export function startCounters(): void {
  document.addEventListener('input', (event) => {
    const area = around<HTMLTextAreaElement>(event.target, 'textarea[maxlength]');
    if (area) count(area);
  });
}
