// Folds of a form (details.g-optional): one button opens or shuts them all, and a place that an address or a link of the
// page leads to is never left shut. Without script the button asks the server to draw the form again, open.
import { all, around } from './dom';

const folds = (form: ParentNode) => all<HTMLDetailsElement>('details.g-optional', form);

function reveal(hash: string): void {
  const target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (!target?.closest('details.g-optional')) return;
  // One fold may stand in another: the whole form beside a meeting of two people's words.
  for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  target.scrollIntoView();
}

function name(button: HTMLButtonElement): void {
  const form = button.form ?? document;
  const open = folds(form).every((fold) => fold.open);
  button.textContent = (open ? button.dataset.shut : button.dataset.open) ?? '';
}

export function startFolds(): void {
  const buttons = all<HTMLButtonElement>('button[data-open-all]');
  if (buttons.length === 0) return;
  buttons.forEach(name);
  document.addEventListener('click', (event) => {
    const button = around<HTMLButtonElement>(event.target, 'button[data-open-all]');
    const link = around<HTMLAnchorElement>(event.target, 'a[href^="#"]');
    if (link) reveal(link.hash);
    if (!button) return;
    event.preventDefault();
    const mine = folds(button.form ?? document);
    const open = !mine.every((fold) => fold.open);
    for (const fold of mine) fold.open = open;
    name(button);
  });
  // "toggle" does not bubble.
  document.addEventListener('toggle', (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.matches('.g-optional')) buttons.forEach(name);
  }, true);
  window.addEventListener('hashchange', () => { reveal(location.hash); });
  reveal(location.hash);
}
