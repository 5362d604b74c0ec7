// A consent through its whole life: the point is made, the consent comes from another program, a stranger opens the address they
// were given on a telephone whose browser runs no script and withdraws, the officer is told, stops what rested on it and notes it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeProblems, follow, launch, missing, person } from './support.mjs';
import { vire } from './vire.mjs';

describe('a consent', { skip: missing }, () => {
  let installation, browser, anne, claire, api, processing, address, record, pass;

  before(async () => {
    ({ installation, anne, claire, api, pass } = await vire('2026-03-02T09:00:00Z'));
    browser = await launch();
    processing = (await api('POST', '/processings', { name: 'Lettre d’information', purposes: [{ kind: 'main', text: 'Envoyer la lettre', basis: 'a' }] })).id;
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  async function look(page, name) {
    for (const [width, theme] of [[1440, 'light'], [390, 'dark'], [320, 'light']]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      assert.deepEqual(await axeProblems(page), [], `${name}, ${width}, ${theme}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} scrolls sideways at ${width}`);
      if (process.env.GREFFIER_PICTURES) await page.screenshot({ path: `${process.env.GREFFIER_PICTURES}/consent-${name.replace(/\W+/g, '-')}-${width}-${theme}.png`, fullPage: true });
    }
  }

  test('is asked at a point that the officer puts in use', async () => {
    const { context, page, complaints } = await person(browser, installation, { account: claire });
    await page.goto('/o/vire/consent-points/new');
    await page.fill('[name=name]', 'Formulaire du site');
    await follow(page, '.g-savebar button.btn-primary');
    const point = page.url().match(/consent-points\/([0-9a-f-]{36})/)[1];
    await api('PATCH', `/consent-points/${point}`, { processing, kind: 'web_form', granular: true, give_again: true, acts: ['pre_ticked'], give_steps: 2, withdraw_steps: 1,
      purposes: [{ name: 'Recevoir la lettre', details: 'Une lettre par mois' }, { name: 'Recevoir l’agenda' }],
      wordings: [{ version: '1', wording_fr: 'Je veux recevoir la lettre de la ville.', wording_en: 'I want the newsletter of the town.', used_from: '2026-01-01' }] });
    await page.goto(`/o/vire/consent-points/${point}`);
    assert.match(await page.textContent('main'), /ne montre pas de volonté/, 'a box ticked in advance is named with its reason');
    await look(page, 'point');
    await api('PATCH', `/consent-points/${point}`, { acts: ['ticked_box'] });
    await api('POST', `/consent-points/${point}/status`, { status: 'in_use' });
    const given = { point, identifier: 'abonne-41', wording_version: '1', given_at: '2026-03-01T08:00:00Z', act: 'ticked_box', evidence: 'Journal du site' };
    record = (await api('POST', '/consents', { ...given, purpose: 'Recevoir la lettre' })).id;
    await api('POST', '/consents', { ...given, purpose: 'Recevoir l’agenda' });
    await page.goto('/o/vire/consents');
    assert.doesNotMatch(await page.content(), /abonne-41/, 'no list names a person');
    await page.goto(`/o/vire/consents/${record}`);
    assert.match(await page.textContent('main'), /abonne-41/);
    await look(page, 'record');
    await page.goto('/o/vire/objections/check');
    await look(page, 'check');
    await page.goto(`/o/vire/consent-points/${point}/refresh`);
    await look(page, 'refresh');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('has a page that an administrator opens', async () => {
    const { context, page } = await person(browser, installation, { account: anne });
    await page.goto('/o/vire/settings/public');
    await follow(page, '#preferences form:has(input[name=op][value=open]) button');
    await page.waitForSelector('#preferences .g-badge--ok');
    await context.close();
    address = (await api('POST', '/consents/link', { identifier: 'abonne-41' })).address;
    assert.match(address, /\/p\/vire\/preferences\//);
  });

  test('is withdrawn by a stranger in one act, without script, cookie or password', async () => {
    const { context, page, complaints } = await person(browser, installation, { javaScript: false, width: 390, height: 844 });
    await page.goto(address);
    assert.match(await page.textContent('main'), /Vous avez dit oui/);
    assert.match(await page.content(), /Je veux recevoir la lettre/);
    await pass(70);
    await follow(page, `button[value="withdraw ${record}"]`);
    assert.match(await page.textContent('[role=status]'), /votre accord est retiré/);
    assert.equal((await context.cookies()).length, 0, 'no cookie at all');
    await context.close();

    const seen = await person(browser, installation, { width: 390 });
    await seen.page.goto(address);
    await look(seen.page, 'preferences fr');
    await follow(seen.page, 'a[hreflang=en]');
    assert.match(await seen.page.textContent('main'), /You withdrew/);
    await look(seen.page, 'preferences en');
    await seen.page.goto('/p/vire/preferences');
    await look(seen.page, 'asking');
    assert.deepEqual([...complaints, ...seen.complaints], []);
    await seen.context.close();
  });

  test('is recalled to the officer as late when nobody stops what rested on it', async () => {
    for (const days of [1, 1]) await pass(days * 86400);
    const { context, page, complaints } = await person(browser, installation, { account: claire });
    await page.goto('/notifications');
    assert.match(await page.locator('.g-told-what', { hasText: /arrêter ce qui reposait/i }).first().innerText(), /retard|dépassé/i);
    await page.goto('/o/vire/agenda');
    assert.match(await page.innerText('main'), /Arrêter ce qui reposait sur l’accord/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is stopped by the officer, who was told, and a late use is found', async () => {
    const { context, page, complaints } = await person(browser, installation, { account: claire });
    await page.goto('/notifications');
    await follow(page, page.locator('.g-told-where a', { hasText: 'Recevoir la lettre' }).first());
    assert.match(await page.textContent('main'), /Arrêtez ce qui reposait sur son accord/);
    await look(page, 'withdrawn');
    await api('PATCH', `/consents/${record}`, { last_use: '2026-03-20T09:00:00Z' });
    await page.reload();
    assert.match(await page.textContent('main'), /ont servi après le retrait/, 'rule CON-005');
    await api('PATCH', `/consents/${record}`, { last_use: null, effects_on: '2026-03-02', effects: 'Adresse retirée' });
    await page.reload();
    assert.doesNotMatch(await page.textContent('main'), /ont servi après le retrait|Arrêtez ce qui reposait/, 'nothing is left to do');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
