// The life of one record: written, sent back, blocked, decided, put in production, edited again; then what happens
// without script, and when the session ends while somebody types (two people at once: together.test.mjs).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, fillIn, follow, launch, missing, person, signIn, unfold } from './support.mjs';

const list = '/o/val-d-aubreuil/processings';
const save = '.g-savebar button.btn-primary';

/** Fills what a person would; every text is what the assertions below look for. */
async function describeProcessing(page, name) {
  await page.fill('#name', name);
  await page.selectOption('[name="purposes.0.kind"]', 'main');
  await page.fill('[name="purposes.0.text"]', 'Prêter des outils de jardin aux habitants');
  await page.selectOption('[name="subject_categories.0.category"]', { index: 1 });
  await page.selectOption('[name="data_categories.0.category"]', { index: 1 });
  await page.fill('[name="data_categories.0.description"]', 'Nom et prénom');
  await page.fill('[name="recipients.0.name"]', 'Service des espaces verts');
}

/** The labels of the record's owned rows of one kind, in order. */
const rowNames = (page, label) => page.locator(`.g-sub:has(caption:text-is("${label}")) tbody th`).allInnerTexts();

async function step(page, record, status) {
  await page.goto(`${record}/status?to=${status}`);
  return page.locator('form.g-confirm');
}

describe('a record', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = (account, options = {}) => person(browser, installation, { account, ...options });

  test('goes from the contributor to production, and its history tells it', async () => {
    const sophie = await arrive(people.sophie);
    const claire = await arrive(people.claire);
    const { page } = sophie;

    // Written, with rows added, moved and removed on the spot.
    await page.goto(`${list}/new`);
    await describeProcessing(page, 'Prêter des outils de jardin');
    await page.click('[name="_add.recipients"]');
    await page.fill('[name="recipients.1.name"]', 'Association de jardiniers');
    await page.click('[name="_add.recipients"]');
    await page.fill('[name="recipients.2.name"]', 'Ligne de trop');
    await page.click('[name="_up.recipients.1"]');
    assert.equal(await page.inputValue('[name="recipients.0.name"]'), 'Association de jardiniers');
    await page.click('[name="_remove.recipients.2"]');
    assert.equal(await page.locator('[name="recipients.2.name"]').count(), 0);
    await page.click('.g-undo button');
    assert.equal(await page.inputValue('[name="recipients.2.name"]'), 'Ligne de trop');
    await page.click('[name="_remove.recipients.2"]');
    await follow(page, save);
    const record = new URL(page.url()).pathname;
    assert.deepEqual(await rowNames(page, 'Destinataires'), ['Association de jardiniers', 'Service des espaces verts']);

    // Submitted by the contributor, who decides nothing.
    let form = await step(page, record, 'to_validate');
    await follow(page, form.locator('[type=submit]'));
    assert.match(await page.textContent('.g-main'), /À valider/);
    assert.equal((await page.goto(`${record}/status?to=validated`)).status(), 403);

    // Sent back: the reason is asked for, and the contributor reads it in the history.
    form = await step(claire.page, record, 'draft');
    assert.equal((await follow(claire.page, form.locator('[type=submit]'))).status(), 422);
    await claire.page.fill('#reason', 'Sur quelle base légale ?');
    await follow(claire.page, form.locator('[type=submit]'));
    await page.goto(`${record}/history`);
    assert.match(await page.textContent('.g-history'), /Sur quelle base légale/);
    form = await step(page, record, 'to_validate');
    await follow(page, form.locator('[type=submit]'));

    // The basis is still missing, which blocks: said on the page, and the controller may decide all the same.
    form = await step(claire.page, record, 'validated');
    assert.match(await form.locator('.g-alert--danger').textContent(), /constat/);
    assert.equal((await follow(claire.page, form.locator('[type=submit]'))).status(), 422);
    assert.match(await claire.page.textContent('.g-errors'), /constat|décid/i);
    await claire.page.fill('#decided_by', 'Le président');
    await claire.page.fill('#decided_on', '2026-01-15');
    await follow(claire.page, claire.page.locator('form.g-confirm [type=submit]'));
    assert.match(await claire.page.textContent('.g-main'), /Validée/);
    await claire.page.goto(`${record}/history`);
    assert.match(await claire.page.textContent('.g-history'), /Le président/);

    // The basis is given: a material change of a validated record asks whether it changes what was validated.
    await claire.page.goto(`${record}/edit`);
    await claire.page.selectOption('[name="purposes.0.basis"]', 'e');
    await claire.page.fill('[name="purposes.0.legal_text"]', 'Code général des collectivités territoriales');
    assert.equal((await follow(claire.page, save)).status(), 409);
    assert.equal(await claire.page.inputValue('[name="purposes.0.legal_text"]'), 'Code général des collectivités territoriales');
    await claire.page.check('#cv-no');
    await follow(claire.page, save);
    assert.match(await claire.page.textContent('.g-main'), /Validée/);
    // Without the officer's advice the house has a processing go live by the controller's decision alone.
    form = await step(claire.page, record, 'production');
    assert.match(await form.locator('.g-alert--danger').textContent(), /constat|avis/);
    await claire.page.goto(`${record}/edit`);
    await fillIn(claire.page, '[name="dpo_advice_date"]', '2026-01-12');
    await follow(claire.page, save);
    form = await step(claire.page, record, 'production');
    assert.equal(await form.locator('.g-alert--danger').count(), 0, 'nothing blocks any more');
    await follow(claire.page, form.locator('[type=submit]'));
    assert.match(await claire.page.textContent('.g-main'), /En production/);

    // Changed in production: back to validation.
    await claire.page.goto(`${record}/edit`);
    await claire.page.fill('[name="data_categories.0.description"]', 'Nom, prénom et téléphone');
    await follow(claire.page, save);
    await claire.page.check('#cv-yes');
    await follow(claire.page, save);
    assert.match(await claire.page.textContent('.g-main'), /À valider/);

    await claire.page.goto(`${record}/history`);
    const versions = await claire.page.locator('.g-versions > li').count();
    assert.equal(versions, 8, 'one version for each act');
    const diff = await claire.page.textContent('.g-diff');
    assert.match(diff, /Nom et prénom/);
    assert.match(diff, /Nom, prénom et téléphone/);
    for (const person of [sophie, claire]) { assert.deepEqual(person.complaints, []); await person.context.close(); }
  });

  test('shows a past state as it stood', async () => {
    const { page, context, complaints } = await arrive(people.claire);
    await page.goto(`${list}?status=production&sort=-updated`);
    const record = await page.getAttribute('.g-table a.g-title', 'href');
    await page.goto(`${record}/edit`);
    const before = await page.inputValue('#name');
    await page.fill('#name', `${before}, et autre chose`);
    await follow(page, save);
    await page.check('#cv-no');
    await follow(page, save);
    assert.equal(await page.textContent('h1'), `${before}, et autre chose`);
    const yesterday = new Date(Date.now() - 86400000).toISOString().slice(0, 10);
    await page.goto(`${record}?at=${yesterday}`);
    assert.equal((await page.textContent('h1')).trim(), before);
    assert.equal(await page.locator('a[href$="/edit"]').count(), 0, 'the past is not edited');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is written and edited without script', async () => {
    const { page, context, complaints } = await arrive(people.sophie, { javaScript: false });
    await page.goto(`${list}/new`);
    await describeProcessing(page, 'Tenir le fichier des jardins partagés');
    await follow(page, '[name="_add.recipients"]');
    assert.equal(await page.inputValue('#name'), 'Tenir le fichier des jardins partagés');
    await page.fill('[name="recipients.1.name"]', 'Association de jardiniers');
    await follow(page, '[name="_up.recipients.1"]');
    assert.equal(await page.inputValue('[name="recipients.0.name"]'), 'Association de jardiniers');
    await follow(page, '[name="_add.measures"]');
    await follow(page, '[name="_remove.measures.1"]');
    assert.equal(await page.locator('[name="measures.1.type"]').count(), 0);
    await fillIn(page, '#people_count', 'beaucoup');
    assert.equal((await follow(page, save)).status(), 422);
    assert.equal(await page.inputValue('#people_count'), 'beaucoup');
    await page.click('.g-errors a[href="#people_count"]');
    await page.fill('#people_count', '120');
    await follow(page, save);
    assert.deepEqual(await rowNames(page, 'Destinataires'), ['Association de jardiniers', 'Service des espaces verts']);
    await follow(page, '.g-page-head a.btn-primary, a.btn-primary[href$="/edit"]');
    await page.fill('#name', 'Tenir le fichier des jardins');
    await follow(page, save);
    assert.equal((await page.textContent('h1')).trim(), 'Tenir le fichier des jardins');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('folds the questions that nothing asks for, and loses nothing written in a fold', async () => {
    const { page, context, complaints } = await arrive(people.sophie);
    await page.goto(`${list}/new`);
    const folds = page.locator('details.g-optional'), open = page.locator('details.g-optional[open]');
    const all = await folds.count();
    assert.ok(all > 5);
    assert.equal(await open.count(), 0, 'a new record holds nothing in its folds');
    for (const asked of ['#name', '#service', '[name="purposes.0.text"]', '[name="recipients.0.name"]', '[name="measures.0.type"]']) assert.ok(await page.isVisible(asked), asked);
    for (const optional of ['#people_count', '#notes', '#hosting']) assert.equal(await page.isVisible(optional), false, optional);
    assert.match(await folds.first().locator(':scope > summary').innerText(), /Questions facultatives \(\d+\)/);

    // One button for all, by keyboard, both ways.
    const button = page.locator('button[data-open-all]');
    await button.focus();
    await page.keyboard.press('Enter');
    assert.equal(await open.count(), all);
    assert.match(await button.innerText(), /Replier/);
    await page.keyboard.press('Enter');
    assert.equal(await open.count(), 0);
    assert.match(await button.innerText(), /Déplier/);

    // Written in a fold that is shut again: kept in the draft, offered back in sight, saved.
    await page.fill('#name', 'Tenir les pages courtes');
    await fillIn(page, '#notes', 'Écrit dans un pli');
    await folds.filter({ has: page.locator('#notes') }).locator(':scope > summary').click();
    assert.equal(await page.isVisible('#notes'), false);
    await page.waitForFunction(() => /Brouillon enregistré le/.test(document.querySelector('[data-draft-state]')?.textContent ?? ''));
    await page.goto(`${list}/new`);
    await follow(page, '[data-draft-offer] a.btn');
    assert.ok(await page.isVisible('#notes'));
    assert.equal(await page.inputValue('#notes'), 'Écrit dans un pli');
    await folds.filter({ has: page.locator('#notes') }).locator(':scope > summary').click();
    await follow(page, save);
    const record = new URL(page.url()).pathname;
    assert.match(await page.textContent('.g-main'), /Écrit dans un pli/);

    // Opened where something is held, and where an address leads.
    await page.goto(`${record}/edit`);
    assert.ok(await page.isVisible('#notes'));
    assert.equal(await page.isVisible('#people_count'), false);
    await page.goto(`${record}/edit#people_count`);
    await page.waitForFunction(() => document.querySelector('#people_count').closest('details').open);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('opens its folds without script, and keeps them open while rows are added', async () => {
    const { page, context, complaints } = await arrive(people.sophie, { javaScript: false });
    await page.goto(`${list}/new`);
    await page.fill('#name', 'Tout voir sans script');
    await unfold(page, '#people_count');
    assert.ok(await page.isVisible('#people_count'), 'a fold opens by itself');
    await follow(page, 'button[data-open-all]');
    assert.equal(await page.inputValue('#name'), 'Tout voir sans script');
    assert.equal(await page.locator('details.g-optional:not([open])').count(), 0);
    await follow(page, '[name="_add.recipients"]');
    assert.equal(await page.locator('details.g-optional:not([open])').count(), 0);
    await page.fill('#notes', 'Vu');
    await follow(page, save);
    assert.equal((await page.textContent('h1')).trim(), 'Tout voir sans script');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('typed while the session ends is offered again', async () => {
    const { page, context, complaints } = await arrive(people.sophie);
    await page.goto(`${list}/new`);
    await page.fill('#name', 'Texte écrit avant la fin de session');
    await page.click('[name="_add.recipients"]');
    await page.fill('[name="recipients.1.name"]', 'Deuxième destinataire');
    await context.clearCookies();
    await follow(page, save);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await signIn(page, people.sophie);
    // Wherever the sign-in leads, the text is one click away.
    if (!page.url().endsWith('/new')) await follow(page, '.g-restore a');
    await page.click('.g-restore .btn-primary');
    assert.equal(await page.inputValue('#name'), 'Texte écrit avant la fin de session');
    assert.equal(await page.inputValue('[name="recipients.1.name"]'), 'Deuxième destinataire');
    await follow(page, save);
    assert.equal((await page.textContent('h1')).trim(), 'Texte écrit avant la fin de session');
    await page.goto(`${list}/new`);
    assert.equal(await page.locator('.g-restore').count(), 0, 'what was saved is not offered again');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
