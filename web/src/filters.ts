// A box that narrows a long choice in the page: input[data-filters="<id>"] shows, of the [data-filtered] in that element,
// those that hold every word typed, and those that are ticked. Without script the box stays hidden and everything shows.
import { all, announce, one } from './dom';
import { words } from './words';

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae');

function narrow(place: HTMLElement, typed: string): number {
  const wanted = fold(typed).split(/\s+/).filter((word) => word !== '');
  let shown = 0;
  for (const item of all('[data-filtered]', place)) {
    const text = fold(item.textContent ?? '');
    const found = wanted.every((word) => text.includes(word));
    item.hidden = !found && one('input:checked', item) === null;
    if (found) shown += 1;
  }
  for (const group of all('fieldset', place)) group.hidden = all('[data-filtered]', group).every((item) => item.hidden);
  one('[data-filtered-none]', place)?.toggleAttribute('hidden', shown > 0);
  return shown;
}

export function startFilters(): void {
  for (const input of all<HTMLInputElement>('input[data-filters]')) {
    const place = document.getElementById(input.dataset.filters ?? '');
    if (!place) continue;
    input.closest('[hidden]')?.removeAttribute('hidden');
    input.addEventListener('input', () => { announce(words.found(narrow(place, input.value))); });
    // Enter would send the form around it.
    input.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
    if (input.value !== '') narrow(place, input.value);
  }
}
