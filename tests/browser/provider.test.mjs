// Signing in through a provider in a real browser: the Content-Security-Policy, cookies that come back from another site, pages that lead on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Installation, axeProblems, follow, launch, missing } from './support.mjs';


describe('a provider', { skip: missing }, () => {
  let installation, browser, provider, account;

  before(async () => {
    provider = spawn('/usr/bin/python3', [fileURLToPath(new URL('../provider.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
    const said = JSON.parse(await new Promise((resolve) => { createInterface({ input: provider.stdout }).once('line', resolve); }));
    installation = new Installation();
    installation.settings = { ...installation.settings, GREFFIER_OUTBOUND_ALLOW: said.address, GREFFIER_SIGN_IN_WAYS: 'keycloak', GREFFIER_SIGN_IN_KEYCLOAK_LABEL: 'Ville d’Aubreuil',
      GREFFIER_SIGN_IN_KEYCLOAK_ISSUER: said.address, GREFFIER_SIGN_IN_KEYCLOAK_CLIENT_ID: said.client, GREFFIER_SIGN_IN_KEYCLOAK_CLIENT_SECRET: said.secret };
    installation.cli(['organisation', 'add', 'ville', '--name', 'Ville']);
    installation.addUser('premier@ville.example', 'Premier Compte', 'administrator', 'ville');
    account = installation.addUser('claire@ville.example', 'Claire Delmas', 'dpo', 'ville');
    await installation.serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await installation?.close();
    provider?.stdin.end();
  });

  async function fine(page, name) {
    assert.deepEqual(await axeProblems(page), [], name);
    const size = page.viewportSize();
    for (const width of [390, 320, size.width]) {
      await page.setViewportSize({ width, height: size.height });
      if (process.env.GREFFIER_PICTURES && width !== 320) {
        await page.screenshot({ path: join(process.env.GREFFIER_PICTURES, `provider-${name.replace(/\W+/g, '-')}-${await page.getAttribute('html', 'lang')}-${width}.png`), fullPage: true });
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} scrolls sideways at ${width}`);
    }
  }

  for (const locale of ['fr-FR', 'en-GB']) {
    test(`one signs in with the keyboard alone, confirms, and signs out of both (${locale})`, async () => {
      const context = await browser.newContext({ baseURL: installation.address, locale, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      const complaints = [];
      page.on('console', (message) => { if (message.type() === 'error' && message.location().url.startsWith(installation.address)) complaints.push(message.text()); });
      await page.goto('/sign-in?next=/account');
      await fine(page, 'sign in');
      await page.focus('.g-ways a');
      await Promise.all([page.waitForURL((url) => url.pathname === '/account'), page.keyboard.press('Enter')]);
      assert.ok(await page.getByText('Ville d’Aubreuil').first().isVisible(), 'the link is shown among one’s own');
      await fine(page, 'account');
      await page.click('details.g-account > summary');
      await Promise.all([page.waitForURL((url) => url.href.includes('/end?')), page.click('form[action="/sign-out"] button')]);
      assert.equal(await page.textContent('h1'), 'Signed out there');
      await page.goto('/account');
      assert.equal(new URL(page.url()).pathname, '/sign-in');
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  test('an account is linked from one’s own page, through a form', async () => {
    const context = await browser.newContext({ baseURL: installation.address, locale: 'fr-FR', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.fill('[name=email]', account.email);
    await page.fill('[name=password]', account.password);
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.press('[name=password]', 'Enter')]);
    await page.goto('/account');
    await follow(page, 'form[action$="/unlink"] button');
    assert.equal(await page.locator('form[action$="/unlink"]').count(), 0);
    await Promise.all([page.waitForURL((url) => url.search.includes('done=identity_linked')), page.click('form[action$="/link"] button')]);
    assert.equal(await page.locator('form[action$="/unlink"]').count(), 1);
    await context.close();
  });

  test('what the provider says badly is told in one sentence', async () => {
    const context = await browser.newContext({ baseURL: installation.address, locale: 'fr-FR', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto('/sign-in/with/keycloak/back?code=x&state=y');
    assert.match(await page.textContent('.g-errors'), /Recommencez/);
    await fine(page, 'refused');
    await context.close();
  });
});
