// What a person does with the keyboard alone: goes to a question by Tab, answers it, and sees where they stand.
import assert from 'node:assert/strict';
import { focused, press, tabTo } from './support.mjs';

export const far = 300;   // a form has many questions

export const link = (end) => (here) => here.tag === 'A' && (here.href ?? '').endsWith(end);
export const named = (name, value = null) => (here) => here.name === name && (value === null || here.value === value);
export const button = (text) => (here) => here.tag === 'BUTTON' && here.text.startsWith(text);
/** The button that sends the form of a public page; what is beside it has a name. */
export const submit = (here) => here.tag === 'BUTTON' && here.name === null;
export const fold = (text) => (here) => here.tag === 'SUMMARY' && here.text.includes(text);

export async function type(page, name, text) {
  await tabTo(page, named(name), far);
  await page.keyboard.type(text);
}

/** The arrows walk a list of choices, and a group of round boxes. */
export async function choose(page, name, value, here = null) {
  here ??= await tabTo(page, named(name), far);
  const held = () => here.tag === 'SELECT' ? page.inputValue(`[name="${name}"]`) : page.evaluate(() => document.activeElement.checked ? document.activeElement.value : null);
  for (let i = 0; i < 40 && await held() !== value; i++) await page.keyboard.press('ArrowDown');
  assert.equal(await held(), value, name);
}

export async function tick(page, name, value) {
  await tabTo(page, named(name, value), far);
  await page.keyboard.press('Space');
  assert.ok(await page.isChecked(`[name="${name}"][value="${value}"]`), `${name} ${value}`);
}

export async function unfold(page, text) {
  await tabTo(page, fold(text), far);
  await page.keyboard.press('Enter');
}

/** Day and month are the same number and the letter fills what only a clock of twelve hours asks: the order of a browser's country does not matter. */
export async function day(page, name, number, hour = '') {
  await tabTo(page, named(name), far);
  await page.keyboard.type(`${number}${number}2026`);
  if (hour) { await page.keyboard.press('ArrowRight'); await page.keyboard.type(`${hour}a`); }
  assert.equal(await page.inputValue(`[name="${name}"]`), `2026-${number}-${number}${hour && `T${hour.slice(0, 2)}:${hour.slice(2)}`}`);
}

/** From the top of a page, over the link that skips the frame. */
export async function toContents(page) {
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).href, '#contenu', 'the first stop skips the frame');
  await page.keyboard.press('Enter');
}

/** Shift and Tab, to a question that was passed. */
export async function back(page, name) {
  for (let i = 0; i < far; i++) {
    await page.keyboard.press('Shift+Tab');
    const here = await focused(page);
    assert.ok(here.tag === 'BODY' || here.ring && here.inSight, `a stop of the way back is not seen: ${JSON.stringify(here)}`);
    if (here.name === name) return;
  }
  assert.fail(`Shift and Tab never reached ${name}`);
}

/** Where the focus landed, and that it is seen there. */
export async function standsOn(page, id) {
  const here = await focused(page);
  assert.equal(here.id, id);
  assert.ok(here.ring && here.inSight, JSON.stringify(here));
}

export async function save(page, status = 200) {
  await tabTo(page, (here) => button('Enregistrer')(here) && here.name === null, far);
  assert.equal((await press(page)).status(), status);
}

/** Opens the form of the record in sight. */
export async function edit(page) {
  await toContents(page);
  await tabTo(page, link('/edit'));
  await press(page);
  await toContents(page);
}

/** Takes the record in sight to a status, through the menu of its acts. */
export async function move(page, status, fields = {}) {
  await toContents(page);
  await unfold(page, 'Autres actions');
  await tabTo(page, link(`/status?to=${status}`));
  await press(page);
  await toContents(page);
  for (const [name, text] of Object.entries(fields)) await type(page, name, text);
  await tabTo(page, (here) => here.tag === 'BUTTON' && here.name === null);
  assert.equal((await press(page)).status(), 200);
}
