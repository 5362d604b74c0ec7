// The picker of linked records: the search box becomes a combobox (WAI-ARIA 1.2, list popup) over the server's search.
// Without script the box asks the server to redraw the form; what is chosen is boxes either way.
//
//   .g-linkpick[data-links="<address>"][data-name][data-single] > ul[data-links-chosen]  .g-links-find > input + button
import { all, announce, around, make, one } from './dom';
import { words } from './words';

interface Found { id: string; words: string }

let count = 0;

async function ask(address: URL, signal: AbortSignal): Promise<{ items: Found[]; more: boolean } | null> {
  const answer = await fetch(address, { signal, headers: { Accept: 'application/json' } });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

class Picker {
  private readonly list = make('ul', 'g-combo-list');
  private readonly chosen: HTMLElement;
  private items: Found[] = [];
  private active = -1;
  private pending: AbortController | null = null;
  private timer = 0;

  constructor(private readonly box: HTMLElement, private readonly input: HTMLInputElement) {
    this.chosen = one('[data-links-chosen]', box) ?? box;
    this.list.id = `links-list-${++count}`;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', input.getAttribute('aria-label') ?? '');
    this.list.hidden = true;
    input.parentElement?.append(this.list);
    input.type = 'text';
    input.removeAttribute('name');   // the box no longer asks the server to redraw the form
    input.value = '';
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-controls', this.list.id);
    input.addEventListener('input', () => this.later());
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('blur', () => this.close());
    // The mouse must not take the focus away before its click is read.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = around(event.target, '[role=option]');
      if (option) this.pick(Number(option.dataset.index));
    });
    one('button', input.parentElement ?? box)?.remove();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.refresh(), 120);
  }

  async refresh(): Promise<void> {
    this.pending?.abort();
    this.pending = new AbortController();
    const address = new URL(this.box.dataset.links ?? '', location.href);
    address.searchParams.set('q', this.input.value.trim());
    try {
      const found = await ask(address, this.pending.signal);
      if (!found) return;
      const held = new Set(all<HTMLInputElement>('input:checked', this.box).map((each) => each.value));
      this.items = found.items.filter((each) => !held.has(each.id));
      this.draw(found.more);
    } catch {
      // An aborted request or a lost network leaves the list as it is.
    }
  }

  private draw(more: boolean): void {
    this.list.replaceChildren(...this.items.map((found, index) => {
      const option = make('li', '', found.words);
      option.id = `${this.list.id}-${index}`;
      option.dataset.index = String(index);
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      return option;
    }));
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.show(this.items.length > 0 && document.activeElement === this.input);
    announce(words.links(this.items.length, more));
  }

  private show(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
  }

  private close(): void {
    this.show(false);
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
  }

  private move(step: number): void {
    if (!this.items.length) return;
    this.show(true);
    this.active = (this.active + step + this.items.length + (this.active < 0 && step < 0 ? 1 : 0)) % this.items.length;
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute('aria-selected', String(index === this.active));
      if (index === this.active) {
        this.input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  private key(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (open) this.move(event.key === 'ArrowDown' ? 1 : -1);
      else void this.refresh();
    } else if (event.key === 'Enter') {
      event.preventDefault();   // Enter chooses; it never sends the form from here
      if (open) this.pick(this.active < 0 && this.items.length === 1 ? 0 : this.active);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  private pick(index: number): void {
    const found = this.items[index];
    if (!found) return;
    const single = 'single' in this.box.dataset;
    const item = make('li', 'form-check');
    const box = make('input', 'form-check-input');
    box.type = single ? 'radio' : 'checkbox';
    box.name = this.box.dataset.name ?? '';
    box.value = found.id;
    box.id = `${this.list.id}-${found.id}`;
    box.checked = true;
    const label = make('label', '', found.words);
    label.htmlFor = box.id;
    item.append(box, label);
    const held = one<HTMLInputElement>(`input[value="${CSS.escape(found.id)}"]`, this.chosen);
    if (held) held.checked = true;
    else if (single) this.chosen.prepend(item);
    else this.chosen.append(item);
    this.input.value = '';
    this.items = [];
    this.list.replaceChildren();
    this.close();
    this.box.dispatchEvent(new Event('input', { bubbles: true }));
    announce(words.linkChosen(found.words));
  }
}

const pickers = new WeakMap<HTMLElement, Picker>();

export function startLinks(): void {
  const begin = (box: HTMLElement): void => {
    const input = one<HTMLInputElement>('.g-links-find input', box);
    if (!input || pickers.has(box) || box.closest('template')) return;
    pickers.set(box, new Picker(box, input));
  };
  for (const box of all('[data-links]')) begin(box);
  // Rows added later bring pickers of their own.
  document.addEventListener('focusin', (event) => {
    const box = around(event.target, '[data-links]');
    if (box) begin(box);
  });
}
