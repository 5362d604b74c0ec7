// A stranger on a telephone, whose browser runs no script, asks for their data and follows the request; then the clerk answers for it.
// The same pages are looked at by axe, in both languages, both themes, three widths.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeProblems, follow, launch, missing, person } from './support.mjs';
import { vire } from './vire.mjs';

describe('public pages', { skip: missing }, () => {
  let installation, browser, anne, claire, pass;

  before(async () => {
    ({ installation, anne, claire, pass } = await vire('2026-03-02T09:00:00Z'));
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  async function look(page, name) {
    for (const [width, theme] of [[1440, 'light'], [768, 'dark'], [390, 'light'], [320, 'dark']]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      assert.deepEqual(await axeProblems(page), [], `${name}, ${width}, ${theme}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} scrolls sideways at ${width}`);
      if (process.env.GREFFIER_PICTURES) await page.screenshot({ path: `${process.env.GREFFIER_PICTURES}/public-${name.replace(/\W+/g, '-')}-${width}-${theme}.png`, fullPage: true });
    }
  }

  test('an administrator opens them from the settings', async () => {
    const { context, page, complaints } = await person(browser, installation, { account: anne });
    await page.goto('/o/vire/settings');
    await follow(page, 'a[href="/o/vire/settings/public"]');
    assert.deepEqual(await axeProblems(page), []);
    for (const name of ['request', 'follow-up', 'incident', 'register']) {
      await follow(page, `#${name} form:has(input[name=op][value=open]) button`);
      await page.waitForSelector(`#${name} .g-badge--ok`);
    }
    await look(page, 'settings');
    await page.goto('/o/vire/settings/public/request/preview');
    await look(page, 'preview');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a stranger without script sends a request on a telephone and follows it', async () => {
    const { context, page, complaints } = await person(browser, installation, { javaScript: false, width: 390, height: 844 });
    await page.goto('/p/vire');
    await follow(page, 'a[href="/p/vire/request"]');
    await page.check('label:has-text("Recevoir une copie de mes données") input');
    await page.fill('[name=message]', 'La cantine de ma fille');
    await page.fill('[name=email]', 'jeanne@courrier.example');
    await pass(60);
    await follow(page, 'button[type=submit]');
    assert.match(await page.textContent('.g-errors'), /Nom et prénom/);
    assert.equal(await page.inputValue('[name=message]'), 'La cantine de ma fille', 'nothing is lost');
    await page.fill('[name=name]', 'Jeanne Lefort');
    await page.setInputFiles('[name=files]', { name: 'lettre.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') });
    await follow(page, 'button[type=submit]');
    assert.match(await page.textContent('h1'), /DEM-\d+/);
    assert.match(await page.textContent('main'), /2 avril 2026/, 'the day of the answer');
    await follow(page, 'a.g-public-address');
    assert.match(await page.textContent('main'), /pas encore ouverte/);
    assert.doesNotMatch(await page.content(), /Jeanne|cantine/);
    await page.fill('[name=message]', 'Son numéro est le 4512');
    await pass(60);
    await follow(page, page.locator('form').filter({ has: page.locator('[name=message]') }).locator('button.btn-lg'));
    assert.match(await page.textContent('[role=status]'), /joint à votre demande/);
    assert.equal((await context.cookies()).length, 0, 'no cookie at all');
    const address = page.url();
    await context.close();

    const seen = await person(browser, installation, { width: 390 });
    await seen.page.goto(address);
    await look(seen.page, 'follow-up');
    assert.deepEqual([...complaints, ...seen.complaints], []);
    await seen.context.close();
  });

  test('each page is plain, in both languages, and reached by keyboard', async () => {
    const { context, page, complaints } = await person(browser, installation, {});
    for (const name of ['', '/request', '/incident', '/register']) {
      await page.goto(`/p/vire${name}`);
      await look(page, `fr${name}`);
      await follow(page, 'a[hreflang=en]');
      assert.equal(await page.getAttribute('html', 'lang'), 'en');
      await look(page, `en${name}`);
    }
    await page.goto('/p/vire/incident');
    await pass(60);
    await follow(page, 'button[type=submit]');
    await look(page, 'incident refused');
    await page.click('.g-errors a');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'facts', 'the error leads to its question');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('what came is there for the officer, who hands out a new address', async () => {
    const { context, page, complaints } = await person(browser, installation, { account: claire });
    await page.goto('/o/vire/requests');
    await follow(page, '.g-table a.g-title');
    assert.match(await page.textContent('main'), /Jeanne Lefort/);
    await follow(page, 'a[href$="/follow-up"]');
    assert.deepEqual(await axeProblems(page), []);
    await follow(page, 'form:has(input[value=renew]) button');
    assert.match(await page.textContent('#secret'), /\/p\/vire\/follow-up\//);
    assert.deepEqual(await axeProblems(page), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
