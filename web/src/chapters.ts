// The chapters of the menu stay as one left them, page after page, on this device; the page's own chapter is always open.
import { all } from './dom';

const kept = 'greffier.menu';

export function startChapters(): void {
  const folds = all<HTMLDetailsElement>('.g-nav-fold');
  let open: string[];
  try {
    open = (localStorage.getItem(kept) ?? '').split(' ');
  } catch {
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
}
