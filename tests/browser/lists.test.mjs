// Ticks, views and columns as people use them: with the mouse, with the keyboard alone, without script, two at once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { follow, Installation, launch, missing, person } from './support.mjs';

const org = '/o/val-d-aubreuil';
const list = `${org}/processings`;

describe('lists', { skip: missing }, () => {
  let installation, browser;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '1', '--processings', '30', '--seed', '11'] }).serve();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const sitDown = (options = {}) => person(browser, installation, { account: installation.people().claire, ...options });
  const boxes = (page) => page.locator('tbody input[name=id]');
  const bar = (page) => page.locator('.g-bulk');

  test('the bar of acts comes with the first tick and counts', async () => {
    const { page, context, complaints } = await sitDown();
    await page.goto(list);
    assert.equal(await bar(page).isVisible(), false);
    await boxes(page).nth(1).check();
    assert.match(await bar(page).innerText(), /1 fiche cochée/);
    await boxes(page).nth(4).click({ modifiers: ['Shift'] });
    assert.match(await bar(page).innerText(), /4 fiches cochées/);
    await page.locator('thead input[type=checkbox]').check();
    assert.match(await bar(page).innerText(), new RegExp(`${await boxes(page).count()} fiches cochées`));
    await page.click('.g-bulk button[type=reset]');
    assert.equal(await bar(page).isVisible(), false);
    assert.equal(await page.locator('thead input[type=checkbox]').isChecked(), false);
    assert.equal(page.url(), installation.address + list, 'a tick opens no record');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a field of several records, by keyboard alone, and back', async () => {
    const { page, context, complaints } = await sitDown();
    await page.goto(`${list}?q=accueil`);
    const names = await page.locator('.g-title').allInnerTexts();
    await boxes(page).first().focus();
    await page.keyboard.press('Space');
    await page.locator('button[formaction$="/bulk/edit"]').focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.selectOption('#field', 'service');
    await follow(page, 'main form button[type=submit]:not([name])');
    await page.locator('#value').focus();
    await page.keyboard.type('Guichet unique');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(await page.locator('#outlook').locator('..').innerText(), /fiche changera\s+1\b|\b1\s+fiche changera/);
    await follow(page, '[name=op][value=confirm]');
    assert.match(await page.locator('.g-report-sum').innerText(), /fiche changée\s+1\b|\b1\s+fiche changée/);
    await page.goto(`${list}?q=guichet unique`);
    assert.equal(await page.locator('.g-title').first().innerText(), names[0]);
    await page.goto(`${org}/bulk-acts`);
    await follow(page, page.locator('.g-title').first());
    await follow(page, 'a[href$="/undo"]');
    await follow(page, '.btn-danger');
    assert.match(await page.locator('main').innerText(), /Cet acte a été annulé/);
    await page.goto(`${list}?q=guichet unique`);
    assert.equal(await page.locator('.g-title').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('without script a page is ticked as a whole, and a view is saved', async () => {
    const { page, context } = await sitDown({ javaScript: false });
    await page.goto(`${list}?per_page=25`);
    await page.locator('thead input[name=whole_page]').check();
    assert.equal(await bar(page).isVisible(), true);
    await follow(page, 'button[formaction$="/bulk/review"]');
    assert.match(await page.locator('h1').innerText(), /25 fiches/);
    await page.goto(`${list}?sort=-updated&columns=service,updated`);
    await page.locator('.g-viewbar summary').click();
    await follow(page, page.getByRole('link', { name: 'Enregistrer cette liste' }));
    await page.fill('#view-name', 'Derniers changements');
    await follow(page, '.g-viewform button[type=submit]');
    assert.match(await page.locator('.g-views [aria-current]').innerText(), /Derniers changements/);
    assert.deepEqual((await page.locator('thead th').allInnerTexts()).map((text) => text.trim()).slice(1), ['Service', 'Modifiée le']);
    await page.locator('thead th a').first().click();
    assert.match(await page.locator('.g-viewchange').innerText(), /modifiée/);
    await follow(page, page.getByRole('link', { name: 'Revenir à la vue' }));
    assert.equal(await page.locator('.g-viewchange').count(), 0);
    await context.close();
  });

  test('columns change places without script', async () => {
    const { page, context } = await sitDown({ javaScript: false });
    await page.goto(`${list}/columns?columns=status,service`);
    await follow(page, page.getByRole('button', { name: 'Monter Service', exact: true }));
    await follow(page, page.getByRole('button', { name: 'Montrer ces colonnes' }));
    assert.deepEqual((await page.locator('thead th').allInnerTexts()).map((text) => text.trim()).slice(1), ['Service', 'État']);
    await context.close();
  });

  test('a column is looked for among the sections, and joins those shown', async () => {
    const { page, context, complaints } = await sitDown();
    await page.goto(`${list}/columns`);
    const shown = await page.locator('.g-columns li').count();
    const offered = page.locator('[data-filtered]:visible');
    assert.ok(await offered.count() > 40);
    await page.locator('#column-filter').focus();
    await page.keyboard.type('securite');
    assert.ok(await offered.count() > 0 && await offered.count() < 6, 'whatever the accents');
    await page.keyboard.press('Enter');
    assert.match(page.url(), /\/columns$/, 'Enter looks, it sends nothing');
    await page.getByLabel('Description de la sécurité').focus();
    await page.keyboard.press('Space');
    await page.fill('#column-filter', 'zzz');
    assert.equal(await offered.count(), 1, 'what is ticked stays in sight');
    assert.ok(await page.locator('[data-filtered-none]').isVisible());
    await page.locator('button[formaction$="#chosen"]').focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.equal(await page.locator('.g-columns li').count(), shown + 1);
    assert.match(await page.locator('.g-columns li').last().innerText(), /Description de la sécurité/);
    await follow(page, page.getByRole('button', { name: 'Monter Description de la sécurité', exact: true }));
    await follow(page, page.getByRole('button', { name: 'Montrer ces colonnes' }));
    const headings = (await page.locator('thead th').allInnerTexts()).map((text) => text.trim()).slice(1);
    assert.equal(headings.indexOf('Description de la sécurité'), headings.length - 2);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a list never scrolls sideways in its frame, whatever the screen', async () => {
    for (const width of [390, 768, 1000, 1100, 1440]) {
      const { page, context } = await sitDown({ width });
      await page.goto(list);
      const wide = await page.locator('.g-tablewrap').evaluate((frame) => frame.scrollWidth - frame.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide at ${width}`);
      // Nothing stands over its neighbour either.
      const over = await page.locator('.g-table tbody td > div').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
      assert.deepEqual(over, [], `at ${width}`);
      if (width === 768 || width === 1000) {
        const heads = await page.locator('thead th').evaluateAll((cells) => cells.slice(1).map((cell) => cell.getBoundingClientRect().left));
        const first = await page.locator('tbody tr').first().locator('td[data-label]').evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
        assert.deepEqual(first, heads, 'each answer stands under its heading');
      }
      await context.close();
    }
  });

  test('two browsers, one list, one act at once: nobody loses a word', async () => {
    const one = await sitDown(), two = await sitDown();
    const ask = async ({ page }, service) => {
      await page.goto(`${list}?per_page=25`);
      await page.locator('thead input[type=checkbox]').check();
      await follow(page, 'button[formaction$="/bulk/edit"]');
      await page.goto(`${page.url()}?field=service`);
      await page.fill('#value', service);
      await follow(page, '[name=op][value=ask]');
    };
    await ask(one, 'Culture');
    await ask(two, 'Sport');
    await Promise.all([follow(one.page, '[name=op][value=confirm]'), follow(two.page, '[name=op][value=confirm]')]);
    const changed = async ({ page }) => Number((await page.locator('.g-report-sum dd').first().innerText()).replace(/\D/g, ''));
    assert.equal(await changed(one) + await changed(two), 25, 'each record took one of the two, and the other was told');
    const loser = await changed(one) === 25 ? two : one;
    assert.match(await loser.page.locator('main').innerText(), /Quelqu’un l’a changée depuis/);
    await one.page.goto(`${list}?per_page=25&columns=service`);
    const services = await one.page.locator('tbody td[data-label=Service]').allInnerTexts();
    assert.ok(services.every((text) => ['Culture', 'Sport'].includes(text.trim())), services.join());
    assert.deepEqual([...one.complaints, ...two.complaints], []);
    await one.context.close();
    await two.context.close();
  });
});
