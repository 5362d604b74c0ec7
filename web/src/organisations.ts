// The organisation switch filters while one types: the server answers with <li> rows, at most a few dozen of them,
// so that five thousand organisations stay as quick as five.
import { all, announce, one } from './dom';
import { words } from './words';

/** The <li> rows of an answer, or null when it is not the fragment we asked for (a sign-in page, an error). */
async function ask(address: URL, signal: AbortSignal): Promise<Element[] | null> {
  const answer = await fetch(address, { signal, headers: { Accept: 'text/html', 'X-Fragment': 'true' } });
  if (!answer.ok || answer.redirected) return null;
  const parsed = new DOMParser().parseFromString(`<ul>${await answer.text()}</ul>`, 'text/html');
  const list = one('body > ul', parsed);
  return list ? [...list.children].filter((child) => child.tagName === 'LI') : null;
}

function watch(box: HTMLElement, input: HTMLInputElement, list: HTMLElement): void {
  const always = [...list.children];   // "all my organisations", and what the server wrote before it
  let first = always;
  let asked = false;
  let pending: AbortController | null = null;
  let timer = 0;

  async function refresh(): Promise<void> {
    pending?.abort();
    const text = input.value.trim();
    if (!text) { list.replaceChildren(...first); return; }
    pending = new AbortController();
    const address = new URL(box.dataset.search ?? '/organisations/search', location.href);
    address.searchParams.set('q', text);
    try {
      const rows = await ask(address, pending.signal);
      if (!rows) return;
      list.replaceChildren(...rows);
      announce(words.organisations(all('a', list).length));
    } catch {
      // An aborted request or a lost network leaves the list as it is; Enter still sends the form.
    }
  }

  /** The first of one's organisations stand there as soon as the menu opens: nobody should have to guess a name. */
  async function welcome(): Promise<void> {
    if (asked || always.length > 1) return;
    asked = true;
    try {
      const rows = await ask(new URL(box.dataset.search ?? '/organisations/search', location.href), AbortSignal.timeout(10_000));
      if (!rows) return;
      first = [...rows, ...always];
      if (!input.value.trim()) list.replaceChildren(...first);
    } catch {
      asked = false;
    }
  }

  box.addEventListener('toggle', () => { if (box instanceof HTMLDetailsElement && box.open) void welcome(); });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(refresh, 120);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [input, ...all('a', list)];
    const here = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
}

export function startOrganisationSearch(): void {
  for (const box of all('.g-orgswitch')) {
    const input = one<HTMLInputElement>('input[type=search]', box);
    const list = one('.g-menu-list', box);
    if (input && list) watch(box, input, list);
  }
}
