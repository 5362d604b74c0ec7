// Small comforts of a page: printing, copying, reading an error summary first, following the table of contents.
import { all, announce, around, one } from './dom';
import { words } from './words';

function followContents(): void {
  const links = all<HTMLAnchorElement>('.g-toc a[href^="#"]');
  const sections = links.map((link) => document.getElementById(link.hash.slice(1))).filter((s) => s !== null);
  if (sections.length === 0) return;
  const seen = new Set<Element>();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) seen.add(entry.target); else seen.delete(entry.target);
    const current = sections.find((section) => seen.has(section));
    if (!current) return;
    for (const link of links) {
      if (link.hash === `#${current.id}`) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    }
  }, { rootMargin: '-15% 0px -60% 0px' });
  sections.forEach((section) => observer.observe(section));
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!source) return;
  await navigator.clipboard.writeText(source instanceof HTMLInputElement ? source.value : source.textContent ?? '');
  announce(words.copied);
  const label = one('span', button) ?? button;
  label.textContent = words.copied;
}

export function startPage(): void {
  one('.g-errors')?.focus();
  followContents();
  for (const button of all('[data-print], [data-copy]')) button.hidden = false;
  document.addEventListener('click', (event) => {
    if (around(event.target, '[data-print]')) window.print();
    const button = around(event.target, '[data-copy]');
    if (button) void copy(button);
  });
}
