// "@" in a comment offers the names of those who may read: a listbox under the field, fed by the form's own list of
// names. Arrows choose, Enter or Tab takes, Escape leaves the text as it is. Without script one picks from that list.
import { all, announce, make, one } from './dom';
import { words } from './words';

const shownAtMost = 8;

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The beginning of a name before the caret: "@", then at most four words. */
function typedName(area: HTMLTextAreaElement): string | null {
  const before = area.value.slice(0, area.selectionStart);
  const found = /(?:^|[\s(«“"'’])@([^\s@]*(?:[ \u00a0][^\s@]+){0,3})$/u.exec(before);
  return found ? found[1] ?? '' : null;
}

class Suggestions {
  private readonly list = make('ul', 'g-mentions');
  private typed = '';

  constructor(private readonly area: HTMLTextAreaElement, private readonly names: string[], index: number) {
    this.list.id = `g-mentions-${index}`;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', words.mentionNames);
    this.list.hidden = true;
    area.after(this.list);
    area.setAttribute('aria-autocomplete', 'list');
    area.setAttribute('aria-controls', this.list.id);
    area.addEventListener('input', () => this.offer());
    area.addEventListener('click', () => this.offer());
    area.addEventListener('blur', () => this.close());
    area.addEventListener('keydown', (event) => this.onKey(event));
    // pointerdown, for the field must not lose the focus before the name is in it
    this.list.addEventListener('pointerdown', (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
      if (row) { event.preventDefault(); this.take(row); }
    });
  }

  private rows(): HTMLElement[] { return all('[role=option]', this.list); }
  private chosen(): HTMLElement | null { return one('[aria-selected=true]', this.list); }

  private close(): void {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.area.removeAttribute('aria-activedescendant');
  }

  private choose(row: HTMLElement | undefined): void {
    for (const other of this.rows()) other.setAttribute('aria-selected', String(other === row));
    if (row) this.area.setAttribute('aria-activedescendant', row.id);
    row?.scrollIntoView({ block: 'nearest' });
  }

  private offer(): void {
    const typed = typedName(this.area);
    const wanted = plain(typed ?? '');
    const found = typed === null ? [] : this.names.filter((name) => {
      const folded = plain(name);
      return folded !== wanted && (folded.startsWith(wanted) || folded.includes(` ${wanted}`));
    });
    if (typed === null || found.length === 0) { this.close(); return; }
    this.typed = typed;
    this.list.replaceChildren(...found.slice(0, shownAtMost).map((name, index) => {
      const row = make('li', '', name);
      row.id = `${this.list.id}-${index}`;
      row.setAttribute('role', 'option');
      return row;
    }));
    this.list.hidden = false;
    this.choose(this.rows()[0]);
    announce(words.names(Math.min(found.length, shownAtMost)));
  }

  private take(row: HTMLElement): void {
    const end = this.area.selectionStart;
    const start = end - this.typed.length;
    this.area.setRangeText(`${row.textContent ?? ''} `, start, end, 'end');
    this.close();
    this.area.focus();
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const rows = this.rows();
    const here = rows.findIndex((row) => row === this.chosen());
    switch (event.key) {
      case 'ArrowDown': this.choose(rows[(here + 1) % rows.length]); break;
      case 'ArrowUp': this.choose(rows[(here - 1 + rows.length) % rows.length]); break;
      case 'Enter':
      case 'Tab': { const row = this.chosen(); if (row) this.take(row); break; }
      case 'Escape': this.close(); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

export function startMentions(): void {
  all<HTMLTextAreaElement>('textarea[data-mentions]').forEach((area, index) => {
    const select = one<HTMLSelectElement>('select[name=mention]', area.form ?? document);
    if (!select) return;
    const names = [...select.options].filter((option) => option.value !== '').map((option) => option.text);
    if (names.length > 0) new Suggestions(area, names, index);
  });
}
