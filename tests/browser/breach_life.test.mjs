// The life of a breach in a real browser, with the clock of the test: a stranger reports it on the public page, it is taken in and
// judged, the two clocks run, severity is scored, the dossier is read, it is notified late with its reasons, the persons are told,
// the controller decides with the officer's advice beside, lessons are drawn, and it is closed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeProblems, follow, launch, missing, move, person, write } from './support.mjs';
import { vire } from './vire.mjs';

describe('a breach', { skip: missing }, () => {
  let installation, browser, anne, claire, api, at;

  before(async () => {
    ({ installation, anne, claire, api, at } = await vire('2026-03-02T08:00:00Z'));
    browser = await launch();
    const { context, page } = await person(browser, installation, { account: anne });
    await page.goto('/o/vire/settings/public');
    await follow(page, '#incident form:has(input[name=op][value=open]) button');
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  let record;
  const officer = () => person(browser, installation, { account: claire });   // signed in anew: days pass between two looks

  test('is reported by a stranger', async () => {
    const { context, page, complaints } = await person(browser, installation, { javaScript: false, width: 390 });
    await page.goto('/p/vire/incident');
    await page.fill('[name=facts]', 'Un courriel est parti avec 1 240 adresses visibles');
    await page.check('[name=nature][value=confidentiality]');
    await page.fill('[name=noticed_on]', '2026-03-02');
    await page.fill('[name=noticed_time]', '08:40');
    await at('2026-03-02T08:05:00Z');
    await follow(page, 'main button[type=submit]');
    assert.match(await page.innerText('h1'), /VIO-\d+/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is taken in, judged, and its two clocks run', async () => {
    await at('2026-03-02T08:30:00Z');
    const { context, page, complaints } = await officer();
    await page.goto('/o/vire/breaches');
    await follow(page, page.locator('main table a.g-title').first());
    record = new URL(page.url()).pathname;
    assert.match(await page.innerText('main'), /Incident à qualifier/);
    await write(page, record, { role: 'controller', aware_at: '2026-03-02T09:20', awareness: 'Karim Benali confirme l’erreur.', personal_data: 'true', causes: 'visible_recipients', people_count: '1240' });
    await move(page, record, 'breach');
    const clocks = await page.innerText('.g-clocks');
    assert.match(clocks, /jeudi\s5\smars\s2026\sà\s9\sh\s20/);
    assert.match(clocks, /jeudi\s5\smars\s2026\sà\s10\sh/, 'the limit of the regulation beside the hours of the authority');
    assert.deepEqual(await axeProblems(page), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is scored, and its dossier says what is missing', async () => {
    const { context, page, complaints } = await officer();
    await write(page, record, { score_data: 'simple', score_context: 'more_1', score_identification: 'significant', score_confidentiality: 'unknown_recipients', score_integrity: 'no_known_use', score_availability: 'at_once' });
    await page.goto(record);
    assert.match(await page.innerText('main'), /ENISA/);
    await page.goto(`${record}/dossier`);
    assert.match(await page.innerText('main'), /1\s240/);
    assert.deepEqual(await axeProblems(page), []);
    await page.emulateMedia({ media: 'print' });
    assert.ok(!await page.locator('.g-side').isVisible());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is recalled at 24, 48, 60 and 71 hours, then as late, once each', async () => {
    const rungs = ['2026-03-02T08:31:00Z', '2026-03-03T08:20:00Z', '2026-03-04T08:20:00Z', '2026-03-04T20:20:00Z', '2026-03-05T07:20:00Z', '2026-03-05T08:20:00Z'];
    for (const [rung, instant] of rungs.entries()) {
      await at(instant);
      await at(instant.replace(/:00Z$/, ':45Z'));   // a second look at the clock tells nothing anew
      const { context, page, complaints } = await officer();
      await page.goto('/notifications');
      assert.equal(await page.locator('.g-told-what', { hasText: /notifier à l’autorité/i }).count(), rung + 1, instant);
      const first = page.locator('.g-told-what', { hasText: /notifier à l’autorité/i }).first();
      assert.match(await first.innerText(), rung < 5 ? /5 mars.*9\sh\s20/s : /retard|dépassé/i, instant);
      if (rung === 5) {
        await page.goto('/o/vire/agenda');
        assert.match(await page.innerText('main'), /Notifier à l’autorité/);
        assert.deepEqual(await axeProblems(page), []);
      }
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  test('is notified late with its reasons, on the controller’s decision and the officer’s advice', async () => {
    await at('2026-03-06T10:00:00Z');
    const { context, page, complaints } = await officer();
    await page.goto(record);
    assert.match(await page.innerText('.g-clocks'), /retard|Dépassé|dépassé/i, 'the hours have run out');
    await write(page, record, { risk: 'high', risk_reason: 'Des familles protégées sont joignables.', notify: 'true', dpo_advice: 'Notifier sans attendre, et dire pourquoi si tard.', dpo_advice_date: '2026-03-06', delay_reasons: 'La personne qui savait était absente.' });
    // What was sent is a row of the notifications; an instrument may note it as well as a hand.
    await api('PATCH', `/breaches/${record.split('/').at(-1)}`, { notifications: [{ type: 'complete', sent_at: '2026-03-06T09:55:00Z', receipt: 'CNIL-2026-9', author: 'Claire Delmas' }] });
    await move(page, record, 'notified', { decided_by: 'Madame la maire', decided_on: '2026-03-06' });
    assert.match(await page.innerText('main'), /Madame la maire/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is told to the persons, learnt from and closed', async () => {
    await at('2026-03-09T10:00:00Z');
    const { context, page, complaints } = await officer();
    await page.goto(`${record}/letter`);
    assert.match(await page.innerText('main'), /Vire/);
    assert.deepEqual(await axeProblems(page), []);
    await write(page, record, { tell_persons: 'true', persons_informed_at: '2026-03-09T10:30', persons_informed_count: '1240', lessons: 'L’envoi groupé se fait par l’outil de lettres.' });
    await move(page, record, 'closed', { decided_by: 'Madame la maire', decided_on: '2026-03-09' });
    await page.goto(record);
    assert.equal(await page.locator('a.btn-primary', { hasText: 'Modifier' }).count(), 0, 'closed: nothing is changed any more');
    await page.goto(`${record}/history`);
    assert.match(await page.innerText('main'), /Page publique/, 'who began it');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
