// The first minutes with Greffier: the printed address, an organisation, leaving, coming back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, follow, launch, missing, person } from './support.mjs';

describe('first run', { skip: missing }, () => {
  const account = { email: 'mairie@villeneuve.example', password: 'quatre mots pris au hasard' };
  let installation, browser;

  before(async () => { installation = await new Installation().serve(); browser = await launch(); });
  after(async () => { await browser?.close(); await installation?.close(); });

  test('the printed address makes the first organisation and its administrator', async () => {
    assert.ok(installation.setUpAddress, `no set-up address in: ${installation.printed}`);
    const { page, context, complaints } = await person(browser, installation);
    await page.goto(installation.setUpAddress);
    const form = page.locator('form:has([name=organisation_name])');
    await page.fill('[name=organisation_name]', 'Commune de Villeneuve');
    await page.fill('[name=name]', 'Lucie Garance');
    await page.fill('[name=email]', account.email);
    await page.fill('[name=password]', account.password);
    await page.fill('[name=password_again]', 'autre chose');
    assert.equal((await follow(page, form.locator('[type=submit]'))).status(), 422);
    assert.match(await page.textContent('.g-errors'), /passe/);
    assert.equal(await page.inputValue('[name=organisation_name]'), 'Commune de Villeneuve', 'what was typed must come back');

    await page.fill('[name=password]', account.password);
    await page.fill('[name=password_again]', account.password);
    await follow(page, form.locator('[type=submit]'));
    assert.equal(new URL(page.url()).pathname, '/o/commune-de-villeneuve');
    assert.match(await page.textContent('.g-top'), /Commune de Villeneuve/);
    assert.equal((await page.goto(installation.setUpAddress)).status(), 404, 'the address must die at its first use');

    await page.goto('/');
    await page.locator('details.g-menu:has(form[action="/sign-out"]) > summary').click();
    await follow(page, 'form[action="/sign-out"] button');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await page.goto('/o/commune-de-villeneuve');
    assert.equal(new URL(page.url()).pathname, '/sign-in', 'signed out means out');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a wrong password is said plainly, and the right one leads where one was going', async () => {
    const { page, context, complaints } = await person(browser, installation);
    await page.goto('/o/commune-de-villeneuve/processings');
    await page.fill('[name=email]', account.email);
    await page.fill('[name=password]', 'une erreur de frappe');
    assert.equal((await follow(page, 'form:has([name=password]) [type=submit]')).status(), 422);
    assert.match(await page.textContent('.g-errors'), /adresse|mot de passe/);
    assert.equal(await page.inputValue('[name=email]'), account.email);
    assert.equal(await page.inputValue('[name=password]'), '', 'a password is never sent back');
    await page.fill('[name=password]', account.password);
    await follow(page, 'form:has([name=password]) [type=submit]');
    assert.equal(new URL(page.url()).pathname, '/o/commune-de-villeneuve/processings');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
