// The pages that no menu leads to as they are here (refusals, states, questions, administration), French and English, on three
// screens, light and dark: axe-core finds nothing, nothing overflows a telephone, nothing is refused by the content policy
// and no other host is asked for anything. Registers are walked through by registers.test.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, drawn, fillIn, launch, missing, person } from './support.mjs';

const org = '/o/val-d-aubreuil';
const list = `${org}/processings`;
const yesterday = () => new Date(Date.now() - 86400000).toISOString().slice(0, 10);
// Each width in each theme, shared between the languages: words and colours do not meddle with each other.
// A form is long and three of them are the same form: those are looked at on one screen for each language.
const alike = new Set(['edit form', 'form with errors', 'question about what was validated', 'two people at once', 'form with a draft']);
const screens = { fr: [[1440, 'light'], [768, 'dark'], [390, 'light']], en: [[1440, 'dark'], [768, 'light'], [390, 'dark']] };

describe('every page', { skip: missing }, () => {
  let installation, browser, at, nobody;

  before(async () => {
    installation = new Installation({ demo: ['--organisations', '3', '--processings', '30', '--seed', '7'] });
    installation.cli(['organisation', 'add', 'vide', '--name', 'Commune sans fiche']);
    nobody = installation.addUser('nouvelle@vide.example', 'Nouvelle Déléguée', 'dpo', 'vide');
    // A mail server that never answers: what should leave waits, and its pages have something to show.
    Object.assign(installation.settings, { GREFFIER_SMTP_URL: 'smtp://127.0.0.1:1', GREFFIER_MAIL_FROM: 'Greffier <greffier@vide.example>' });
    await installation.serve();
    browser = await launch();
    at = await addresses();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** The records that the pages below are about, found as a person would. */
  async function addresses() {
    const { context, page } = await person(browser, installation, { account: installation.people().claire });
    await page.goto(`${list}?sort=-findings`);
    const worst = await page.getAttribute('.g-table a.g-title', 'href');
    await page.goto(`${list}?status=production`);
    const production = await page.getAttribute('.g-table a.g-title', 'href');
    await page.goto(`${list}?status=to_validate`);
    const toValidate = await page.getAttribute('.g-table a.g-title', 'href');
    await context.close();
    return { worst, production, toValidate };
  }

  const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  async function check(page, name, language, wrong) {
    let only;   // all that axe knows once for each language, then what a width or a theme can change
    for (const [width, theme] of screens[language].slice(alike.has(name) && language === 'fr' ? 2 : 0, alike.has(name) && language === 'en' ? 1 : 3)) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      for (const line of await axeProblems(page, only)) wrong.push(`${name}, ${language}, ${width}, ${theme}: ${line}`);
      only = drawn;
      if (process.env.GREFFIER_PICTURES) await page.screenshot({ path: `${process.env.GREFFIER_PICTURES}/${name.replace(/\W+/g, '-')}-${language}-${width}-${theme}.png`, fullPage: true });
    }
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      if (await overflow(page) > 0) wrong.push(`${name}, ${language}: scrolls sideways at ${width}`);
    }
    if (await page.getAttribute('html', 'lang') !== language) wrong.push(`${name}: lang is not ${language}`);
    if (!(await page.title()).includes('Greffier')) wrong.push(`${name}, ${language}: the title is ${await page.title()}`);
  }

  /** Opens each page in both languages; a page is an address, or a function that leads to it. */
  async function look(account, pages) {
    const wrong = [];
    for (const language of ['fr', 'en']) {
      const { context, page, complaints } = await person(browser, installation, { account, language, width: 1440 });
      // Leaving a refused form unsaved is what this walk does all the time.
      page.on('dialog', (dialog) => dialog.accept());
      if (account) await speak(page, language);
      for (const [name, there, status = 200] of pages) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.emulateMedia({ colorScheme: 'light' });
        const response = typeof there === 'function' ? await there(page) : await page.goto(there);
        if (response.status() !== status) wrong.push(`${name}, ${language}: answered ${response.status()} at ${response.url()}`);
        await check(page, name, language, wrong);
      }
      wrong.push(...complaints);
      await context.close();
    }
    assert.deepEqual(wrong, []);
  }

  async function speak(page, language) {
    await page.goto('/account');
    await page.selectOption('select[name=language]', language);
    await Promise.all([page.waitForNavigation(), page.locator('form[action="/account"] [type=submit]').click()]);
  }

  const submit = async (page, form, fill = async () => {}) => {
    await fill();
    const [response] = await Promise.all([page.waitForNavigation(), page.locator(form).evaluate((element) => element.requestSubmit())]);
    return response;
  };

  test('of the installation', () => look(installation.people().installation, [
    ['organisations of the installation', '/organisations'],
    ['new organisation', '/organisations/new'],
    ['journal of the installation', '/journal'],
    ['people, with roles on the branch', `${org}/people`],
    ['settings and place in the tree', `${org}/settings`],
    ['place below itself', async (page) => { await page.goto(`${org}/settings`); return submit(page, 'form[action$="/settings/place"]', () => page.fill('[name=parent]', 'val-d-aubreuil')); }, 422],
    ['audit without an end', async (page) => {
      await page.goto(`${org}/people`);
      return submit(page, `form[action="${org}/people"]`, async () => {
        await page.fill(`form[action="${org}/people"] [name=email]`, 'audit@cabinet.example');
        await page.fill(`form[action="${org}/people"] [name=name]`, 'Anne Audit');
        await page.selectOption(`form[action="${org}/people"] [name=role]`, 'auditor');
      });
    }, 422],
    ['removal of an organisation', `${org}/remove`],
    ['removal not confirmed', async (page) => { await page.goto(`${org}/remove`); return submit(page, 'form[action$="/remove"]', () => page.fill('[name=confirm]', 'autre')); }, 422],
    ['create organisations', '/o/vide/organisations'],
    ['no file', async (page) => { await page.goto('/o/vide/organisations'); return submit(page, 'form:has([name=model])'); }, 422],
    ['a list to mend', (page) => sendList(page, 'Nom;Type;SIREN;Rattachement\nVire;Royaume;123456789;\nCaen;Commune;;Nulle part\n'), 422],
    ['a list to confirm', (page) => sendList(page, aList())],
    ['a list being made', async (page) => { await sendList(page, aList()); return submit(page, 'form[action$="/make"]'); }],
    ['a list that was made', async (page) => {
      await sendList(page, aList());
      await submit(page, 'form[action$="/make"]');
      while (await page.locator('form[action$="/undo"]').count() === 0) await page.reload();
      return page.goto(page.url());
    }],
    ['one like this one', '/o/vide/like'],
    ['one like this one, without a name', async (page) => { await page.goto('/o/vide/like'); return submit(page, 'form[action$="/like"]'); }, 422],
    ['an archived organisation', async (page) => {
      const slug = `close-${Date.now()}`;
      installation.cli(['organisation', 'add', slug, '--name', 'Commune fusionnée']);
      await page.goto(`/o/${slug}/settings`);
      await submit(page, 'form[action$="/close"]');
      return page.goto(`/o/${slug}/settings`);
    }],
    ['a certificate of removal', async (page) => {
      const slug = `ote-${Date.now()}`;
      installation.cli(['organisation', 'add', slug, '--name', 'Commune ôtée']);
      await page.goto(`/o/${slug}/remove`);
      return submit(page, 'form[action$="/remove"]', () => page.fill('[name=confirm]', slug));
    }],
    ['archived ones in the list', '/organisations?archived=yes'],
    ['mail that waits', async (page) => {
      await page.goto('/o/vide/people');
      await page.fill('[name=email]', `invitee-${Date.now()}@vide.example`);
      await page.fill('[name=name]', 'Une Invitée');
      await submit(page, 'form:has([name=email])');
      return page.goto('/installation/mail');
    }],
  ]));

  test('before signing in', () => look(null, [
    ['sign-in', '/sign-in'],
    ['sign-in refused', async (page) => { await page.goto('/sign-in'); return submit(page, 'form:has([name=password])', () => page.fill('[name=email]', 'personne@ville.example')); }, 422],
    ['accessibility', '/accessibility'],
    ['forgotten password', '/forgotten-password'],
    ['forgotten password, no address', async (page) => { await page.goto('/forgotten-password'); return submit(page, 'form:has([name=email])', () => page.fill('[name=email]', 'personne')); }, 422],
    ['forgotten password, answered', async (page) => { await page.goto('/forgotten-password'); return submit(page, 'form:has([name=email])', () => page.fill('[name=email]', 'personne@ville.example')); }],
    ['no such page', '/nothing/here', 404],
    ['dead set-up link', '/setup/nothing', 404],
  ]));

  test('a link to choose a password', async () => {
    const { context, page } = await person(browser, installation, { account: installation.people().bastien });
    await page.goto(`${org}/people`);
    await page.fill('[name=email]', 'choisir@vide.example');
    await page.fill('[name=name]', 'Marie-Antoinette Vandenbroucke-Delaunay');
    await Promise.all([page.waitForNavigation(), page.click('button[name=how][value=show]')]);
    const there = new URL(await page.textContent('#secret')).pathname;
    await context.close();
    await look(null, [
      ['a link to choose a password', there],
      ['a password too easy', async (page) => { await page.goto(there); return submit(page, 'form:has([name=password])', () => page.fill('[name=password]', 'soleil')); }, 422],
      ['a password that is shown', async (page) => {
        const answer = await page.goto(there);
        await page.fill('[name=password]', 'girafe tambour');
        await page.locator('.g-reveal button').first().click();
        return answer;
      }],
      ['an address that is no link', '/mail/stop/nothing', 404],
    ]);
  });

  test('under another name', async () => {
    const [visitor, host] = [installation.people().bastien, installation.people().sophie];
    const asks = await person(browser, installation, { account: visitor });
    await asks.page.goto(`${org}/see-as`);
    await submit(asks.page, 'form:has([name=reason])', async () => {
      await asks.page.selectOption('form:has([name=reason]) select', { label: 'Sophie Lagrange' });
      await asks.page.fill('[name=reason]', 'Comprendre ce qui lui manque');
    });
    await asks.context.close();
    await look(host, [['being asked', `${org}/see-as`]]);
    const answers = await person(browser, installation, { account: host });
    await answers.page.goto(`${org}/see-as`);
    await Promise.all([answers.page.waitForNavigation(), answers.page.click('button[name=op][value=give]')]);
    await answers.context.close();
    const begin = async (page) => {
      await page.goto(`${org}/see-as`);
      if (await page.locator('form[action="/see-as/end"]').count() === 0) await submit(page, 'form[action$="/start"]');
      return page.goto(org);
    };
    await look(visitor, [['agreed to', `${org}/see-as`], ['as somebody else', begin], ['the list as somebody else', list], ['back again', async (page) => { await submit(page, 'form[action="/see-as/end"]'); return page.goto(`${org}/see-as`); }]]);
  });

  test('what a list can say', () => look(installation.people().claire, [
    ['organisations', '/organisations'],
    ['list filtered', `${list}?status=production&findings=major&sort=-updated`],
    ['list filtered to nothing', `${list}?q=zzzzzz`],
    ['list of the past', `${list}?at=2026-06-01`],
    ['bin', `${list}?deleted=yes`],
  ]));

  test('answers held in an address', () => look(installation.people().claire, [
    ['self-assessment', `${org}/measures/assessment?sheet=07`], ['passwords', `${org}/measures/passwords?case=alone&length=8&with=lower`],
  ]));

  test('an organisation without a record', () => look(nobody, [['empty list', '/o/vide/processings'], ['empty dashboard', '/o/vide'], ['no finding', '/o/vide/findings'], ['empty profile', '/o/vide/profile']]));

  test('views, columns and bulk acts', () => look(installation.people().claire, [
    ['list with ticks', async (page) => { const answer = await page.goto(list); await page.locator('tbody input[name=id]').first().check(); return answer; }],
    ['new view', `${list}/views?new=yes&status=draft&columns=service,status`],
    ['view without a name', async (page) => { await page.goto(`${list}/views?new=yes`); return submit(page, 'form.g-viewform'); }, 422],
    ['view that changed', async (page) => {
      await page.goto(`${list}/views?new=yes&status=draft`);
      await submit(page, 'form.g-viewform', () => page.fill('#view-name', `Brouillons ${Date.now()}`));
      return page.goto(`${page.url().replace(/&done.*/, '')}&q=&sort=-updated`);
    }],
    ['bulk edit: which field', (page) => tickAndAsk(page, 'edit')],
    ['bulk edit: the value', async (page) => { await tickAndAsk(page, 'edit'); return page.goto(`${page.url()}?field=tags`); }],
    ['bulk status', (page) => tickAndAsk(page, 'status')],
    ['bulk status, what would happen', async (page) => {
      await tickAndAsk(page, 'status');
      const [answer] = await Promise.all([page.waitForNavigation(), page.locator('input[name=status]').first().check().then(() => page.click('[name=op][value=ask]'))]);
      return answer;
    }],
    ['bulk delete', (page) => tickAndAsk(page, 'delete')],
    ['bulk report', async (page) => {
      await tickAndAsk(page, 'review');
      const [answer] = await Promise.all([page.waitForNavigation(), page.click('[name=op][value=confirm]')]);
      return answer;
    }],
    ['undo', async (page) => page.goto(await page.getAttribute('a[href$="/undo"]', 'href'))],
    ['undone', async (page) => { const [answer] = await Promise.all([page.waitForNavigation(), page.click('.btn-danger')]); return answer; }],
    ['bulk acts', `${org}/bulk-acts`],
  ]));

  /** Ticks two rows of the list and presses an act. */
  async function tickAndAsk(page, act) {
    await page.goto(list);
    for (const number of [0, 1]) await page.locator('tbody input[name=id]').nth(number).check();
    const [answer] = await Promise.all([page.waitForNavigation(), page.click(`button[formaction$="/bulk/${act}"]`)]);
    return answer;
  }

  test('one record', () => look(installation.people().claire, [
    ['record', at.worst],
    ['record of the past', `${at.production}?at=${yesterday()}`],
    ['record in no past', `${at.production}?at=2001-01-01`, 404],
    ['status', `${at.toValidate}/status?to=validated`],
    ['suspend', `${at.production}/status?to=suspended`],
    ['review', `${at.production}/review`],
    ['who sees it', `${at.production}/access`],
    ['who sees it, without a reason', async (page) => { await page.goto(`${at.production}/access`); return submit(page, 'form.g-confirm', () => page.check('#restricted')); }, 422],
    ['own use', `${org}/own-use`],
    ['journal filtered to nothing', `${org}/journal?event=imported`],
    ['what each role may do', `${org}/people/permissions`],
  ]));

  test('talking and finding', () => look(installation.people().claire, [
    ['no exchange yet', `${at.production}/comments`],
    ['comment without a word', async (page) => { await page.goto(`${at.toValidate}/comments`); return submit(page, '.g-panel-body .g-comment-form'); }, 422],
    ['exchanges', async (page) => {
      await page.goto(`${at.toValidate}/comments`);
      return submit(page, '.g-panel-body .g-comment-form', () => page.fill('#comment', 'Faut-il garder cette durée, @Sophie Lagrange ?\nJe ne crois pas.'));
    }],
    ['an answer being written', async (page) => {
      const answer = await page.goto(`${at.toValidate}/comments`);
      await page.locator('.g-thread-foot summary').first().click();
      return answer;
    }],
    ['edit a comment', async (page) => { await page.goto(`${at.toValidate}/comments`); return page.goto(await page.locator('.g-comment-acts a[href$="/edit"]').first().getAttribute('href')); }],
    ['take a comment back', async (page) => { await page.goto(`${at.toValidate}/comments`); return page.goto(await page.locator('.g-comment-acts a[href$="/delete"]').first().getAttribute('href')); }],
    ['search', `${org}/search?q=agents`],
    ['search over all organisations', '/search?q=agents'],
    ['search without a finding', '/search?q=zzzzzz'],
    ['before searching', '/search'],
    ['the palette', async (page) => {
      const answer = await page.goto(org);
      await page.keyboard.press('Control+k');
      await page.locator('.g-palette [role=option]').first().waitFor();
      return answer;
    }],
    ['notifications, none', '/notifications?unread=yes'],
    ['close at hand', '/favourites'],
  ]));

  test('being told', () => look(installation.people().sophie, [
    ['dashboard with tasks', org],
    ['notifications', '/notifications'],
  ]));

  test('the forms', () => look(installation.people().claire, [
    ['edit form', `${at.worst}/edit`],
    ['form with every fold open', async (page) => { const response = await page.goto(`${list}/new`); await page.click('button[data-open-all]'); return response; }],
    ['form with errors', async (page) => { await page.goto(`${list}/new`); return submit(page, 'form:has([name=reference])', () => fillIn(page, '[name=people_count]', 'beaucoup')); }, 422],
    ['profile form', async (page) => { await page.goto(`${org}/profile`); return page.goto(await page.getAttribute('a.btn-primary[href$="/edit"]', 'href')); }],
  ]));

  test('the pages that follow an act', () => look(installation.people().claire, [
    ['question about what was validated', async (page) => {
      await page.goto(`${at.production}/edit`);
      return submit(page, 'form:has([name=_version])', () => page.fill('#name', 'Un autre nom'));
    }, 409],
    ['two people at once', async (page) => {
      await page.goto(`${at.toValidate}/edit`);
      await fillIn(page, '#notes', `Notes de l’une, ${await page.getAttribute('html', 'lang')}`);
      const stale = await page.locator('form:has([name=_version])').evaluate((form) => new URLSearchParams(new FormData(form)).toString());
      await submit(page, 'form:has([name=_version])');
      await page.goto(`${at.toValidate}/edit`);
      return submit(page, 'form:has([name=_version])', async () => {
        await fillIn(page, '#notes', 'Notes de l’autre');
        await page.locator('[name=_version]').evaluate((input, sent) => { input.value = new URLSearchParams(sent).get('_version'); }, stale);
      });
    }, 409],
    ['form with a draft', async (page) => {
      await page.goto(`${at.worst}/edit`);
      if (await page.locator('[data-draft-offer]').count() === 0) {
        await fillIn(page, '#notes', 'Un brouillon');
        await Promise.all([page.waitForResponse((response) => response.url().endsWith('/draft')), page.click('[name=_keep]')]);
      }
      return page.goto(`${at.worst}/edit`);
    }],
    ['my drafts', (page) => page.goto('/o/val-d-aubreuil/drafts')],
    ['status refused', async (page) => { await page.goto(`${at.production}/status?to=suspended`); return submit(page, 'form.g-confirm'); }, 422],
    ['import refused', async (page) => { await page.goto(`${list}/import`); await page.setInputFiles('#file', file('register.ods', 'no workbook')); return submit(page, 'form:has(#file)'); }, 422],
    ['import preview', preview],
    ['import report', async (page) => { await preview(page); return submit(page, 'form:has([name=waiting])'); }],
    ['bin with a record', async (page) => {
      await page.goto(`${list}?q=fourri`);
      const link = page.locator('.g-table a.g-title').first();
      if (await link.count()) { await page.goto(`${await link.getAttribute('href')}/delete`); await submit(page, 'form.g-confirm'); }
      return page.goto(`${list}?deleted=yes`);
    }],
  ]));

  /** Two towns that nobody made yet. */
  const aList = () => `Nom;Type;Courriel de l’administrateur\nCommune ${Date.now()};Commune;clerc@vide.example\nCCAS ${Date.now()};CCAS;\n`;

  async function sendList(page, text) {
    await page.goto('/o/vide/organisations');
    await page.setInputFiles('#f-file', file('communes.csv', text));
    return submit(page, 'form:has([name=model])');
  }

  const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });

  /** A file with a record to create and one to refuse. */
  async function preview(page) {
    await page.goto(`${list}/import`);
    await page.setInputFiles('#file', file('register.json', JSON.stringify({ format: 'greffier-register', format_version: 1, register: 'processings', items: [{ name: 'Arroser les massifs' }, { name: '', people_count: 'beaucoup' }] })));
    return submit(page, 'form:has(#file)');
  }

  /** The address of the one review that is not finished. */
  async function reviewUnderWay(page) {
    await page.goto(`${org}/people/reviews`);
    return page.getAttribute('a[href*="/people/reviews/"]', 'href');
  }

  test('administration', () => look(installation.people().bastien, [
    ['people', `${org}/people`],
    ['tokens', `${org}/tokens`],
    ['settings', `${org}/settings`],
    ['account', '/account'],
    ['archive of the organisation', `${org}/archive`],
    ['archive under a short passphrase', async (page) => { await page.goto(`${org}/archive`); return submit(page, 'form[action$="/archive"]', () => page.fill('[name=passphrase]', 'court')); }, 422],
    ['archive being prepared', async (page) => {
      await page.goto(`${org}/archive`);
      return submit(page, 'form[action$="/archive"]', async () => { for (const name of ['passphrase', 'again']) await page.fill(`[name=${name}]`, 'une phrase assez longue'); });
    }],
    ['modules', `${org}/modules`],
    ['logo and colour', `${org}/look`],
    ['a file that is no picture', async (page) => { await page.goto(`${org}/look`); return submit(page, 'form[action$="/look/logo"]', () => page.setInputFiles('#f-logo', file('logo.svg', '<svg/>'))); }, 422],
    ['with a logo and a colour of its own', async (page) => {
      await page.goto(`${org}/look`);
      await submit(page, 'form[action$="/look"]', () => page.fill('[name=accent]', '#ffd400'));
      await page.goto(`${org}/look`);
      return submit(page, 'form[action$="/look/logo"]', () => page.setInputFiles('#f-logo', { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') }));
    }],
    ['a token shown once', async (page) => { await page.goto(`${org}/tokens`); return submit(page, 'form[action$="/tokens"]', () => page.fill('[name=name]', 'Export de nuit')); }],
    ['no review of access yet', `${org}/people/reviews`],
    ['a review under way', async (page) => { await page.goto(`${org}/people/reviews`); return submit(page, 'form[action$="/people/reviews"]'); }],
    ['a review that waits', async (page) => { await page.goto(await reviewUnderWay(page)); return submit(page, 'form:has([value=finish])', () => page.evaluate(() => { const form = document.querySelector('form:has([value=finish])'); const op = document.createElement('input'); op.type = 'hidden'; op.name = 'op'; op.value = 'finish'; form.append(op); })); }, 409],
    ['a review finished', async (page) => {
      await page.goto(await reviewUnderWay(page));
      const press = (op) => Promise.all([page.waitForNavigation(), page.click(`button[name=op][value=${op}]`)]);
      await press('keep');
      const [answer] = await press('finish');
      await page.goto(`${org}/people/reviews`);
      await submit(page, 'form[action$="/people/reviews"]');
      return answer.status() < 400 ? page.goto(`${org}/people/reviews`) : answer;
    }],
    ['evidence of a review', async (page) => { await page.goto(`${org}/people/reviews`); return page.goto(await page.locator('a[href*="/people/reviews/"]').last().getAttribute('href')); }],
    ['a review given up', async (page) => { await page.goto(await reviewUnderWay(page)); return submit(page, 'form[action$="/abandon"]'); }],
    ['a line of the people unfolded', async (page) => { const answer = await page.goto(`${org}/people`); await page.locator('details.g-disclose > summary').last().click(); return answer; }],
    ['arrivals, changes, departures', async (page) => {
      await page.goto(`${org}/people/movements`);
      return submit(page, 'form[action$="/people/movements"]', async () => { await page.selectOption('[name=person]', { index: await page.getAttribute('html', 'lang') === 'fr' ? 1 : 2 }); await page.selectOption('[name=kind]', 'mover'); });
    }],
    ['one of them', async (page) => { await page.goto(`${org}/people/movements`); return page.goto(await page.locator('.g-table a[href*="/people/movements/"]').first().getAttribute('href')); }],
    ['what is to be done', `${org}/people/movements/items`],
    ['a departure', async (page) => { await page.goto(`${org}/people`); return page.goto(await page.locator('a[href$="/departure"]').last().getAttribute('href')); }],
    ['seeing as somebody else', `${org}/see-as`],
    ['the journal of one’s own acts', `${org}/journal?event=person_invited`],
    ['a new application', async (page) => { await page.goto('/account'); return submit(page, 'form[action="/account/authenticator/new"]'); }],
    ['an application and a wrong code', async (page) => { await page.goto('/account'); await submit(page, 'form[action="/account/authenticator/new"]'); return submit(page, 'form[action="/account/authenticator"]', () => page.fill('[name=code]', '000000')); }, 422],
    ['invitation refused', async (page) => { await page.goto(`${org}/people`); return submit(page, 'form[action$="/people"]', () => page.fill('[name=email]', 'personne')); }, 422],
    ['another organisation', '/o/lussac-la-rive', 404],
    ['forbidden', '/organisations/new', 403],
  ]));

  const fields = `${org}/fields/processings`;
  test('questions of one’s own, and moments', () => look(installation.people().claire, [
    ['questions of a register', async (page) => {
      await page.goto(fields);
      if (await page.locator('a[href$="/lieu"]').count() === 0) {
        await submit(page, 'form[data-guard]', async () => {
          await page.fill('#f-label_fr', 'Lieu');
          await page.selectOption('#f-kind', 'choice');
          await page.fill('[name="option.0.fr"]', 'Mairie');
        });
      }
      return page.goto(fields);
    }],
    ['question refused', async (page) => { await page.goto(fields); return submit(page, 'form[data-guard]', async () => { await page.fill('#f-label_fr', 'Site'); await page.selectOption('#f-kind', 'choice'); await page.fill('[name="option.2.en"]', 'Port'); }); }, 422],
    ['question changed by two', async (page) => {
      await page.goto(`${fields}/lieu`);
      await page.fill('[name="option.0.fr"]', 'Annexe');
      return submit(page, 'form[data-guard]', () => page.locator('[name=_seen]').evaluate((mark) => { mark.value = 'older'; }));
    }, 409],
    ['list of the past', `${list}?at=${yesterday()}`],
    ['a moment that is none', `${list}?at=hier`, 422],
  ]));
});
