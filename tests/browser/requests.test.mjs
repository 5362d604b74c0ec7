// The life of a request of rights in a real browser: noted at a desk, explained, printed, answered, closed; with axe, by
// keyboard and on a telephone. Dates are counted from today; request_life.test.mjs lets months pass.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, follow, launch, missing, move, person, write } from './support.mjs';

const list = '/o/val-d-aubreuil/requests';
const save = '.g-savebar button.btn-primary';
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

describe('a request', { skip: missing }, () => {
  let installation, browser, people;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '1', '--processings', '3', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  test('is noted, put on hold, answered and closed', async () => {
    const { page, complaints, context } = await person(browser, installation, { account: people.claire });
    await page.goto(`${list}/new`);
    await page.fill('[name=received_at]', `${day(-10)}T10:30`);
    await page.selectOption('[name=channel]', 'email');
    await page.check('[name=rights][value=access]');
    await page.check('[name=rights][value=erasure]');
    await page.fill('[name="requester.name"]', 'Odile Quirin');
    await page.fill('[name="requester.email"]', 'odile.quirin@courriel.example');
    await follow(page, save);
    const record = new URL(page.url()).pathname;
    assert.match(await page.innerText('h1'), /Demande d’accès et d’effacement/, 'its title comes from the rights');
    assert.match(await page.innerText('.g-clocks'), /Répondre à la personne\s+dans \d+ j/);
    assert.deepEqual(await axeProblems(page), []);

    // Why that day: by keyboard.
    await page.focus('.g-clocks-why summary');
    await page.keyboard.press('Enter');
    assert.match(await page.innerText('.g-steps'), /ne compte pas.*Règlement 1182\/71, R4/s);

    // What remains leads to the question.
    await follow(page, page.locator('.g-checklist a', { hasText: 'Noter' }).first());
    assert.match(page.url(), /\/edit#.*acknowledged_on/);
    assert.ok(await page.locator('[name=acknowledged_on]').isVisible());

    await write(page, record, { acknowledged_on: day(-9), identity_doubt: 'Adresse inconnue.', identity_asked_on: day(-8), identity_means: 'known_data' });
    await move(page, record, 'identity_wait');
    assert.match(await page.innerText('.g-clocks'), /Délai suspendu/);
    await write(page, record, { identity_received_on: day(-5), identity_result: 'confirmed' });
    await move(page, record, 'in_progress');
    assert.match(await page.innerText('.g-clocks'), /resté suspendu 3 jours/);

    // The letter names what is missing on screen alone.
    await follow(page, page.locator('.g-letters a', { hasText: 'Réponse à une demande d’accès' }));
    assert.match(await page.innerText('.g-screen'), /Les traitements où l’on a cherché/);
    assert.deepEqual(await axeProblems(page), []);
    await page.emulateMedia({ media: 'print' });
    assert.ok(!await page.locator('.g-screen').isVisible() && !await page.locator('.g-side').isVisible());
    assert.ok(await page.locator('.g-letter').isVisible());
    await page.emulateMedia({ media: 'screen' });

    await write(page, record, { decision: 'no_data', answer_channel: 'email' });
    await move(page, record, 'answered');
    assert.match(await page.innerText('.g-clocks'), /Dans le délai/);
    await move(page, record, 'closed');
    assert.match(await page.innerText('.g-clocks'), /à détruire après/);
    assert.equal(await page.locator('a.btn-primary', { hasText: 'Modifier' }).count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('is read on a telephone, in English and in the dark', async () => {
    const { page, complaints, context } = await person(browser, installation, { account: people.claire, width: 390, theme: 'dark' });
    await page.goto(list);
    await follow(page, page.locator('a', { hasText: 'Demande d’accès et d’effacement' }).first());
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.ok(!wide, 'nothing scrolls sideways');
    await page.goto(`${new URL(page.url()).pathname}/letters/acknowledgement?lang=en`);
    assert.match(await page.innerText('.g-letter'), /we received your request about your personal data/i);
    assert.equal(await page.getAttribute('.g-letter', 'lang'), 'en');
    assert.ok(!await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth));
    assert.deepEqual(await axeProblems(page), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
