// The registers without a mouse: a breach, a request, a consent, a contract, lists and the public pages, each led by Tab, the arrows,
// Space and Enter. keyboard.test.mjs walks a processing, doors_keyboard.test.mjs the accounts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, focused, launch, missing, person, press, tabTo } from './support.mjs';

const org = '/o/vire';
const far = 300;   // a form has many questions

const link = (end) => (here) => here.tag === 'A' && (here.href ?? '').endsWith(end);
const named = (name, value = null) => (here) => here.name === name && (value === null || here.value === value);
const button = (text) => (here) => here.tag === 'BUTTON' && here.text.startsWith(text);
const fold = (text) => (here) => here.tag === 'SUMMARY' && here.text.includes(text);

async function type(page, name, text) {
  await tabTo(page, named(name), far);
  await page.keyboard.type(text);
}

/** The arrows walk a list of choices, and a group of round boxes. */
async function choose(page, name, value, here = null) {
  here ??= await tabTo(page, named(name), far);
  const held = () => here.tag === 'SELECT' ? page.inputValue(`[name="${name}"]`) : page.evaluate(() => document.activeElement.checked ? document.activeElement.value : null);
  for (let i = 0; i < 40 && await held() !== value; i++) await page.keyboard.press('ArrowDown');
  assert.equal(await held(), value, name);
}

async function tick(page, name, value) {
  await tabTo(page, named(name, value), far);
  await page.keyboard.press('Space');
  assert.ok(await page.isChecked(`[name="${name}"][value="${value}"]`), `${name} ${value}`);
}

async function unfold(page, text) {
  await tabTo(page, fold(text), far);
  await page.keyboard.press('Enter');
}

/** Day and month are the same number and the letter fills what only a clock of twelve hours asks: the order of a browser's country does not matter. */
async function day(page, name, number, hour = '') {
  await tabTo(page, named(name), far);
  await page.keyboard.type(`${number}${number}2026`);
  if (hour) { await page.keyboard.press('ArrowRight'); await page.keyboard.type(`${hour}a`); }
  assert.equal(await page.inputValue(`[name="${name}"]`), `2026-${number}-${number}${hour && `T${hour.slice(0, 2)}:${hour.slice(2)}`}`);
}

/** From the top of a page, over the link that skips the frame. */
async function toContents(page) {
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).href, '#contenu', 'the first stop skips the frame');
  await page.keyboard.press('Enter');
}

/** Shift and Tab, to a question that was passed. */
async function back(page, name) {
  for (let i = 0; i < far; i++) {
    await page.keyboard.press('Shift+Tab');
    const here = await focused(page);
    assert.ok(here.tag === 'BODY' || here.ring && here.inSight, `a stop of the way back is not seen: ${JSON.stringify(here)}`);
    if (here.name === name) return;
  }
  assert.fail(`Shift and Tab never reached ${name}`);
}

/** Where the focus landed, and that it is seen there. */
async function standsOn(page, id) {
  const here = await focused(page);
  assert.equal(here.id, id);
  assert.ok(here.ring && here.inSight, JSON.stringify(here));
}

async function save(page, status = 200) {
  await tabTo(page, (here) => button('Enregistrer')(here) && here.name === null, far);
  assert.equal((await press(page)).status(), status);
}

/** Opens the form of the record in sight. */
async function edit(page) {
  await toContents(page);
  await tabTo(page, link('/edit'));
  await press(page);
  await toContents(page);
}

/** Takes the record in sight to a status, through the menu of its acts. */
async function move(page, status, fields = {}) {
  await toContents(page);
  await unfold(page, 'Autres actions');
  await tabTo(page, link(`/status?to=${status}`));
  await press(page);
  await toContents(page);
  for (const [name, text] of Object.entries(fields)) await type(page, name, text);
  await tabTo(page, (here) => here.tag === 'BUTTON' && here.name === null);
  assert.equal((await press(page)).status(), 200);
}

describe('the registers, with the keyboard alone', { skip: missing }, () => {
  let installation, browser, anne, claire, token;
  const api = async (method, path, body) => {
    const answer = await fetch(`${installation.address}/api/v1/organisations/vire${path}`, { method, body: body && JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' } });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const pass = (seconds) => fetch(`${installation.address}/test/clock`, { method: 'POST', body: new URLSearchParams({ advance_seconds: seconds }) });

  before(async () => {
    installation = new Installation();
    installation.settings.GREFFIER_CLOCK = '2026-03-04T08:00:00Z';
    installation.cli(['organisation', 'add', 'vire', '--name', 'Ville de Vire', '--test-clock']);
    anne = installation.addUser('anne@vire.example', 'Anne Roux', 'administrator', 'vire');
    claire = installation.addUser('claire@vire.example', 'Claire Delmas', 'dpo', 'vire');
    token = installation.cli(['token', 'add', '--organisation', 'vire', '--role', 'dpo']).trim();
    await installation.serve();
    browser = await launch();
    const [profile] = (await api('GET', '/profile')).items;
    await api('PATCH', `/profile/${profile.id}`, { address: '1 place du Marché', postcode: '14500', city: 'Vire', email: 'mairie@vire.example', dpo: { name: 'Claire Delmas', email: 'dpo@vire.example' } });
    await api('POST', '/processings', { name: 'Lettre d’information', purposes: [{ kind: 'main', text: 'Envoyer la lettre', basis: 'a' }] });
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const officer = () => person(browser, installation, { account: claire });

  test('a breach is refused, recorded, qualified, noted as told, and its dossier read', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/breaches`);
    await toContents(page);
    await tabTo(page, link('/breaches/new'));
    await press(page);

    await toContents(page);
    await type(page, 'facts', 'Un courriel est parti avec 1 240 adresses visibles');
    await type(page, 'people_count', 'beaucoup');
    await save(page, 422);
    const summary = await focused(page);
    assert.ok(await page.evaluate(() => document.activeElement.matches('.g-errors')) && summary.inSight, 'what is wrong is read first');
    await tabTo(page, link('#people_count'), 5);
    await page.keyboard.press('Enter');
    await standsOn(page, 'people_count');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1240');
    await back(page, 'title');
    await page.keyboard.type('Courriel aux familles');
    await choose(page, 'personal_data', 'true');
    await tick(page, 'nature', 'confidentiality');
    await tick(page, 'causes', 'visible_recipients');
    await day(page, 'aware_at', '03', '0920');
    await choose(page, 'risk', 'risk');
    await save(page);
    assert.equal(await page.innerText('h1'), 'Courriel aux familles');
    const record = new URL(page.url()).pathname;

    // Whom else to tell: a row is added, another is taken away and comes back.
    await edit(page);
    await unfold(page, 'Les autres');
    await tabTo(page, named('_add.told'), far);
    await page.keyboard.press('Enter');
    await standsOn(page, 'told-0-body');
    await choose(page, 'told.0.body', 'insurer', await focused(page));
    await tick(page, 'told.0.not_needed', 'true');
    await tabTo(page, named('_remove.told.0'), 20);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-rows=told] [data-row]').count(), 0);
    assert.match((await focused(page)).text, /Annuler/, 'what was taken away is one key from coming back');
    assert.ok((await focused(page)).inSight);
    await page.keyboard.press('Enter');
    await standsOn(page, 'told-0-body');
    assert.ok(await page.isChecked('[name="told.0.not_needed"]'));
    await save(page);
    assert.match(await page.innerText('main'), /Assureur/);

    await move(page, 'breach');
    assert.equal(new URL(page.url()).pathname, record);
    assert.match(await page.innerText('.g-clocks'), /6 mars 2026/);

    // The dossier, and its ways out: the letter, and the question that a hole leads to.
    await toContents(page);
    await tabTo(page, link('/dossier'), far);
    await press(page);
    await toContents(page);
    await tabTo(page, link('/letter'));
    assert.equal((await press(page)).status(), 200);
    await page.goBack();
    await toContents(page);
    await tabTo(page, link('#consequences'));
    await press(page);
    await standsOn(page, 'consequences');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test('a request is noted, held for an identity, prolonged, searched for, refused and answered', async () => {
    const { page, context, complaints } = await officer();
    await page.goto(`${org}/requests`);
    await toContents(page);
    await tabTo(page, link('/requests/new'));
    await press(page);
    await toContents(page);
    await day(page, 'received_at', '03', '1030');
    await choose(page, 'channel', 'email');
    await tick(page, 'rights', 'access');
    await type(page, 'requester.name', 'Odile Quirin');
    await save(page);
    assert.match(await page.innerText('h1'), /Demande d’accès/);
    const record = new URL(page.url()).pathname;

    // Who asks? The pause is written where the page asks for it.
    await edit(page);
    await unfold(page, 'L’identité');
    await type(page, 'identity_doubt', 'Adresse inconnue.');
    await day(page, 'identity_asked_on', '03');
    await save(page);
    await move(page, 'identity_wait');
    assert.match(await page.innerText('.g-clocks'), /Délai suspendu/);
    await move(page, 'in_progress');

    await edit(page);
    await unfold(page, 'Le travail');
    await tabTo(page, named('_add.searches'), far);
    await page.keyboard.press('Enter');
    await type(page, 'searches.0.place', 'Messagerie de l’accueil');
    await choose(page, 'searches.0.result', 'found');
    await unfold(page, 'La prolongation');
    await tick(page, 'extended', 'true');
    await tick(page, 'extension_reasons', 'complexity');
    await choose(page, 'decision', 'partial');
    await unfold(page, 'La décision');
    await tick(page, 'refusal_grounds', 'access_rights_of_others');
    await save(page);

    await toContents(page);
    await tabTo(page, link('/letters/extension'), far);
    assert.equal((await press(page)).status(), 200);
    await toContents(page);
    await tabTo(page, button('Imprimer'));
    await page.goto(record);

    await edit(page);
    await choose(page, 'answer_channel', 'email');
    await save(page);
    await move(page, 'answered');
    assert.match(await page.innerText('.g-clocks'), /Dans le délai/);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
