// [data-shown-when="field=value1|value2"] shows a block only while an answer holds; without script it always shows.
// Hidden fields keep their values and are still sent: nothing typed is lost by changing one's mind.
// Forms: "field" (any answer), "field=a|b", "field!=a|b". Inside an owned row, `field` is looked for in the row first.
import { all, isControl, type Control } from './dom';

function named(block: HTMLElement, name: string): Control[] {
  const form = block.closest('form') ?? document;
  const row = block.closest('[data-row]');
  const controls = (root: ParentNode) => all<Element>('input, select, textarea', root).filter(isControl);
  const inRow = row ? controls(row).filter((c) => c.name.endsWith(`.${name}`) || c.name.endsWith(`[${name}]`)) : [];
  return inRow.length > 0 ? inRow : controls(form).filter((c) => c.name === name);
}

function answers(controls: Control[]): string[] {
  return controls.flatMap((control) => {
    if (control instanceof HTMLSelectElement) return [...control.selectedOptions].map((o) => o.value);
    if (control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type)) {
      return control.checked ? [control.value] : [];
    }
    return [control.value];
  }).filter((value) => value !== '');
}

function holds(block: HTMLElement, condition: string): boolean {
  const [, name = '', operator, list = ''] = /^([^!=]+)(!?=)?(.*)$/.exec(condition) ?? [];
  const controls = named(block, name.trim());
  if (controls.length === 0) return true;
  const given = answers(controls);
  if (!operator) return given.length > 0;
  const met = list.split('|').some((value) => given.includes(value.trim()));
  return operator === '=' ? met : !met;
}

function apply(root: ParentNode): void {
  for (const block of all('[data-shown-when]', root)) block.hidden = !holds(block, block.dataset.shownWhen ?? '');
}

export function startConditions(): void {
  apply(document);
  document.addEventListener('input', (event) => {
    if (isControl(event.target)) apply(event.target.form ?? document);
    else if (event.target instanceof HTMLFormElement) apply(event.target);
  });
}
