// A request through its whole life, with the clock of the test: a stranger without script sends it, the officer acknowledges, the
// reminders come as its day comes near, the extension is told by letter in time, the longer month runs out too, the answer is given
// behind a code by another way, the stranger fetches it, and it is closed with the delay kept in sight.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { axeProblems, follow, launch, missing, move, person, write } from './support.mjs';
import { vire } from './vire.mjs';

describe('a request of a stranger', { skip: missing }, () => {
  let installation, browser, claire, address, record, code, at, pass;
  const officer = () => person(browser, installation, { account: claire });   // signed in anew: days pass between two looks
  const visitor = () => person(browser, installation, { javaScript: false, width: 390, height: 844 });

  before(async () => {
    let anne;
    ({ installation, anne, claire, at, pass } = await vire('2026-03-02T08:58:00Z'));
    browser = await launch();
    const { context, page } = await person(browser, installation, { account: anne });
    for (const name of ['request', 'follow-up']) {
      await page.goto('/o/vire/settings/public');
      await follow(page, `#${name} form:has(input[name=op][value=open]) button`);
    }
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** The newest line about the answer among what the officer was told. */
  async function told(page) {
    await page.goto('/notifications');
    const lines = page.locator('.g-told-what', { hasText: /répondre à la personne/i });
    return { count: await lines.count(), newest: await lines.count() > 0 ? await lines.first().innerText() : '' };
  }

  test('comes by the public page, with its number and its day', async () => {
    const { context, page, complaints } = await visitor();
    await page.goto('/p/vire/request');
    await page.check('[name=right][value=access]');
    await page.fill('[name=message]', 'La cantine de ma fille');
    await page.fill('[name=name]', 'Jeanne Lefort');
    await page.fill('[name=email]', 'jeanne@courrier.example');
    await at('2026-03-02T09:00:00Z');
    await follow(page, 'main button[type=submit]');
    assert.match(await page.innerText('h1'), /DEM-\d+/);
    assert.match(await page.innerText('main'), /2 avril 2026/);
    await follow(page, 'a.g-public-address');
    address = page.url();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is taken in hand, and recalled a week and two days before its day', async () => {
    const first = await officer();
    await first.page.goto('/o/vire/requests');
    await follow(first.page, first.page.locator('main table a.g-title').first());
    record = new URL(first.page.url()).pathname;
    await follow(first.page, first.page.locator('.g-letters a').first());
    assert.match(await first.page.innerText('.g-letter'), /2 avril 2026/, 'the acknowledgement names the day');
    await write(first.page, record, { acknowledged_on: '2026-03-02' });
    await move(first.page, record, 'in_progress');
    const begun = (await told(first.page)).count;
    assert.deepEqual(first.complaints, []);
    await first.context.close();

    await at('2026-03-26T07:00:00Z');
    const week = await officer();
    const near = await told(week.page);
    assert.ok(near.count > begun, 'a week before');
    assert.match(near.newest, /2 avril/);
    await week.context.close();

    await at('2026-03-31T07:00:00Z');
    const days = await officer();
    assert.equal((await told(days.page)).count, near.count + 1, 'two days before');
    await days.page.goto('/o/vire/agenda');
    assert.match(await days.page.innerText('main'), /Répondre à la personne/);
    assert.deepEqual(await axeProblems(days.page), []);
    await days.context.close();
  });

  test('is prolonged in time by a letter, and its day moves', async () => {
    const { context, page, complaints } = await officer();
    await write(page, record, { extended: 'true', extension_reasons: 'complexity', extension_told_on: '2026-03-31' });
    await page.goto(record);
    assert.match(await page.innerText('.g-clocks'), /2\sjuin\s2026/);
    await page.goto(`${record}/letters/extension`);
    assert.match(await page.innerText('.g-letter'), /2\sjuin\s2026/);
    assert.deepEqual(await axeProblems(page), []);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.g-letter').isVisible() && !await page.locator('.g-side').isVisible());
    const before = (await told(page)).count;
    assert.deepEqual(complaints, []);
    await context.close();
    await at('2026-04-03T07:00:00Z');
    const after = await officer();
    assert.equal((await told(after.page)).count, before, 'the first month is over, and nothing is late');
    await after.context.close();
  });

  test('runs late, which the officer is told and sees', async () => {
    await at('2026-06-03T07:00:00Z');
    const { context, page, complaints } = await officer();
    assert.match((await told(page)).newest, /retard|dépassé/i);
    await page.goto(record);
    assert.match(await page.innerText('.g-clocks'), /retard|dépassé/i);
    await page.goto('/o/vire/requests?due=overdue');
    assert.match(await page.innerText('main'), /DEM-\d+/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is answered by a letter that is given behind a code', async () => {
    const { context, page, complaints } = await officer();
    await page.goto(`${record}/letters/access`);
    await follow(page, 'form[action*="/letters/access"] button');
    await page.goto(`${record}/delivery`);
    await page.locator('[name=files]').first().check();
    await page.selectOption('[name=way]', 'phone');
    await follow(page, 'form:has(input[name=op][value=make]) button[type=submit]');
    [code] = (await page.innerText('main')).match(/(?<![\w-])\d{4}-\d{4}-\d{2}(?![\w-])/);
    assert.deepEqual(await axeProblems(page), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is fetched by the stranger, once the code is right', async () => {
    const { context, page, complaints } = await visitor();
    await page.goto(address);
    assert.doesNotMatch(await page.content(), /Jeanne|Lefort|cantine/);
    await page.fill('[name=code]', '0000-0000-00');
    await pass(5);
    await follow(page, 'button[name=file]');
    assert.match(await page.innerText('.g-errors'), /code/i, 'a wrong code is told');
    await pass(400);
    await page.goto(address);
    await page.fill('[name=code]', code);
    await pass(5);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[name=file]')]);
    assert.match(readFileSync(await download.path(), 'utf8'), /Jeanne Lefort/, 'the answer itself');
    assert.equal((await context.cookies()).length, 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is closed, with its trace and its delay in sight', async () => {
    const { context, page, complaints } = await officer();
    await page.goto(`${record}/delivery`);
    assert.match(await page.innerText('main'), /SHA-256/);
    await write(page, record, { decision: 'satisfied', answer_channel: 'form' });
    await move(page, record, 'answered');
    assert.match(await page.innerText('.g-clocks'), /retard/i, 'a late answer stays late');
    await move(page, record, 'closed');
    assert.equal(await page.locator('a.btn-primary', { hasText: 'Modifier' }).count(), 0, 'closed: nothing is changed any more');
    await page.goto(`${record}/history`);
    assert.match(await page.innerText('main'), /Page publique/, 'who began it');
    assert.deepEqual(complaints, []);
    await context.close();
    const stranger = await visitor();
    await stranger.page.goto(address);
    assert.equal(await stranger.page.locator('form:has([name=message])').count(), 0, 'nothing more is asked of the stranger');
    await stranger.context.close();
  });
});
