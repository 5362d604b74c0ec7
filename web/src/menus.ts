// Menus are <details class="g-menu">: Escape, a click elsewhere or leaving by Tab closes them; one is open at a time.
import { all, around, one } from './dom';

function closeAll(except: Element | null = null): void {
  for (const menu of all<HTMLDetailsElement>('details.g-menu[open]')) if (menu !== except) menu.open = false;
}

function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  const open = all<HTMLDetailsElement>('details.g-menu[open]').pop();
  if (open) {
    open.open = false;
    one('summary', open)?.focus();
  } else if (location.hash === '#menu') {
    location.hash = '#contenu';
    one('.g-menulink')?.focus();
  }
}

export function startMenus(): void {
  document.addEventListener('keydown', onEscape);
  document.addEventListener('click', (event) => closeAll(around(event.target, 'details.g-menu')));
  document.addEventListener('focusin', (event) => {
    const menu = around(event.target, 'details.g-menu');
    if (event.target instanceof HTMLElement && event.target !== document.body) closeAll(menu);
  });
  // A menu that opens on a search field is there to be typed in.
  for (const menu of all<HTMLDetailsElement>('details.g-menu')) {
    menu.addEventListener('toggle', () => { if (menu.open) one('input[type=search]', menu)?.focus(); });
  }
}
