// The chapters of the menu stay as one left them, page after page, on this device; the page's own chapter is always open,
// and its line in sight.
import { all, one } from './dom';

const kept = 'greffier.menu';

/** Moves the menu alone: the page stays where it is. */
function showCurrent(): void {
  const menu = one('.g-side');
  const line = menu && one('a[aria-current]', menu);
  if (!menu || !line) return;
  const below = line.getBoundingClientRect().bottom - menu.getBoundingClientRect().bottom;
  if (below > 0) menu.scrollTop += below + menu.clientHeight / 3;
}

export function startChapters(): void {
  const folds = all<HTMLDetailsElement>('.g-nav-fold');
  let open: string[];
  try {
    open = (localStorage.getItem(kept) ?? '').split(' ');
  } catch {
    showCurrent();
    return;
  }
  const name = (fold: HTMLDetailsElement) => fold.querySelector('summary')?.id ?? '';
  for (const fold of folds) {
    if (open.includes(name(fold))) fold.open = true;
    fold.addEventListener('toggle', () => {
      try {
        localStorage.setItem(kept, folds.filter((one) => one.open).map(name).join(' '));
      } catch {
        // A browser that keeps nothing shows each page as it comes.
      }
    });
  }
  showCurrent();
}
