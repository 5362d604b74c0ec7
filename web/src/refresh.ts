// A page that follows work under way, [data-refresh], shows how far it is: that part alone is asked for again, so that what has the
// focus keeps it. Without this script the page reloads itself.
import { announce, one } from './dom';

const pause = 1500;

async function look(part: HTMLElement): Promise<void> {
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => { void look(part); }, { once: true });
    return;
  }
  let next: HTMLElement | null = null;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    next = answer.ok ? page.getElementById(part.id) : null;
    if (!next) {
      location.reload();   // signed out, or not there any more: the page says so itself
      return;
    }
  } catch {
    window.setTimeout(() => { void look(part); }, pause * 4);   // the network will come back
    return;
  }
  const focused = part.contains(document.activeElement);
  const address = document.activeElement?.getAttribute('href');
  const shown = document.importNode(next, true);
  part.replaceWith(shown);
  const goesOn = shown.dataset.refresh !== undefined;
  if (focused) {
    const same = address ? one(`a[href="${CSS.escape(address)}"]`, shown) : null;
    if (!same) shown.tabIndex = -1;
    (same ?? shown).focus({ preventScroll: true });
  }
  if (goesOn) window.setTimeout(() => { void look(shown); }, pause);
  else announce(one('[data-told]', shown)?.textContent ?? '');
}

export function startRefresh(): void {
  const part = one('[data-refresh][id]');
  if (part) window.setTimeout(() => { void look(part); }, pause);
}
