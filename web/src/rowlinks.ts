// A click anywhere on a row of a list opens it; the link in the row stays the real, focusable one.
import { around, one } from './dom';

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const row = around(event.target, 'tr.g-rowlink, li.g-rowlink');
  if (!row || around(event.target, 'a, button, input, select, textarea, label, summary, details')) return null;
  if (document.getSelection()?.isCollapsed === false) return null;   // someone is copying a cell
  return one<HTMLAnchorElement>('a.g-title, a[href]', row);
}

export function startRowLinks(): void {
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener');
    else link.click();
  });
  document.addEventListener('auxclick', (event) => {
    const link = event.button === 1 ? linkOf(event) : null;
    if (link) window.open(link.href, '_blank', 'noopener');
  });
}
