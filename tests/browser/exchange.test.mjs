// A register leaves one organisation as the CNIL's workbook and comes into another.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Installation, follow, launch, missing, person } from './support.mjs';

const list = '/o/val-d-aubreuil/processings';
const other = '/o/arrivee/processings';

describe('import and export', { skip: missing }, () => {
  let installation, browser, delegate;

  before(async () => {
    installation = new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] });
    installation.cli(['organisation', 'add', 'arrivee', '--name', 'Commune d’arrivée']);
    delegate = installation.addUser('dpo@arrivee.example', 'Ada Neuve', 'dpo', 'arrivee');
    await installation.serve();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** Chooses a line of the export menu; the file, and the name it came under. */
  async function download(page, format) {
    await page.locator('details.g-menu:has(a[href*="/export?"]) > summary').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(`a[href*="format=${format}"]`)]);
    const path = await file.path();
    await page.keyboard.press('Escape');
    return { path, name: file.suggestedFilename(), text: () => readFileSync(path, 'utf8') };
  }

  test('a workbook is read, shown, confirmed and reported; the lines that nothing changed are said so', async () => {
    const giver = await person(browser, installation, { account: installation.people().claire });
    await giver.page.goto(list);
    const titles = await giver.page.locator('.g-table a.g-title').allInnerTexts();
    const workbook = await download(giver.page, 'cnil-ods');
    assert.match(workbook.name, /\.ods$/);

    const { page, context, complaints } = await person(browser, installation, { account: delegate });
    await page.goto(other);
    assert.equal(await page.locator('.g-empty').count(), 1);
    await follow(page, `.g-main a[href="${other}/import"] >> nth=0`);
    await page.setInputFiles('#file', { name: workbook.name, mimeType: 'application/vnd.oasis.opendocument.spreadsheet', buffer: readFileSync(workbook.path) });
    await follow(page, 'form:has(#file) [type=submit]');
    assert.match(await page.textContent('.g-main'), /Rien n’est encore enregistré/);
    assert.match(await page.textContent('.g-main'), new RegExp(titles[0].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    const before = await context.newPage();
    await before.goto(other);
    assert.equal(await before.locator('.g-empty').count(), 1, 'the preview writes nothing');
    await before.close();

    await follow(page, 'form:has([name=waiting]) [type=submit]');
    assert.match(page.url(), /import\?run=/);
    assert.equal(await page.locator('form:has([name=waiting])').count(), 0);
    await page.reload();
    assert.match(await page.textContent('.g-main'), /Rapport d’import/, 'the report can be read again');
    await page.goto(other);
    assert.deepEqual((await page.locator('.g-table a.g-title').allInnerTexts()).sort(), titles.sort());

    // The same file again: nothing to do.
    await page.goto(`${other}/import`);
    await page.setInputFiles('#file', { name: workbook.name, mimeType: 'application/vnd.oasis.opendocument.spreadsheet', buffer: readFileSync(workbook.path) });
    await follow(page, 'form:has(#file) [type=submit]');
    assert.doesNotMatch(await page.textContent('.g-main table'), /Nouvelle/);
    for (const one of [giver, { complaints, context }]) { assert.deepEqual(one.complaints, []); await one.context.close(); }
  });

  test('what is no register is refused with a sentence, and the form comes back', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: delegate });
    await page.goto(`${other}/import`);
    await page.setInputFiles('#file', { name: 'photo.ods', mimeType: 'application/octet-stream', buffer: Buffer.from('no workbook at all') });
    assert.equal((await follow(page, 'form:has(#file) [type=submit]')).status(), 422);
    assert.match(await page.textContent('[role=alert]'), /n’a pas été lu/);
    assert.equal(await page.locator('#file').count(), 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('an export holds exactly what the list shows', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: installation.people().claire });
    await page.goto(`${list}?status=production`);
    const shown = await page.locator('.g-table a.g-title').allInnerTexts();
    const json = JSON.parse((await download(page, 'json')).text());
    assert.deepEqual(json.items.map((item) => item.name).sort(), shown.sort());
    const csv = await download(page, 'csv');
    assert.match(csv.name, /\.csv$/);
    for (const title of shown) assert.ok(csv.text().includes(title.replaceAll('"', '""')), title);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
