// Every register, from the menu: its list, the pages that hang on it, its form, a record and what belongs to it, in French and
// English, on three screens, light and dark. The addresses are read from the pages themselves: a register that joins is looked at.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, axeProblems, drawn, launch, missing, person } from './support.mjs';

const org = '/o/val-d-aubreuil';
const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}';
// What every record has, from the same code: looked at on one register alone.
const shared = ['edit', 'history', 'links', 'findings', 'comments', 'attachments', 'access', 'delete', 'duplicate', 'review', 'status'];
const sharedByLists = ['import', 'columns', 'views', 'new'];
const files = /\/(export|download|files?|attachments\/.+)(\/|$)/;
// What answers with a file although its address does not say so.
const handedOut = /\/(receipt|calendar)$|\.(json|csv|ics|ods|xlsx|html|sarif)$/;

/** Words that no reader should meet: a bare id, a moment as computers write it, a place nobody filled. */
const raw = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-|\d{4}-\d\d-\d\dT\d\d:|\{[a-z_]+\}/;
/** What the program itself says in French, on buttons, labels and headings of an English page. */
const french = /^(Enregistrer|Ajouter|Modifier|Supprimer|Fermer|Annuler|Filtrer|Statut|Constats|Historique|Non renseigné|Aucune? .*)$/;

describe('every register, from the menu', { skip: missing }, () => {
  let installation, browser, account, session;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '12', '--seed', '5'] }).serve();
    account = installation.people().claire;
    browser = await launch();
    const { context } = await person(browser, installation, { account });
    session = await context.storageState();
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  const arrive = async (options) => {
    const arrived = await person(browser, installation, { session, ...options });
    arrived.page.on('dialog', (dialog) => dialog.accept());
    return arrived;
  };

  /** Where the links lead; a status is asked for by name. */
  const linksOf = (page, scope) => page.$$eval(`${scope} a[href]`, (all) => all.map((one) => new URL(one.href)).map((to) => to.pathname + (to.pathname.endsWith('/status') ? to.search : '')));
  const unique = (addresses) => [...new Set(addresses)];

  /** Opens a page; null when the address is a file that may be one. */
  async function open(page, address) {
    try {
      return await page.goto(address);
    } catch (error) {
      if (/Download is starting/.test(error.message) && handedOut.test(address)) return null;
      throw error;
    }
  }

  /** The pages of one register: what its list leads to, its first record, and what belongs to that. */
  async function pagesOf(page, list, wholly) {
    await page.goto(list);
    const led = unique(await linksOf(page, 'main')).filter((path) => path.startsWith(`${org}/`) && !files.test(path));
    const under = led.filter((path) => path.startsWith(`${list}/`));
    if (!under.includes(`${list}/new`)) return { list, led };
    const record = under.find((path) => new RegExp(`^${list}/${uuid}$`).test(path));
    const own = under.filter((path) => !new RegExp(`^${list}/${uuid}`).test(path) && !sharedByLists.includes(path.slice(list.length + 1).split('/')[0]));
    if (!record) return { list, record, led, seen: [list, `${list}/new`, ...own], half: [] };
    await page.goto(record);
    led.push(...(await linksOf(page, 'main')).filter((path) => path.startsWith(`${org}/`) && !files.test(path)));
    const inside = unique(led).filter((path) => path.startsWith(`${record}/`));
    const common = (path) => shared.includes(path.slice(record.length + 1).split(/[/?]/)[0]);
    return { list, record, led, seen: [list, `${list}/new`, record], half: [...own, ...inside.filter((path) => !common(path)), ...wholly ? [...inside.filter(common), ...sharedByLists.map((name) => `${list}/${name}`)] : []] };
  }

  /** All that the menu leads to: registers, and pages that are none. */
  async function everything() {
    const { page, context } = await arrive({});
    await page.goto(org);
    const menu = unique(await linksOf(page, '.g-side')).filter((path) => path.startsWith(`${org}/`));
    const found = [];
    for (const address of menu) found.push(await pagesOf(page, address, !found.some((one) => one.seen)));
    await context.close();
    const registers = found.filter((one) => one.seen);
    // What pages lead to beside the menu and the registers: sheets, cards, models.
    const beside = unique(found.flatMap((one) => one.led)).filter((path) => !menu.includes(path) && !registers.some((one) => path.startsWith(`${one.list}/`)) && !new RegExp(uuid).test(path));
    return { registers, others: [org, ...found.filter((one) => !one.seen).map((one) => one.list)], beside };
  }

  const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  async function at(page, width, theme) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
  }

  async function picture(page, name) {
    if (process.env.GREFFIER_PICTURES) await page.screenshot({ path: `${process.env.GREFFIER_PICTURES}/${name.replace(new RegExp(uuid, 'g'), 'x').replace(/\W+/g, '-')}.png`, fullPage: true });
  }

  /** What is wrong with the page that is open, whatever its size. */
  async function readOut(page, response, language) {
    const wrong = [];
    if (response.status() !== 200) wrong.push(`answered ${response.status()}`);
    const told = await page.evaluate(() => ({
      headings: document.querySelectorAll('h1').length, language: document.documentElement.lang, title: document.title,
      words: document.body.innerText, said: [...document.querySelectorAll('button, label, legend, th, summary, .btn, dt, h1, h2, h3')].map((one) => one.innerText.trim()),
    }));
    if (told.headings !== 1) wrong.push(`${told.headings} first headings`);
    if (told.language !== language) wrong.push(`says that its language is ${told.language}`);
    if (!told.title.includes('Greffier')) wrong.push(`its title is ${told.title}`);
    const met = told.words.match(new RegExp(`.{0,40}(?:${raw.source}).{0,20}`));
    if (met) wrong.push(`shows « ${met[0]} »`);
    if (language === 'en') wrong.push(...told.said.filter((words) => french.test(words)).map((words) => `says « ${words} »`));
    return wrong;
  }

  /** In French: all of axe on a wide light screen, what is drawn on a telephone at night, nothing that hangs over. */
  async function lookInFrench(page, address, whole) {
    await at(page, 1440, 'light');
    const response = await open(page, address);
    if (!response) return [];
    const wrong = [...await readOut(page, response, 'fr'), ...(await axeProblems(page)).map((line) => `1440 light: ${line}`)];
    await picture(page, `fr-1440-${address}`);
    await at(page, 820, 'light');
    if (await overflow(page) > 0) wrong.push('scrolls sideways at 820');
    await at(page, 390, 'dark');
    if (await overflow(page) > 0) wrong.push('scrolls sideways at 390');
    if (whole) wrong.push(...(await axeProblems(page, drawn)).map((line) => `390 dark: ${line}`));
    await picture(page, `fr-390-${address}`);
    return wrong;
  }

  /** In English: its words, and all of axe on a dark screen between the two. */
  async function lookInEnglish(page, address, whole) {
    await at(page, 820, 'dark');
    const response = await open(page, address);
    if (!response) return [];
    const wrong = await readOut(page, response, 'en');
    if (whole) wrong.push(...(await axeProblems(page)).map((line) => `820 dark: ${line}`));
    await picture(page, `en-820-${address}`);
    for (const width of [820, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      if (await overflow(page) > 0) wrong.push(`scrolls sideways at ${width}`);
    }
    return wrong;
  }

  /** Two tabs share the pages; what is wrong, page by page. */
  async function lookAt(pages, language, look) {
    const waiting = [...pages], wrong = [];
    await Promise.all([0, 1].map(async () => {
      const { page, context, complaints } = await arrive({ language });
      for (let next = waiting.shift(); next; next = waiting.shift()) wrong.push(...(await look(page, next.address, next.whole).catch((error) => [error.message.split('\n')[0]])).map((line) => `${next.address}: ${line}`));
      wrong.push(...complaints);
      await context.close();
    }));
    return wrong.sort();
  }

  let pages;

  test('the menu leads to each, and each has a list, a form and a record', async () => {
    const { registers, others, beside } = await everything();
    pages = [...registers.flatMap((one) => one.seen), ...others].map((address) => ({ address, whole: true }));
    pages.push(...unique([...registers.flatMap((one) => one.half), ...beside]).map((address) => ({ address, whole: false })));
    assert.ok(registers.length >= 37, `${registers.length} registers: ${registers.map((one) => one.list)}`);
    assert.deepEqual(registers.filter((one) => !one.record).map((one) => one.list), [], 'a register of the demonstration without a record');
  });

  test('in French, light on a wide screen and dark on a telephone', async () => assert.deepEqual(await lookAt(pages, 'fr', lookInFrench), []));

  test('in English, on a screen between the two', async () => {
    const { page, context } = await arrive({});
    await page.goto('/account');
    await page.selectOption('select[name=language]', 'en');
    await Promise.all([page.waitForNavigation(), page.locator('form[action="/account"] [type=submit]').click()]);
    await context.close();
    assert.deepEqual(await lookAt(pages, 'en', lookInEnglish), []);
  });
});
