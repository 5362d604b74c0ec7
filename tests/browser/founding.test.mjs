// A list of organisations being made: the page follows the work by itself, with and without the script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, follow, launch, missing, person } from './support.mjs';

describe('organisations being made', { skip: missing }, () => {
  let installation, browser, account;

  before(async () => {
    installation = new Installation();
    installation.cli(['organisation', 'add', 'agglo', '--name', 'Agglomération']);
    account = installation.addUser('premier@agglo.example', 'Premier Compte', 'administrator', 'agglo');
    installation.cli(['user', 'grant', account.email, '--role', 'installation_administrator']);
    await installation.serve();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** Towns enough for the work to outlast the page that begins it. */
  async function begin(page, name) {
    await page.goto('/o/agglo/organisations');
    const lines = Array.from({ length: 60 }, (_, i) => `${name} ${i};Commune`);
    await page.setInputFiles('#f-file', { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`Nom;Type\n${lines.join('\n')}\n`) });
    await follow(page, 'form:has([name=model]) [type=submit]');
    await follow(page, 'form[action$="/make"] [type=submit]');
  }

  test('the part that tells of it is asked for again, and nothing else moves', async () => {
    const { page, context, complaints } = await person(browser, installation, { account });
    await begin(page, 'Commune');
    const follows = await page.locator('[data-refresh]').count() === 1;
    if (follows) {
      await page.evaluate(() => { window.samePage = true; });
      await page.locator('[data-refresh] a.btn').focus();
    }
    await page.locator('form[action$="/undo"]').waitFor();
    assert.equal(await page.locator('#founding tbody .g-badge--ok').count(), 60);
    assert.equal(await page.locator('[data-refresh]').count(), 0, 'it stops when the work is done');
    if (follows) {
      assert.equal(await page.evaluate(() => window.samePage), true, 'the page was not loaded anew');
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
    }
    // What came with it works: all of it is taken back.
    await follow(page, 'form[action$="/undo"] [type=submit]');
    await page.locator('#founding:not([data-refresh])').waitFor();
    assert.equal(await page.locator('#founding tbody .g-badge--ok').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('without the script the page reloads itself until it is done', async () => {
    const { page, context } = await person(browser, installation, { account, javaScript: false });
    await begin(page, 'Village');
    await page.locator('form[action$="/undo"]').waitFor();
    assert.equal(await page.locator('#founding noscript').count(), 0);
    await context.close();
  });
});
