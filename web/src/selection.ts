// Ticking rows of a list: the head's box ticks the page, Shift ticks a range, the bar says how many. Without script the
// head's box is a field of its own (whole_page), which the server reads.
import { all, announce, around, one } from './dom';
import { words } from './words';

function boxesOf(form: HTMLFormElement): HTMLInputElement[] {
  return all<HTMLInputElement>('tbody input[name="id"]', form);
}

function follow(form: HTMLFormElement, head: HTMLInputElement | null): void {
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  if (head) {
    head.checked = ticked > 0 && ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  const said = one('[data-ticked]', form);
  if (said) said.textContent = words.ticked(ticked);
  // All of the filter only makes sense once something is ticked.
  const whole = one<HTMLInputElement>('input[name="all"]', form);
  if (whole && ticked === 0) whole.checked = false;
}

function watch(form: HTMLFormElement): void {
  const head = one<HTMLInputElement>('thead input[name="whole_page"]', form);
  // The boxes themselves say it from here on.
  head?.removeAttribute('name');
  let last: HTMLInputElement | null = null;
  form.addEventListener('click', (event) => {
    const box = around<HTMLInputElement>(event.target, 'tbody input[name="id"]');
    if (!box) return;
    if (event.shiftKey && last) {
      const boxes = boxesOf(form);
      const [from = 0, to = 0] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener('change', (event) => {
    if (event.target === head && head) for (const box of boxesOf(form)) box.checked = head.checked;
    follow(form, head);
    const ticked = boxesOf(form).filter((box) => box.checked).length;
    announce(words.ticked(ticked));
  });
  form.addEventListener('reset', () => setTimeout(() => follow(form, head)));
  follow(form, head);   // the browser keeps ticks when one comes back to the page
}

/** A page that shows how far some work is comes again by itself, without taking the focus from anybody. */
function watchProgress(): void {
  const section = one('[data-progress]');
  if (!section) return;
  const again = async (): Promise<void> => {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const now = page ? one('[data-progress]', page) : null;
    if (page && !now) {
      location.reload();
      return;
    }
    const bar = one<HTMLProgressElement>('progress', section);
    const next = now ? one<HTMLProgressElement>('progress', now) : null;
    const said = one('[role="status"]', section);
    if (bar && next) bar.value = next.value;
    if (said && now) said.textContent = one('[role="status"]', now)?.textContent ?? '';
    setTimeout(() => void again(), 1500);
  };
  setTimeout(() => void again(), 1000);
}

export function startSelection(): void {
  for (const form of all<HTMLFormElement>('form.g-listform')) watch(form);
  watchProgress();
}
