// Two people talk about a record; one is told, and finds her way by keyboard alone; and all of it without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, follow, launch, missing, person } from './support.mjs';

const list = '/o/val-d-aubreuil/processings';

async function isClean(page, where) {
  assert.deepEqual(await axeProblems(page), [], where);
}

describe('talking and finding', { skip: missing }, () => {
  let installation, browser, people, record;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '8', '--seed', '3'] }).serve();
    people = installation.people();
    browser = await launch();
    const { page, context } = await person(browser, installation, { account: people.sophie });
    await page.goto(list);
    record = new URL(await page.locator('a.g-title').first().getAttribute('href'), installation.address).pathname;
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = (account, options = {}) => person(browser, installation, { account, ...options });

  test('a name is offered as one types, and whoever it names is told', async () => {
    const sophie = await arrive(people.sophie), claire = await arrive(people.claire);
    const { page } = sophie;
    // What fell due in the demonstration was told already.
    await claire.page.goto('/notifications');
    await follow(claire.page, 'form[action="/notifications/read"] button');
    await page.goto(`${record}/comments`);
    await page.click('#comment');
    await page.keyboard.type('Un avis @clai');
    const names = page.locator('.g-mentions [role=option]');
    await names.first().waitFor();
    assert.match(await names.first().innerText(), /^Claire Delmas/);
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue('#comment'), 'Un avis @Claire Delmas ');
    assert.equal(await page.locator('.g-mentions:visible').count(), 0);
    await isClean(page, 'the form of a comment');
    await follow(page, '.g-comment-form button.btn-primary');
    assert.equal(await page.locator('.g-restore').count(), 0, 'a message that was posted is not offered again as unsaved');
    assert.equal(await page.locator('.g-mention').innerText(), '@Claire Delmas');

    await claire.page.goto('/o/val-d-aubreuil');
    assert.equal(await claire.page.locator('.g-bell-count').innerText(), '1');
    await isClean(claire.page, 'the dashboard');
    await follow(claire.page, '.g-bell');
    await isClean(claire.page, 'notifications');
    await follow(claire.page, claire.page.locator('.g-told-where a').first());
    assert.equal(new URL(claire.page.url()).pathname, `${record}/comments`);
    assert.equal(await claire.page.locator('.g-bell-count').count(), 0);
    await isClean(claire.page, 'the exchanges');
    await sophie.context.close();
    await claire.context.close();
  });

  test('Ctrl+K finds a record by keyboard alone, and leaves by Escape', async () => {
    const { page, context } = await arrive(people.claire);
    await page.goto('/o/val-d-aubreuil');
    await page.keyboard.press('Control+k');
    const input = page.locator('.g-palette [role=combobox]');
    await input.waitFor();
    await page.locator('.g-palette [role=option]').first().waitFor();
    await isClean(page, 'the palette');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.g-palette[open]').count(), 0);

    await page.goto(record);
    const title = await page.locator('h1').innerText();
    await page.goto('/o/val-d-aubreuil');
    await page.keyboard.press('Control+k');
    await page.locator('.g-palette [role=option]').first().waitFor();
    await input.fill(title.slice(0, 12));
    const found = page.locator('.g-palette [role=option]', { hasText: title });
    await found.first().waitFor();
    while (!(await page.locator('.g-palette [role=option][aria-selected=true]').innerText()).includes(title)) await page.keyboard.press('ArrowDown');
    assert.equal(await input.getAttribute('aria-activedescendant'), await page.locator('.g-palette [aria-selected=true]').getAttribute('id'));
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith(list)), page.keyboard.press('Enter')]);
    assert.equal(await page.locator('h1').innerText(), title);
    await context.close();
  });

  test('without script one talks, searches and keeps a record at hand', async () => {
    const { page, context } = await arrive(people.sophie, { javaScript: false });
    await page.goto(`${record}/comments`);
    await page.fill('#comment', 'Sans script aussi.');
    await page.selectOption('#comment-call', { label: await page.locator('#comment-call option', { hasText: 'Claire Delmas' }).innerText() });
    await follow(page, '.g-comment-form button.btn-primary');
    assert.match(await page.locator('.g-comment-body').last().innerText(), /^@Claire Delmas Sans script aussi\.$/);
    await follow(page, '.g-star');
    assert.equal(await page.locator('.g-star').getAttribute('aria-pressed'), 'true');
    const title = await page.locator('h1').innerText();
    await page.goto('/favourites');
    assert.ok((await page.locator('section[aria-labelledby=favourites] h3').allInnerTexts()).includes(title));
    await page.fill('.g-top #q', title.slice(0, 10));
    await Promise.all([page.waitForNavigation(), page.press('.g-top #q', 'Enter')]);
    assert.ok((await page.locator('.g-results h3').allInnerTexts()).some((words) => words.includes(title)));
    await context.close();
  });
});
