// The registers without a mouse: a breach, a request, a consent, a contract, lists and the public pages, each led by Tab, the arrows,
// Space and Enter. keyboard.test.mjs walks a processing, doors_keyboard.test.mjs the accounts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { back, button, choose, day, edit, far, fold, link, move, named, save, standsOn, submit, tick, toContents, type, unfold } from './by_keyboard.mjs';
import { focused, launch, missing, person, press, tabTo } from './support.mjs';
import { vire } from './vire.mjs';

const org = '/o/vire';

describe('the registers, with the keyboard alone', { skip: missing }, () => {
  let installation, browser, anne, claire, api, pass;

  before(async () => {
    ({ installation, anne, claire, api, pass } = await vire('2026-03-04T08:00:00Z'));
    browser = await launch();
    await api('POST', '/processings', { name: 'Lettre d’information', purposes: [{ kind: 'main', text: 'Envoyer la lettre', basis: 'a' }] });
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const officer = () => person(browser, installation, { account: claire });

  test('a breach is refused, recorded, qualified, noted as told, and its dossier read', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/breaches`);
    await toContents(page);
    await tabTo(page, link('/breaches/new'));
    await press(page);

    await toContents(page);
    await type(page, 'facts', 'Un courriel est parti avec 1 240 adresses visibles');
    await type(page, 'people_count', 'beaucoup');
    await save(page, 422);
    const summary = await focused(page);
    assert.ok(await page.evaluate(() => document.activeElement.matches('.g-errors')) && summary.inSight, 'what is wrong is read first');
    await tabTo(page, link('#people_count'), 5);
    await page.keyboard.press('Enter');
    await standsOn(page, 'people_count');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1240');
    await back(page, 'title');
    await page.keyboard.type('Courriel aux familles');
    await choose(page, 'personal_data', 'true');
    await tick(page, 'nature', 'confidentiality');
    await tick(page, 'causes', 'visible_recipients');
    await day(page, 'aware_at', '03', '0920');
    await choose(page, 'risk', 'risk');
    await save(page);
    assert.equal(await page.innerText('h1'), 'Courriel aux familles');
    const record = new URL(page.url()).pathname;

    // Whom else to tell: a row is added, another is taken away and comes back.
    await edit(page);
    await unfold(page, 'Les autres');
    await tabTo(page, named('_add.told'), far);
    await page.keyboard.press('Enter');
    await standsOn(page, 'told-0-body');
    await choose(page, 'told.0.body', 'insurer', await focused(page));
    await tick(page, 'told.0.not_needed', 'true');
    await tabTo(page, named('_remove.told.0'), 20);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-rows=told] [data-row]').count(), 0);
    assert.match((await focused(page)).text, /Annuler/, 'what was taken away is one key from coming back');
    assert.ok((await focused(page)).inSight);
    await page.keyboard.press('Enter');
    await standsOn(page, 'told-0-body');
    assert.ok(await page.isChecked('[name="told.0.not_needed"]'));
    await save(page);
    assert.match(await page.innerText('main'), /Assureur/);

    await move(page, 'breach');
    assert.equal(new URL(page.url()).pathname, record);
    assert.match(await page.innerText('.g-clocks'), /6 mars 2026/);

    // The dossier, and its ways out: the letter, and the question that a hole leads to.
    await toContents(page);
    await tabTo(page, link('/dossier'), far);
    await press(page);
    await toContents(page);
    await tabTo(page, link('/letter'));
    assert.equal((await press(page)).status(), 200);
    await page.goBack();
    await toContents(page);
    await tabTo(page, link('#consequences'));
    await press(page);
    await standsOn(page, 'consequences');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a request is noted, held for an identity, prolonged, searched for, refused and answered', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/requests`);
    await toContents(page);
    await tabTo(page, link('/requests/new'));
    await press(page);
    await toContents(page);
    await day(page, 'received_at', '03', '1030');
    await choose(page, 'channel', 'email');
    await tick(page, 'rights', 'access');
    await type(page, 'requester.name', 'Odile Quirin');
    await save(page);
    assert.match(await page.innerText('h1'), /Demande d’accès/);
    const record = new URL(page.url()).pathname;

    // Who asks? The pause is written where the page asks for it.
    await edit(page);
    await unfold(page, 'L’identité');
    await type(page, 'identity_doubt', 'Adresse inconnue.');
    await day(page, 'identity_asked_on', '03');
    await save(page);
    await move(page, 'identity_wait');
    assert.match(await page.innerText('.g-clocks'), /Délai suspendu/);
    await move(page, 'in_progress');

    await edit(page);
    await unfold(page, 'Le travail');
    await tabTo(page, named('_add.searches'), far);
    await page.keyboard.press('Enter');
    await type(page, 'searches.0.place', 'Messagerie de l’accueil');
    await choose(page, 'searches.0.result', 'found');
    await unfold(page, 'La prolongation');
    await tick(page, 'extended', 'true');
    await tick(page, 'extension_reasons', 'complexity');
    await choose(page, 'decision', 'partial');
    await unfold(page, 'La décision');
    await tick(page, 'refusal_grounds', 'access_rights_of_others');
    await save(page);

    await toContents(page);
    await tabTo(page, link('/letters/extension'), far);
    assert.equal((await press(page)).status(), 200);
    await toContents(page);
    await tabTo(page, button('Imprimer'));
    await page.goto(record);

    await edit(page);
    await choose(page, 'answer_channel', 'email');
    await save(page);
    await move(page, 'answered');
    assert.match(await page.innerText('.g-clocks'), /Dans le délai/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a point where consent is asked is written, a consent recorded there and withdrawn', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/consent-points/new`);
    await toContents(page);
    await type(page, 'name', 'Formulaire du site');
    await tabTo(page, named('processing'), far);
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await page.evaluate(() => document.activeElement.value), '', 'the arrows choose a record');
    await choose(page, 'kind', 'web_form');
    await tabTo(page, named('_add.purposes'), far);
    await page.keyboard.press('Enter');
    await standsOn(page, 'purposes-0-name');
    await page.keyboard.type('Recevoir la lettre');
    assert.ok(await page.isChecked('[name=acts][value=ticked_box]'), 'the usual act is ticked already');
    await tabTo(page, named('_add.wordings'), far);
    await page.keyboard.press('Enter');
    await standsOn(page, 'wordings-0-version');
    await page.keyboard.type('1');
    await type(page, 'wordings.0.wording_fr', 'Je veux recevoir la lettre de la ville.');
    for (const quality of ['freely_given', 'specific', 'informed', 'unambiguous']) await choose(page, quality, 'true');
    await type(page, 'give_steps', '2');
    await type(page, 'withdraw_steps', '1');
    await type(page, 'withdraw_how', 'Un lien au bas de chaque lettre.');
    await save(page);
    await move(page, 'in_use');
    assert.match(await page.innerText('main'), /En service/);

    await page.goto(`${org}/consents/new`);
    await toContents(page);
    await type(page, 'purpose', 'Recevoir la lettre');
    await tabTo(page, named('point'), far);
    await page.keyboard.press('ArrowDown');
    await type(page, 'wording_version', '1');
    await type(page, 'identifier', 'abonne-41');
    await day(page, 'given_at', '03', '0930');
    await choose(page, 'act', 'ticked_box');
    await type(page, 'evidence', 'Journal du site');
    await save(page);
    assert.match(await page.innerText('main'), /abonne-41/);
    await move(page, 'withdrawn');
    assert.match(await page.innerText('main'), /Retiré/);
    const record = new URL(page.url()).pathname;
    await toContents(page);
    await tabTo(page, link(`${record}/edit`));
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a contract has its twenty-five clauses read, a processor its rows, a transfer its country', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/processors/new`);
    await toContents(page);
    await type(page, 'name', 'Parvis Logiciels');
    await unfold(page, 'Ses sous-traitants');
    for (const [row, name] of ['Nuage du Nord', 'Secours du Sud'].entries()) {
      await tabTo(page, named('_add.subprocessors'), far);
      await page.keyboard.press('Enter');
      await standsOn(page, `subprocessors-${row}-name`);
      await page.keyboard.type(name);
    }
    await tabTo(page, named('_up.subprocessors.1'), 30);
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue('[name="subprocessors.0.name"]'), 'Secours du Sud');
    assert.equal((await focused(page)).name, '_down.subprocessors.0', 'the row that is first cannot go up: its other button has the focus');
    await tabTo(page, named('_remove.subprocessors.1'), 30);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-rows=subprocessors] [data-row]').count(), 1);
    await save(page);
    assert.match(await page.innerText('main'), /Secours du Sud/);

    await page.goto(`${org}/contracts/new`);
    await toContents(page);
    await type(page, 'name', 'Contrat du portail');
    await tabTo(page, named('processor'), far);
    await page.keyboard.press('ArrowDown');
    for (let clause = 0; clause < 25; clause++) await choose(page, `clauses.${clause}.state`, clause === 7 ? 'absent' : 'present');
    await save(page);
    const clauses = (await api('GET', `/contracts/${page.url().split('/').at(-1).split('?')[0]}`)).clauses;
    assert.deepEqual([clauses.length, clauses.filter((one) => one.state === 'present').length], [25, 24]);

    await page.goto(`${org}/transfers/new`);
    await toContents(page);
    await type(page, 'name', 'Envoi de la lettre');
    await type(page, 'importer', 'Lettrelune Inc.');
    await type(page, 'importer_country', 'États-U');
    assert.ok(await page.locator('#countries option[value="États-Unis"]').count() === 1, 'the country is among those that are offered');
    await save(page, 422);
    await tabTo(page, link('#importer_country'), 5);
    await page.keyboard.press('Enter');
    await standsOn(page, 'importer_country');
    await page.keyboard.press('End');
    await page.keyboard.type('nis');
    await save(page);
    assert.match(await page.innerText('main'), /États-Unis/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a list is filtered, sorted, paged and given other columns, a table is imported, the months of the agenda turned', async () => {
    for (let number = 0; number < 60; number++) await api('POST', '/assets', { name: `Poste ${String(number).padStart(2, '0')}` });
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/assets`);
    await toContents(page);
    await tabTo(page, fold('État'), far);
    await page.keyboard.press('Enter');
    await tick(page, 'status', await page.getAttribute('[name=status]', 'value'));
    await tabTo(page, button('Appliquer'), 20);
    await press(page);
    assert.match(page.url(), /status=/);

    await toContents(page);
    await tabTo(page, (here) => here.tag === 'A' && /sort=-title/.test(here.href), far);
    await press(page);
    assert.equal(await page.locator('th[aria-sort=descending]').count(), 1);
    assert.match(await page.innerText('tbody tr >> nth=0'), /Poste 59/);
    assert.match(page.url(), /status=/, 'sorted, still filtered');

    await toContents(page);
    await tabTo(page, fold('Colonnes'), far);
    await page.keyboard.press('Enter');
    const heads = await page.locator('thead th').count();
    const offered = await tabTo(page, named('columns'), 60);
    await page.keyboard.press('Space');
    await tabTo(page, button('Appliquer'), 60);
    await press(page);
    assert.notEqual(await page.locator('thead th').count(), heads, offered.value);

    await toContents(page);
    await tabTo(page, (here) => here.tag === 'A' && here.text.startsWith('Suivante'), far);
    await press(page);
    assert.match(page.url(), /page=2|after=/);
    assert.match(page.url(), /sort=-title/, 'the next page is of the same list');

    await page.goto(`${org}/assets`);
    await toContents(page);
    await tabTo(page, link('/assets/import'));
    await press(page);
    await toContents(page);
    await tabTo(page, named('file'));
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles({ name: 'supports.csv', mimeType: 'text/csv', buffer: Buffer.from('Nom\nImprimante de la mairie\n') });
    await tabTo(page, button('Lire le fichier'));
    assert.equal((await press(page)).status(), 200);

    await page.goto(`${org}/agenda`);
    await toContents(page);
    await tabTo(page, (here) => here.tag === 'A' && here.text === 'Mois');
    await press(page);
    assert.match(await page.innerText('#month-t'), /Mars 2026/i);
    for (const month of ['Avril 2026', 'Mai 2026', 'Avril 2026']) {
      await toContents(page);
      await tabTo(page, (here) => here.tag === 'A' && here.text === month);
      await press(page);
      assert.match(await page.innerText('#month-t'), new RegExp(month, 'i'));
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a stranger without script asks, reports and follows; another withdraws a consent', async () => {
    const settings = await person(browser, installation, { account: anne });
    for (const name of ['request', 'follow-up', 'incident', 'preferences']) {
      await settings.page.goto(`${org}/settings/public`);
      await toContents(settings.page);
      const title = await settings.page.innerText(`#${name} h2`);
      await tabTo(settings.page, (here) => here.tag === 'BUTTON' && here.text.startsWith('Ouvrir') && here.text.endsWith(title), far);
      await press(settings.page);
      await settings.page.waitForSelector(`#${name} .g-badge--ok`);
    }
    await settings.context.close();

    const { context, page, complaints } = await person(browser, installation, { javaScript: false });
    await page.goto('/p/vire/request');
    await toContents(page);
    await tick(page, 'right', 'access');
    await type(page, 'message', 'La cantine de ma fille');
    await tabTo(page, submit, far);
    await pass(60);
    assert.equal((await press(page)).status(), 422);
    await toContents(page);
    await tabTo(page, link('#f-name'), 3);
    await page.keyboard.press('Enter');
    await standsOn(page, 'f-name');
    await page.keyboard.type('Jeanne Lefort');
    assert.match(await page.innerText('main'), /choisissez-les de nouveau/, 'no browser keeps the files of a form that was refused');
    await type(page, 'email', 'jeanne@courrier.example');
    await tabTo(page, submit, far);
    await press(page);
    assert.match(await page.innerText('h1'), /DEM-/);
    await toContents(page);
    await tabTo(page, (here) => here.tag === 'A' && /\/follow-up\//.test(here.href));
    await press(page);
    await toContents(page);
    await type(page, 'message', 'Son numéro est le 4512');
    await pass(60);
    await tabTo(page, submit, far);
    await press(page);
    assert.match(await page.innerText('[role=status]'), /joint à votre demande/);

    await page.goto('/p/vire/incident');
    await toContents(page);
    await type(page, 'facts', 'Un cahier de présence a été perdu');
    await pass(60);
    await tabTo(page, submit, far);
    await press(page);
    assert.match(await page.innerText('main'), /VIO-/);

    const point = (await api('POST', '/consent-points', { name: 'Guichet', purposes: [{ name: 'Recevoir l’agenda' }], wordings: [{ version: '1', wording_fr: 'Je veux recevoir l’agenda.', used_from: '2026-01-01' }] })).id;
    await api('POST', '/consents', { point, purpose: 'Recevoir l’agenda', wording_version: '1', identifier: 'abonne-42', given_at: '2026-03-01T08:00:00Z', act: 'ticked_box', evidence: 'Fiche signée' });
    const { address } = await api('POST', '/consents/link', { identifier: 'abonne-42' });
    await page.goto(address);
    await toContents(page);
    await pass(60);
    await tabTo(page, (here) => (here.value ?? '').startsWith('withdraw '), far);
    await press(page);
    assert.match(await page.innerText('[role=status]'), /votre accord est retiré/);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
