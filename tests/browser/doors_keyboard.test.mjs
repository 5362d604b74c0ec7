// The doors without a mouse: signing in with a code, letting somebody in, limiting them, reviewing, reading the journal, leaving.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, codeOf, focused, follow, launch, missing, person, press, tabTo } from './support.mjs';

const org = '/o/val-d-aubreuil';

describe('the doors, with the keyboard alone', { skip: missing }, () => {
  let installation, browser, bastien, secret;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '3'] }).serve();
    bastien = installation.people().bastien;
    browser = await launch();
    const { page, context } = await person(browser, installation, { account: bastien });
    await page.goto('/account');
    await follow(page, 'form[action="/account/authenticator/new"] button');
    secret = (await page.textContent('#totp-secret')).replaceAll(' ', '');
    await page.fill('[name=code]', codeOf(secret, -1));
    await follow(page, 'form[action="/account/authenticator"] button');
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const link = (end) => (here) => here.tag === 'A' && (here.href ?? '').endsWith(end);
  const button = (text) => (here) => here.tag === 'BUTTON' && here.text.startsWith(text);

  /** From the top of a page, over the link that skips the frame. */
  async function toContents(page) {
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).href, '#contenu', 'the first stop skips the frame');
    await page.keyboard.press('Enter');
  }

  /** Through the menu of the organisation. */
  async function open(page, place) {
    await tabTo(page, link(`${org}${place}`));
    assert.equal((await press(page)).status(), 200);
    await toContents(page);
  }

  test('one signs in with a code, invites, limits a role to a service, reviews, filters the journal and signs out', async () => {
    const { page, context, complaints } = await person(browser, installation);
    await page.goto('/sign-in');
    await tabTo(page, (here) => here.name === 'email');
    await page.keyboard.type(bastien.email);
    await tabTo(page, (here) => here.name === 'password');
    await page.keyboard.type('une autre');
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).text.split(' ')[0], 'Afficher', 'what was typed can be looked at');
    await page.keyboard.press('Space');
    assert.equal(await page.getAttribute('[name=password]', 'type'), 'text');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(bastien.password);
    await press(page);
    assert.equal(new URL(page.url()).pathname, '/sign-in/second-factor');
    await tabTo(page, (here) => here.name === 'code');
    await page.keyboard.type(codeOf(secret));
    await press(page);
    assert.match(new URL(page.url()).pathname, /^\/o\//);

    // Somebody is invited, for everything.
    await page.goto(org);
    await open(page, '/people');
    const invitation = `form[action="${org}/people"]`;
    await tabTo(page, (here) => here.name === 'email');
    await page.keyboard.type('lina.clavier@val-d-aubreuil.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lina Clavier');
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).name, 'role');
    assert.equal(await page.inputValue(`${invitation} [name=role]`), 'contributor');
    await tabTo(page, button('Inviter'));
    assert.equal((await press(page)).status(), 200);
    assert.match(await page.textContent('#secret'), /\/welcome\//, 'the address to hand over');
    assert.equal(await page.locator('.g-restore').count(), 0, 'what was accepted is not offered again');

    // Their role, for one service alone.
    await tabTo(page, (here) => here.tag === 'SUMMARY' && here.text.includes('Lina Clavier'), 120);
    await page.keyboard.press('Enter');
    await tabTo(page, (here) => here.name === 'service');
    const service = (await focused(page)).value;
    await page.keyboard.press('Space');
    await tabTo(page, button('Changer les rôles'));
    await press(page, 'Space');
    const line = page.locator('tr').filter({ hasText: 'Lina Clavier' });
    assert.ok((await line.textContent()).includes(`pour ${service}`), await line.textContent());

    // A line of the review of access: the arrows walk the answers of one line, Tab goes to the next.
    await toContents(page);
    await tabTo(page, link('/people/reviews'));
    await press(page);
    await toContents(page);
    await tabTo(page, button('Commencer une revue'));
    await press(page);
    assert.ok((await page.locator('tr').filter({ hasText: 'Lina Clavier' }).textContent()).includes(`pour ${service}`), 'the review says what the role is limited to');
    await toContents(page);
    const stop = await tabTo(page, (here) => (here.name ?? '').startsWith('v-'));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator(`[name="${stop.name}"]:checked`).getAttribute('value'), 'removed');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    assert.notEqual((await focused(page)).name, stop.name);
    await tabTo(page, button('Enregistrer'));
    await press(page);
    assert.equal(await page.locator(`[name="${stop.name}"]:checked`).getAttribute('value'), 'kept');

    // The journal, filtered.
    await page.keyboard.press('Tab');
    await open(page, '/journal');
    await tabTo(page, (here) => here.name === 'event');
    for (let i = 0; i < 60 && await page.inputValue('[name=event]') !== 'roles_changed'; i++) await page.keyboard.press('ArrowDown');
    assert.equal(await page.inputValue('[name=event]'), 'roles_changed');
    await tabTo(page, button('Filtrer'));
    await press(page);
    assert.match(page.url(), /event=roles_changed/);
    assert.equal(await page.locator('tbody tr').count(), 1);
    assert.ok((await page.textContent('tbody')).includes('Lina Clavier'), 'whose roles, by name');

    // A menu opens, closes with Escape, and leads out.
    const menu = page.locator('details.g-account');
    await tabTo(page, (here) => here.tag === 'SUMMARY' && here.text.includes('Mon compte'));
    await page.keyboard.press('Enter');
    assert.equal(await menu.getAttribute('open'), '');
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('open'), null);
    await page.keyboard.press('Space');
    await tabTo(page, button('Se déconnecter'));
    await press(page);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    assert.equal(new URL((await page.goto(org)).url()).pathname, '/sign-in');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('every stop of each page of the doors is seen, none is missed, and none holds the focus', async () => {
    const { page, context, complaints } = await person(browser, installation, { account: bastien });
    if (new URL(page.url()).pathname === '/sign-in/second-factor') {
      await page.fill('[name=code]', codeOf(secret, 1));
      await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/o/')), page.press('[name=code]', 'Enter')]);
    }
    for (const place of ['/account', `${org}/people`, `${org}/people/movements`, `${org}/people/movements/items`, `${org}/people/reviews`, `${org}/see-as`, `${org}/tokens`, `${org}/settings`,
      `${org}/modules`, `${org}/look`, `${org}/archive`, `${org}/journal`, `${org}/own-use`]) {
      await page.goto(place);
      await page.evaluate(() => { for (const fold of document.querySelectorAll('main details.g-disclose')) fold.open = true; });
      await page.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); });
      const missed = await walk(page, place);
      assert.deepEqual(missed, [], `${place}: Tab goes by`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  /** Tab from the top to the end; what it never stopped at. */
  async function walk(page, place) {
    const stops = await page.evaluate(() => {
      const groups = new Set();
      let count = 0;
      for (const element of document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')) {
        if (element.disabled || element.tabIndex < 0 || element.type === 'hidden' || !element.checkVisibility({ visibilityProperty: true })) continue;
        const closed = element.closest('details:not([open])');
        if (closed && !(element.tagName === 'SUMMARY' && element.parentElement === closed)) continue;
        if (element.type === 'radio' && groups.has(element.name)) continue;
        if (element.type === 'radio') groups.add(element.name);
        element.dataset.waits = '';
        count += 1;
      }
      return count;
    });
    assert.ok(stops > 0, place);
    // A day takes three stops or four; the frame has some thirty.
    for (let i = 0; i < stops * 2 + 90; i++) {
      await page.keyboard.press('Tab');
      const here = await focused(page);
      if (here.tag === 'BODY') break;
      assert.ok(here.ring && here.inSight, `${place}: a stop is not seen: ${JSON.stringify(here)}`);
      await page.evaluate(() => {
        const element = document.activeElement;
        delete element.dataset.waits;
        if (element.type === 'radio') for (const other of document.getElementsByName(element.name)) delete other.dataset.waits;
      });
    }
    return page.evaluate(() => [...document.querySelectorAll('[data-waits]')].map((element) => `${element.tagName} ${element.id || element.name} ${element.textContent.trim().slice(0, 40)}`));
  }
});
