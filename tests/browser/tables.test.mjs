// A spreadsheet finds its way into the register: columns matched, seen over, imported, undone; with and without a script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, follow, launch, missing, person } from './support.mjs';

const list = '/o/arrivee/processings';
const csv = Buffer.from('Activité;Base légale;Notes;Notes\nCantine;Décision du conseil;une;deux\nBibliothèque;Consentement;trois;\n');
const screens = [[1440, 'light', 'fr'], [768, 'dark', 'en'], [390, 'light', 'fr'], [390, 'dark', 'en']];

describe('import of a table', { skip: missing }, () => {
  let installation, browser, delegate;

  before(async () => {
    installation = new Installation();
    installation.cli(['organisation', 'add', 'arrivee', '--name', 'Commune d’arrivée']);
    delegate = installation.addUser('dpo@arrivee.example', 'Ada Neuve', 'dpo', 'arrivee');
    await installation.serve();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  async function upload(page, name = 'liste.csv', buffer = csv) {
    await page.goto(`${list}/import`);
    await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer });
    return follow(page, 'form:has(#file) [type=submit]');
  }

  async function clean(page, what) {
    assert.deepEqual(await axeProblems(page), [], what);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${what} overflows by ${over}`);
  }

  test('columns, preview, past imports and saved mappings have nothing for axe to find, on each screen', async () => {
    for (const [width, theme, language] of screens) {
      const { page, context, complaints } = await person(browser, installation, { account: delegate, width, theme, language });
      const another = Buffer.from(csv.toString().replace('deux', `deux ${width} ${theme}`));   // of what is there already, nothing would be left to import
      await upload(page, 'liste.csv', another);
      await clean(page, `columns ${width} ${theme}`);
      await page.fill('#save_as', `Listes ${width} ${theme}`);
      await follow(page, 'main button[value=preview] >> nth=-1');
      await clean(page, `preview ${width} ${theme}`);
      await follow(page, 'form:has([name=waiting]) [type=submit]:not([name=step])');
      await clean(page, `report ${width} ${theme}`);
      await upload(page, 'liste.csv', another);
      await follow(page, 'main button[value=preview] >> nth=-1');
      assert.equal(await page.locator('form:has([name=waiting]) [type=submit]:not([name=step])').count(), 0);
      await clean(page, `nothing to import ${width} ${theme}`);
      await page.goto(`${list}/imports`);
      await clean(page, `past imports ${width} ${theme}`);
      await follow(page, 'a[href*="/imports/mappings/"] >> nth=0');
      await clean(page, `a saved mapping ${width} ${theme}`);
      await page.goto(`${list}/imports`);
      await follow(page, 'a[href$="/delete"] >> nth=0');
      await clean(page, `a mapping about to be deleted ${width} ${theme}`);
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  test('the keyboard alone matches the columns, imports and undoes', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: delegate });
    await upload(page, 'clavier.csv', Buffer.from('Activité;Lieu\nPar le clavier;Mairie\n'));
    await page.focus('#c1-target');
    await page.keyboard.type('Hébergement');
    assert.equal(await page.inputValue('#c1-target'), 'hosting');
    await page.focus('#save_as');
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.keyboard.press('Enter')]);
    await page.waitForSelector('form:has([name=waiting]) [type=submit]:not([name=step])');
    assert.match(await page.textContent('.g-main'), /Rien n’est encore enregistré/);
    await page.focus('form:has([name=waiting]) [type=submit]:not([name=step])');
    await Promise.all([page.waitForURL(/run=/), page.keyboard.press('Enter')]);
    await page.goto(list);
    assert.match(await page.textContent('.g-main'), /Par le clavier/);
    await page.goto(`${list}/imports`);
    await page.focus('a[href$="/undo"] >> nth=0');
    await Promise.all([page.waitForURL(/undo$/), page.keyboard.press('Enter')]);
    await page.focus('form[action$="/undo"] button');
    await Promise.all([page.waitForURL(/bulk-acts\/[^/]+$/), page.keyboard.press('Enter')]);
    await page.goto(list);
    assert.doesNotMatch(await page.textContent('.g-main'), /Par le clavier/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('without a script, another reading of the file keeps what was chosen', async () => {
    const { page, context } = await person(browser, installation, { account: delegate, javaScript: false });
    await upload(page, 'sans-script.csv', Buffer.from('Registre\nActivité;Lieu\nSans script;Mairie\n'));
    assert.equal(await page.inputValue('#header_row'), '2');
    await page.selectOption('#c1-target', 'hosting');
    await page.selectOption('#csv_separator', ';');
    await page.click('button[value=read]');
    assert.equal(await page.inputValue('#c1-target'), 'hosting');
    await page.selectOption('#c0-target', '');
    await page.click('main button[value=preview] >> nth=-1');
    assert.match(await page.textContent('[role=alert]'), /nom/);
    assert.equal(await page.inputValue('#c1-target'), 'hosting', 'nothing chosen is lost by an error');
    await context.close();
  });
});
