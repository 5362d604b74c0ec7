// What one sees and no other test tells: links a finger can press, one notice at a time, the menu's line in sight, filters
// on one line, tables that fold or say that they go on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, fillIn, launch, missing, person } from './support.mjs';

const org = '/o/val-d-aubreuil';

/** Links and buttons lower than 24 pixels, but those inside a sentence (WCAG 2.5.8). */
const tooLow = (page) => page.$$eval('.g-app a, .g-app button, .g-app summary', (all) => all.filter((one) => {
  const box = one.getBoundingClientRect();
  if (!one.checkVisibility() || box.width <= 1 || box.height <= 1) return false;
  const words = [...one.parentElement.childNodes].some((node) => node !== one && node.nodeType === 3 && node.textContent.trim().length > 1);
  return box.height < 23.5 && !(words && getComputedStyle(one).display === 'inline');
}).map((one) => `${one.className} « ${one.textContent.trim()} » ${one.getBoundingClientRect().height}`));

describe('what pages look like', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = (options = {}) => person(browser, installation, { account: people.bastien, ...options });

  test('a link that stands alone is as high as a finger', async () => {
    const { page, context } = await arrive();
    const record = async (register) => {
      await page.goto(`${org}/${register}`);
      return page.locator('.g-table a.g-title').first().getAttribute('href');
    };
    const [processing, processor, breach] = [await record('processings'), await record('processors'), await record('breaches')];
    for (const address of [org, `${org}/processings`, `${org}/processings?q=zzz`, `${org}/processings/new`, processing, processor, breach, `${breach}/history`,
      `${org}/findings`, `${org}/agenda`, `${org}/agenda?month=2026-11`, `${org}/profile`, `${org}/responsibilities/contacts`, `${org}/evidence/map`]) {
      const answer = await page.goto(address);
      assert.equal(answer.status(), 200, address);
      assert.deepEqual(await tooLow(page), [], address);
    }
    await context.close();
  });

  test('a form with a text of its own says so once, and the texts of other pages wait', async () => {
    const { page, context } = await arrive();
    page.on('dialog', (dialog) => dialog.accept());
    for (const register of ['audits', 'trainings']) {
      await page.goto(`${org}/${register}/new`);
      // Kept in the tab alone: the draft of the server would speak for it.
      await page.route('**/draft', (route) => route.abort());
      const field = register === 'audits' ? '#name' : '#title';
      await fillIn(page, field, 'Un début');
      await page.waitForFunction((path) => Object.values(sessionStorage).some((kept) => kept.includes(path) && kept.includes('Un début')), `${org}/${register}/new`);
    }
    await page.goto(`${org}/processings`);
    assert.equal(await page.locator('.g-restore').count(), 1, 'another page says that texts wait');
    await page.goto(`${org}/trainings/new`);
    await page.locator('.g-restore').first().waitFor();
    assert.equal(await page.locator('.g-restore').count(), 1, 'this page offers its own text, and no other');
    await context.close();
  });

  test('the line of the menu one stands on is in sight, however low', async () => {
    const { page, context } = await arrive({ height: 600 });
    for (const address of [`${org}/archives`, `${org}/notices`, `${org}/settings`]) {
      await page.goto(address);
      const seen = await page.evaluate(() => {
        const line = document.querySelector('.g-side a[aria-current]')?.getBoundingClientRect();
        const menu = document.querySelector('.g-side').getBoundingClientRect();
        return line ? line.top >= menu.top && line.bottom <= menu.bottom : null;
      });
      assert.notEqual(seen, false, address);
    }
    assert.equal(await page.evaluate(() => scrollY), 0, 'the page itself stays where it is');
    await context.close();
  });

  test('the filters of the agenda and their button share one line', async () => {
    const { page, context } = await arrive();
    await page.goto(`${org}/agenda`);
    const bottoms = await page.$$eval('.g-agenda-filters select, .g-agenda-filters button', (all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)));
    assert.ok(bottoms.length > 3 && Math.max(...bottoms) - Math.min(...bottoms) <= 2, bottoms.join(' '));
    await context.close();
  });

  test('the findings fold, and open with the keyboard', async () => {
    const { page, context } = await arrive();
    await page.goto(`${org}/findings`);
    const shut = page.locator('.g-panel--fold:not([open])').first();
    assert.ok(await shut.count() > 0);
    const rule = await shut.getAttribute('aria-labelledby');
    await page.locator(`[aria-labelledby="${rule}"] > summary`).focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.locator(`[aria-labelledby="${rule}"] .g-list a`).first().isVisible());
    const heights = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.click('text=Tout déplier');
    await page.waitForURL(/open=1/);
    assert.equal(await page.locator('.g-panel--fold:not([open])').count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight) > heights);
    await context.close();
  });
});
