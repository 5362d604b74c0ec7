// An organisation's own words and questions: added by keyboard alone, answered, linked to other records by a combobox,
// and all of it again without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, follow, launch, missing, person } from './support.mjs';

const town = '/o/val-d-aubreuil';

/** Presses Tab until the wanted control has the focus, as a person would. */
async function tabTo(page, selector, most = 80) {
  for (let i = 0; i < most; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard never reaches ${selector}`);
}

describe('own words and questions', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '30', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = (options = {}) => person(browser, installation, { account: people.claire, ...options });

  test('a word is added by keyboard alone, and the form offers it', async () => {
    const { page, context, complaints } = await arrive();
    await page.goto(`${town}/terms`);
    assert.deepEqual(await axeProblems(page), []);
    await tabTo(page, `a[href="${town}/terms/subject_category"]`);
    await Promise.all([page.waitForURL(/subject_category$/), page.keyboard.press('Enter')]);
    await tabTo(page, '#f-label_fr');
    await page.keyboard.type('Plaisanciers');
    await Promise.all([page.waitForURL(/done=term_added/), page.keyboard.press('Enter')]);
    assert.match(await page.textContent('.g-main'), /Plaisanciers/);
    assert.deepEqual(await axeProblems(page), []);
    await page.goto(`${town}/processings/new`);
    assert.equal(await page.locator('[name="subject_categories.0.category"] option', { hasText: 'Plaisanciers' }).count() > 0, true);
    assert.equal(await page.locator('datalist#suggest-service option').count() > 3, true);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a question is asked, and its answer found by the arrow keys', async () => {
    const { page, context, complaints } = await arrive();
    await page.goto(`${town}/fields/processings`);
    assert.deepEqual(await axeProblems(page), []);
    await page.fill('#f-label_fr', 'Dépend de');
    await page.selectOption('#f-kind', 'link');
    await follow(page, page.locator('form[data-guard] button[type=submit]').last());
    assert.match(page.url(), /done=field_added/);

    const rows = await (await page.request.get(`${town}/processings/lookup?q=paie`)).json();
    assert.ok(rows.items.length > 0, 'the demonstration pays somebody');
    await page.goto(`${town}/processings`);
    await follow(page, page.locator('.g-main tbody a').first());
    const record = new URL(page.url()).pathname;
    await page.goto(`${record}/edit`);
    const input = page.locator('[data-name="custom.depend_de"] [role=combobox]');
    await input.focus();
    await page.keyboard.type('paie');
    await page.locator('[role=listbox] [role=option]').first().waitFor();
    assert.equal(await input.getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await axeProblems(page), []);
    await page.keyboard.press('ArrowDown');
    assert.equal(await input.getAttribute('aria-activedescendant'), await page.locator('[role=option][aria-selected=true]').getAttribute('id'));
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[name="custom.depend_de"]:checked').getAttribute('value'), rows.items[0].id);
    assert.equal(await input.getAttribute('aria-expanded'), 'false');
    await follow(page, '.g-savebar button.btn-primary');
    assert.equal(await page.locator('dd a', { hasText: rows.items[0].words }).getAttribute('href'), `${town}/processings/${rows.items[0].id}`);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('without script, a search of the form offers records to tick', async () => {
    const { page, context, complaints } = await arrive({ javaScript: false });
    await page.goto(`${town}/processings/new`);
    await page.fill('#name', 'Tenir la caisse');
    await page.fill('[name="custom.depend_de.q"]', 'paie');
    await follow(page, '[name="_find.custom.depend_de"]');
    assert.equal(await page.inputValue('#name'), 'Tenir la caisse');
    const choice = page.locator('[name="custom.depend_de"]:not([value=""])').first();
    const id = await choice.getAttribute('value');
    await choice.check();
    await follow(page, '.g-savebar button.btn-primary');
    assert.equal(await page.locator(`dd a[href="${town}/processings/${id}"]`).count(), 1);
    // Enter in the search box searches too: it never saves what nobody chose.
    await page.goto(`${new URL(page.url()).pathname}/edit`);
    await page.fill('[name="custom.depend_de.q"]', 'xyzxyz');
    await Promise.all([page.waitForNavigation(), page.press('[name="custom.depend_de.q"]', 'Enter')]);
    assert.match(await page.textContent('.g-linkpick:has([name="custom.depend_de.q"])'), /Aucune fiche ne correspond/);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
