// Two browsers and one record: nobody loses a word. And what one person types survives a closed browser, a lost network
// and a page without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, fillIn, follow, launch, missing, person } from './support.mjs';

const list = '/o/val-d-aubreuil/processings';
const save = '.g-savebar button.btn-primary';
const isDraft = (response) => new URL(response.url()).pathname.endsWith('/draft') && response.request().method() === 'POST';

describe('working together', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = (account, options = {}) => person(browser, installation, { account, ...options });

  /** A record of the test's own; its address. */
  async function written(page, name) {
    await page.goto(`${list}/new`);
    await page.fill('#name', name);
    await follow(page, save);
    return new URL(page.url()).pathname;
  }

  for (const javaScript of [true, false]) {
    test(`two browsers edit one record at once ${javaScript ? 'with' : 'without'} script, and nobody loses a word`, async () => {
      const claire = await arrive(people.claire, { javaScript });
      const sophie = await arrive(people.sophie, { javaScript });
      const record = await written(claire.page, `Prêter des livres ${javaScript ? 'avec' : 'sans'} script`);
      await claire.page.goto(`${record}/edit`);
      await sophie.page.goto(`${record}/edit`);
      await fillIn(claire.page, '#notes', 'Note de Claire');
      await claire.page.fill('#service', 'Service de Claire');
      await claire.page.click('[name="_add.recipients"]');
      await claire.page.locator('[name^="recipients."][name$=".name"]').last().fill('Destinataire de Claire');
      await follow(claire.page, save);
      await fillIn(sophie.page, '#notes', 'Note de Sophie');
      await fillIn(sophie.page, '#hosting', 'Salle informatique de la mairie');
      await sophie.page.click('[name="_add.recipients"]');
      await sophie.page.locator('[name^="recipients."][name$=".name"]').last().fill('Destinataire de Sophie');
      assert.equal((await follow(sophie.page, save)).status(), 409);
      assert.match(await sophie.page.textContent('h1'), /Claire .* a enregistré avant vous/);
      const question = await sophie.page.textContent('#question-notes');
      assert.match(question, /Note de Claire/);
      assert.match(question, /Note de Sophie/);
      assert.equal(await sophie.page.locator('.g-merge').count(), 1, 'only what both changed is asked');
      const together = await sophie.page.textContent('.g-main .g-table');
      for (const words of ['Service de Claire', 'Destinataire de Claire', 'Salle informatique de la mairie', 'Destinataire de Sophie']) assert.ok(together.includes(words), words);
      if (javaScript) assert.deepEqual(await axeProblems(sophie.page), []);

      // Sent without an answer, the question comes back; a third answer is written, which chooses it.
      assert.equal((await follow(sophie.page, save)).status(), 422);
      assert.match(await sophie.page.textContent('.g-errors'), /Il reste un choix à faire/);
      if (!javaScript) await sophie.page.check('#choice-notes-edit');
      await sophie.page.fill('[name="_edit.notes"]', 'Note de Claire, et note de Sophie');
      assert.equal(await sophie.page.isChecked('#choice-notes-edit'), true);
      await follow(sophie.page, save);
      assert.equal(new URL(sophie.page.url()).pathname, record);
      const saved = await sophie.page.textContent('.g-main');
      for (const words of ['Note de Claire, et note de Sophie', 'Service de Claire', 'Salle informatique de la mairie', 'Destinataire de Claire', 'Destinataire de Sophie']) assert.ok(saved.includes(words), words);
      for (const one of [sophie, claire]) { assert.deepEqual(one.complaints, []); await one.context.close(); }
    });
  }

  test('what is typed survives a closed browser', async () => {
    const before = await arrive(people.sophie);
    await before.page.goto(`${list}/new`);
    const kept = before.page.waitForResponse(isDraft);
    await before.page.fill('#name', 'Écrit avant de fermer le navigateur');
    await before.page.click('[name="_add.recipients"]');
    await before.page.locator('[name="recipients.1.name"]').fill('Deuxième destinataire');
    assert.equal((await kept).status(), 200);
    await before.page.waitForFunction(() => /Brouillon enregistré le/.test(document.querySelector('[data-draft-state]')?.textContent ?? ''));
    await before.page.waitForFunction(() => sessionStorage.length === 0, undefined, { timeout: 15000 });   // the server has all of it
    await before.context.close();

    const { page, context, complaints } = await arrive(people.sophie);
    await page.goto('/o/val-d-aubreuil/drafts');
    assert.match(await page.textContent('.g-table'), /Écrit avant de fermer le navigateur/);
    await page.goto(`${list}/new`);
    assert.equal(await page.inputValue('#name'), '', 'a draft is offered, not forced');
    await follow(page, '[data-draft-offer] a.btn');
    assert.equal(await page.inputValue('#name'), 'Écrit avant de fermer le navigateur');
    assert.equal(await page.inputValue('[name="recipients.1.name"]'), 'Deuxième destinataire');
    await follow(page, save);
    await page.goto(`${list}/new`);
    assert.equal(await page.locator('[data-draft-offer]').count(), 0, 'what was saved is not offered again');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('what is typed without network reaches the server when it is back', async () => {
    const { page, context, complaints } = await arrive(people.sophie);
    const record = await written(page, 'Gérer les trains');
    await page.goto(`${record}/edit`);
    await context.setOffline(true);
    await fillIn(page, '#notes', 'Écrit dans le train');
    await page.waitForFunction(() => /dans cet onglet seulement/.test(document.querySelector('[data-draft-state]')?.textContent ?? ''));
    const kept = page.waitForResponse(isDraft);
    await context.setOffline(false);
    assert.equal((await kept).status(), 200);
    await page.waitForFunction(() => /Brouillon enregistré le/.test(document.querySelector('[data-draft-state]')?.textContent ?? ''));
    await page.goto(`${record}/edit?draft=resume`);
    assert.equal(await page.inputValue('#notes'), 'Écrit dans le train');
    assert.ok(await page.isVisible('#notes'), 'what was written into a fold comes back in sight');
    assert.deepEqual(complaints.filter((complaint) => !/DISCONNECTED/.test(complaint)), []);
    await context.close();
  });

  test('a draft is kept, taken up and discarded without script', async () => {
    const { page, context, complaints } = await arrive(people.sophie, { javaScript: false });
    const record = await written(page, 'Gérer un brouillon');
    await page.goto(`${record}/edit`);
    const before = await page.inputValue('#notes');
    await fillIn(page, '#notes', 'Gardé par le bouton');
    await follow(page, 'button[name="_keep"]');
    assert.match(await page.textContent('.g-saved'), /Brouillon enregistré le/);
    assert.equal(await page.inputValue('#notes'), 'Gardé par le bouton');
    await page.goto(`${record}/edit`);
    assert.equal(await page.inputValue('#notes'), before);
    await follow(page, '[data-draft-offer] a.btn');
    assert.equal(await page.inputValue('#notes'), 'Gardé par le bouton');
    await page.goto(`${record}/edit`);
    await follow(page, '[data-draft-offer] button');
    assert.equal(await page.locator('[data-draft-offer]').count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a record is copied from its own page', async () => {
    const { page, context, complaints } = await arrive(people.sophie);
    const record = await written(page, 'Tenir un modèle');
    await page.goto(record);
    const title = (await page.textContent('h1')).trim();
    await page.click('.g-head-actions details:has(a[href$="/duplicate"]) summary');
    await follow(page, 'a[href$="/duplicate"]');
    assert.equal(await page.inputValue('#name'), `${title} (copie)`);
    await follow(page, save);
    assert.notEqual(new URL(page.url()).pathname, record);
    assert.equal((await page.textContent('h1')).trim(), `${title} (copie)`);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
