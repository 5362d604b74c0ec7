// A second factor in a real browser: codes of an application computed here, passkeys of Chromium's virtual authenticator.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, codeOf, follow, launch, missing, person, signIn } from './support.mjs';

describe('a second factor', { skip: missing }, () => {
  let installation, browser, accounts;

  before(async () => {
    installation = new Installation();
    installation.cli(['organisation', 'add', 'ville', '--name', 'Ville']);
    installation.addUser('premier@ville.example', 'Premier Compte', 'administrator', 'ville');
    accounts = ['claire', 'paul', 'lea', 'marc', 'nora'].map((name) => installation.addUser(`${name}@ville.example`, `${name} Essai`, 'dpo', 'ville'));
    await installation.serve();
    installation.address = installation.address.replace('127.0.0.1', 'localhost');   // passkeys know names only
    browser = await launch();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** Axe finds nothing, and neither a wide screen nor a telephone scrolls sideways. */
  async function fine(page, name) {
    assert.deepEqual(await axeProblems(page), [], name);
    const size = page.viewportSize();
    for (const width of [390, 320, size.width]) {
      await page.setViewportSize({ width, height: size.height });
      if (process.env.GREFFIER_PICTURES && width !== 320) {
        await page.screenshot({ path: `${process.env.GREFFIER_PICTURES}/factor-${name.replace(/\W+/g, '-')}-${await page.getAttribute('html', 'lang')}-${width}.png`, fullPage: true });
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} scrolls sideways at ${width}`);
    }
  }

  /** The device in front of the person: one that asks for a finger, which is theirs. */
  async function authenticator(context, page) {
    const devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', { options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    const credentials = async () => (await devices.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
    return { devices, authenticatorId, credentials };
  }

  async function addPasskey(page, name) {
    await page.goto('/account');
    await follow(page, 'form[action="/account/passkeys/new"] button');
    await page.fill('[name=name]', name);
    await follow(page, 'form[data-passkey=create] button[type=submit]');
  }

  const signOut = async (page) => {
    await page.goto('/account');
    await page.click('details.g-account > summary');
    await follow(page, 'form[action="/sign-out"] button');
  };

  for (const language of ['fr', 'en']) {
    test(`an application is enrolled, then asked for (${language})`, async () => {
      const account = accounts[language === 'fr' ? 0 : 4];
      const { page, context, complaints } = await person(browser, installation, { account, language });
      if (language === 'en') {   // the organisation's own is French
        await page.goto('/account');
        await page.selectOption('#f-language', 'en');
        await follow(page, 'form[action="/account"] button[type=submit]');
      }
      await page.goto('/account');
      await fine(page, 'account');
      await follow(page, 'form[action="/account/authenticator/new"] button');
      await fine(page, 'application');
      const secret = (await page.textContent('#totp-secret')).replaceAll(' ', '');
      assert.match(secret, /^[A-Z2-7]{32}$/);
      assert.equal(await page.getAttribute('.g-totp svg', 'role'), 'img');
      await page.fill('[name=code]', '000000');
      assert.equal((await follow(page, 'form[action="/account/authenticator"] button')).status(), 422);
      await page.fill('[name=code]', codeOf(secret, -1));
      await follow(page, 'form[action="/account/authenticator"] button');
      assert.equal(await page.locator('.g-codes li').count(), 10);
      await fine(page, 'codes');
      await follow(page, '.btn-primary');
      await fine(page, 'account with a factor');

      await signOut(page);
      await signIn(page, account);
      assert.equal(new URL(page.url()).pathname, '/sign-in/second-factor');
      await fine(page, 'second step');
      await page.fill('[name=code]', codeOf(secret));
      await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.press('[name=code]', 'Enter')]);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  test('a passkey is made, signs in alone, is a second factor, is renamed and removed', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: accounts[1] });
    const { devices, authenticatorId, credentials } = await authenticator(context, page);
    await page.goto('/account');
    await follow(page, 'form[action="/account/passkeys/new"] button');
    await fine(page, 'new passkey');
    await page.click('form[data-passkey=create] button[type=submit]');
    assert.equal((await credentials()).length, 0, 'a name is asked for before the device is');
    await page.fill('[name=name]', 'Téléphone');
    await follow(page, 'form[data-passkey=create] button[type=submit]');
    assert.equal(await page.locator('.g-codes li').count(), 10);
    assert.equal((await credentials()).length, 1);
    assert.equal((await credentials())[0].rpId, 'localhost');

    await signOut(page);
    await fine(page, 'sign in');
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.click('form[data-passkey] button')]);

    await signOut(page);
    await signIn(page, accounts[1]);
    assert.equal(new URL(page.url()).pathname, '/sign-in/second-factor');
    await fine(page, 'second step with a passkey');
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.click('form[data-passkey] button')]);

    // A device that does not know its holder says so, on the page.
    await signOut(page);
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.click('form[data-passkey] button');
    await page.waitForSelector('[data-passkey-error]:not([hidden])');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.click('form[data-passkey] button')]);

    await page.goto('/account');
    await page.click('.g-setting details.g-disclose > summary');
    await page.fill('.g-setting [name=name]', 'Clé du bureau');
    await follow(page, '.g-setting details.g-disclose button[type=submit]');
    assert.ok(await page.getByRole('heading', { name: 'Clé du bureau' }).isVisible());
    await follow(page, 'form[action$="/remove"] button');
    assert.equal(await page.getByRole('heading', { name: 'Clé du bureau' }).count(), 0);
    await signOut(page);
    await signIn(page, accounts[1]);
    assert.match(new URL(page.url()).pathname, /^\/o\//, 'without a factor, the password is enough again');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a copied authenticator is refused', async () => {
    const { page, context } = await person(browser, installation, { account: accounts[2] });
    const { devices, authenticatorId, credentials } = await authenticator(context, page);
    await addPasskey(page, 'Clé');
    await signOut(page);
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.click('form[data-passkey] button')]);
    const [credential] = await credentials();
    assert.ok(credential.signCount > 1);
    await signOut(page);
    await devices.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
    await devices.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
    assert.equal((await follow(page, 'form[data-passkey] button')).status(), 422);
    assert.match(await page.textContent('.g-errors'), /deux exemplaires/);
    assert.equal(new URL((await page.goto('/account')).url()).pathname, '/sign-in');
    await context.close();
  });

  test('what was said to another origin is refused, and so is an answer sent twice', async () => {
    const { page, context } = await person(browser, installation, { account: accounts[3] });
    await authenticator(context, page);
    await addPasskey(page, 'Clé');
    await signOut(page);
    // A page that stands between changes what the browser says of where it is.
    await page.evaluate(() => {
      const submit = HTMLFormElement.prototype.submit;
      HTMLFormElement.prototype.submit = function changed() {
        const field = this.querySelector('[data-part=client_data]');
        const said = atob(field.value.replace(/-/g, '+').replace(/_/g, '/'));
        field.value = btoa(said.replace(/"origin":"[^"]*"/, '"origin":"http://evil.example"')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
        submit.call(this);
      };
    });
    assert.equal((await follow(page, 'form[data-passkey] button')).status(), 422);
    assert.match(await page.textContent('.g-errors'), /autre site/);
    // An answer that served once.
    let sent = '';
    page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/sign-in/passkey')) sent = request.postData(); });
    await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.click('form[data-passkey] button')]);
    await signOut(page);
    const fields = new URLSearchParams(sent);
    fields.set('csrf', await page.inputValue('form[data-passkey] [name=csrf]'));
    const again = await context.request.post('/sign-in/passkey', { data: fields.toString(), maxRedirects: 0, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: installation.address } });
    assert.equal(again.status(), 422);
    assert.match(await again.text(), /La demande a expiré/);
    await context.close();
  });

  test('the strength of a new password is told while it is typed, and nothing of it is sent', async () => {
    const other = await person(browser, installation, { account: { email: 'premier@ville.example', password: accounts[0].password } });
    const posted = [];
    other.page.on('request', (request) => { if (request.method() !== 'GET') posted.push(request.url()); });
    await other.page.goto('/account');
    const field = other.page.locator('#f-password');
    const told = other.page.locator('.g-strength p');
    for (const [password, words] of [['Soleil2024!', 'Trop facile à deviner'], ['Premier Compte 2026', 'Trop facile à deviner'], ['azertyuiop1234567890', 'Trop facile à deviner'],
      ['girafe tambour lagune cerise', 'Ce mot de passe convient'], ['tR8$kWz2!pQv', 'Ce mot de passe convient']]) {
      await field.fill(password);
      await other.page.waitForFunction((text) => document.querySelector('.g-strength p')?.textContent === text, words, { timeout: 5000 })
        .catch(async () => assert.fail(`${password}: ${await told.textContent()}`));
    }
    await fine(other.page, 'strength');
    assert.deepEqual(posted, []);
    assert.deepEqual(other.complaints, []);
    await other.context.close();
  });

  test('where a role asks for one, it comes before any page; what is dangerous asks again', async () => {
    const strict = new Installation();
    strict.settings = { ...strict.settings, GREFFIER_SECOND_FACTOR_REQUIRED_FOR: 'administrator', GREFFIER_CLOCK: '2026-03-02T09:00:00Z' };
    strict.cli(['organisation', 'add', 'ville', '--name', 'Ville', '--test-clock']);
    const [chief, other] = ['chef', 'autre'].map((name) => strict.addUser(`${name}@ville.example`, `${name} Essai`, 'administrator', 'ville'));
    await strict.serve();
    strict.address = strict.address.replace('127.0.0.1', 'localhost');
    let now = Date.parse('2026-03-02T09:00:00Z');
    const wait = async (page, seconds) => {
      assert.equal((await page.request.post('/test/clock', { form: { advance_seconds: String(seconds) } })).status(), 200);
      now += seconds * 1000;
    };
    try {
      // With a passkey.
      const one = await person(browser, strict, { account: chief });
      assert.equal(new URL(one.page.url()).pathname, '/sign-in/enrol');
      await fine(one.page, 'enrolment');
      await authenticator(one.context, one.page);
      await one.page.goto('/o/ville');
      assert.match(new URL(one.page.url()).pathname, /^\/sign-in/, 'nothing else opens');
      await one.page.goto('/sign-in/enrol');
      await one.page.fill('form[data-passkey] [name=name]', 'Clé du bureau');
      await follow(one.page, 'form[data-passkey] button[type=submit]');
      await fine(one.page, 'first codes');
      await follow(one.page, '.btn-primary');
      assert.equal(new URL(one.page.url()).pathname, '/o/ville');
      await one.page.goto('/account');
      await fine(one.page, 'account with a passkey');
      assert.equal((await follow(one.page, 'form[action$="/remove"] button')).status(), 409, 'the last one stays while the role asks for it');
      await fine(one.page, 'last factor refused');

      await wait(one.page, 11 * 60);
      await one.page.goto('/o/ville/tokens');
      await one.page.fill('[name=name]', 'Export nocturne');
      await follow(one.page, 'form[action$="/tokens"] button[type=submit]');
      await fine(one.page, 'asked again');
      assert.equal(await one.page.locator('#secret').count(), 0);
      await follow(one.page, 'form[data-passkey=get] button');
      assert.match(await one.page.textContent('#secret'), /^gft_/);
      assert.ok((await one.page.textContent('table')).includes('Export nocturne'), 'what was typed came along');
      assert.deepEqual(one.complaints, []);

      // With an application, by the keyboard alone.
      const two = await person(browser, strict, { account: other });
      const secret = (await two.page.textContent('#totp-secret')).replaceAll(' ', '');
      await two.page.focus('[name=code]');
      await two.page.keyboard.type(codeOf(secret, 0, now));
      await Promise.all([two.page.waitForNavigation(), two.page.keyboard.press('Enter')]);
      assert.equal(await two.page.locator('.g-codes li').count(), 10);
      await two.page.goto('/o/ville/people');
      await two.page.locator('details.g-disclose > summary').first().click();
      await fine(two.page, 'people');
      assert.deepEqual(two.complaints, []);
      await Promise.all([one.context.close(), two.context.close()]);
    } finally {
      await strict.close();
    }
  });
});
