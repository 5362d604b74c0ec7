// The same work without a mouse, and with the focus always in sight.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, focused, launch, missing, person, tabTo } from './support.mjs';

const org = '/o/val-d-aubreuil';
const list = `${org}/processings`;

describe('the keyboard', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  test('signs in, opens a record, edits it and saves it', async () => {
    const { page, context, complaints } = await person(browser, installation);
    await page.goto('/sign-in');
    await tabTo(page, (here) => here.name === 'email');
    await page.keyboard.type(people.sophie.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(people.sophie.password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

    await page.goto(`${list}?status=draft&status=to_validate`);
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).href, '#contenu', 'the first stop skips the frame');
    await page.keyboard.press('Enter');
    const title = await tabTo(page, (here) => here.tag === 'A' && /\/processings\/[0-9a-f-]{36}$/.test(here.href ?? ''), 80);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.equal(new URL(page.url()).pathname, title.href);

    await tabTo(page, (here) => (here.href ?? '').endsWith('/edit'));
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.locator('#name').focus();
    await page.keyboard.press('End');
    await page.keyboard.type(', au clavier');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+s')]);
    assert.match(await page.textContent('h1'), /, au clavier/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('reaches every stop of a list, a record and a form, each in sight', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: people.claire });
    await page.goto(list);
    const record = await page.getAttribute('.g-table a.g-title', 'href');
    for (const [address, last] of [[list, '[data-opens="shortcuts"]'], [record, '[data-opens="shortcuts"]'], [`${record}/edit`, '.g-savebar .btn-primary']]) {
      await page.goto(address);
      const end = await page.locator(last).last().evaluate((element) => element.textContent.trim());
      await tabTo(page, (here) => here.text === end && here.tag === 'BUTTON', 700);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('searches with /, walks a list with j and k, opens and closes menus', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: people.claire });
    await page.goto(list);
    await page.keyboard.press('/');
    assert.equal((await focused(page)).id, 'q');
    await page.keyboard.type('agents');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(page.url(), /q=agents/);
    assert.ok(await page.locator('.g-table tbody tr, .g-results h3').count() > 0, 'the search must find something');

    await page.goto(list);
    await page.keyboard.press('j');
    const first = await focused(page);
    await page.keyboard.press('j');
    assert.notEqual((await focused(page)).href, first.href);
    await page.keyboard.press('k');
    assert.equal((await focused(page)).href, first.href);

    const menu = page.locator('details.g-menu').filter({ has: page.locator('a[href*="/export?"]') });
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await menu.getAttribute('open'), '');
    await page.keyboard.press('Tab');
    assert.match((await focused(page)).href, /format=cnil-ods/);
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('open'), null);
    assert.equal((await focused(page)).tag, 'SUMMARY', 'Escape gives the focus back');

    await page.keyboard.press('?');
    assert.equal(await page.locator('dialog[open]').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
