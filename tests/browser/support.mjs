// Starts the real program on a port the system chose and opens its pages in Debian's Chromium.
// The twin of tests/harness.py: the same GREFFIER_BIN, the same rule that every process ends with the test that began it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const chromiumBinary = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(runs);

function runs(path) {
  try { accessSync(path, constants.X_OK); return true; } catch { return false; }
}

const binary = (process.env.GREFFIER_BIN ? [process.env.GREFFIER_BIN] : ['dev', 'release'].map((name) => join(root, 'build', name, 'greffier'))).find(runs);

/** Why nothing can be shown here, or false: goes to the `skip` of a test. */
export const missing = !binary ? 'greffier is not built: ./run --build-only, or set GREFFIER_BIN' : !chromiumBinary ? 'chromium is not installed' : false;

// With GREFFIER_TEST_ENGINE=postgres, each installation has a database of the server ./test started.
function newDatabase() {
  if (process.env.GREFFIER_TEST_ENGINE !== 'postgres') return {};
  return { GREFFIER_DATABASE: execFileSync(join(root, 'tools', 'test_postgres'), ['create', process.env.GREFFIER_TEST_POSTGRES], { encoding: 'utf8' }).trim() };
}

function environment(more = {}) {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GREFFIER_')));
  return { ...kept, LANG: 'fr_FR.UTF-8', ...more };
}

/** A data directory, the command line on it, and the server. */
export class Installation {
  constructor({ demo = null } = {}) {
    this.directory = mkdtempSync(join(tmpdir(), 'greffier-browser-'));
    this.printed = '';
    this.settings = newDatabase();
    if (demo) this.cli(['demo', ...demo]);
  }

  cli(args, input = '') {
    return execFileSync(binary, [...args, '--data', this.directory], { input, env: environment(this.settings), encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** The demonstration's accounts by the first name: { claire: { email, password }, … }. */
  people() {
    const lines = readFileSync(join(this.directory, 'demo-passwords.txt'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
    return Object.fromEntries(lines.map(([email, password]) => [email.split(/[.@]/)[0], { email, password }]));
  }

  addUser(email, name, role, organisation) {
    const password = 'une phrase de passe pour essai';
    this.cli(['user', 'add', email, '--password-stdin', '--name', name, '--role', role, '--organisation', organisation], `${password}\n`);
    return { email, password };
  }

  async serve() {
    this.process = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data', this.directory], { env: environment(this.settings), stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => { this.process.once('exit', resolve); });
    await new Promise((resolve, reject) => {
      const read = (chunk) => {
        this.printed += chunk;
        this.address ??= this.printed.match(/https?:\/\/(?:127\.0\.0\.1|localhost):[1-9]\d*/)?.[0];
        if (this.address) resolve();
      };
      this.process.stdout.on('data', read);
      this.process.stderr.on('data', read);
      this.ended.then((code) => reject(new Error(`greffier serve ended with ${code}: ${this.printed}`)));
    });
    return this;
  }

  get setUpAddress() { return this.printed.match(/https?:\/\/\S*\/set-?up\/\S+/)?.[0]; }

  async close() {
    if (this.process && this.process.exitCode === null) { this.process.kill('SIGTERM'); await this.ended; }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function launch() {
  // Chromium must ask nobody anything by itself: what reaches another host below is then the page's doing.
  return chromium.launch({ executablePath: chromiumBinary, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** A person in front of a browser; `complaints` gathers what no page may ever cause. */
export async function person(browser, installation, { account = null, session = undefined, javaScript = true, language = 'fr', width = 1440, theme = 'light', height = 900 } = {}) {
  const context = await browser.newContext({ baseURL: installation.address, javaScriptEnabled: javaScript, locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: theme, reducedMotion: 'reduce', viewport: { width, height }, acceptDownloads: true, storageState: session });
  context.setDefaultTimeout(15000);
  const complaints = [];
  context.on('page', (page) => watch(page, installation.address, complaints));
  const page = await context.newPage();
  if (account) await signIn(page, account);
  return { context, page, complaints };
}

function watch(page, address, complaints) {
  const origin = new URL(address).origin;
  page.on('console', (message) => {
    // Chromium writes every 4xx answer as an error: a refused form is one that we ask for.
    if (message.type() === 'error' && !/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && !request.url().startsWith('blob:') && new URL(request.url()).origin !== origin) complaints.push(`${page.url()} asks ${request.url()}`);
  });
  // A download, or a page left while it loads, is an aborted request and no failure.
  page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${request.failure()?.errorText}`); });
  page.on('response', (response) => { if (response.status() >= 400 && response.request().resourceType() !== 'document') complaints.push(`${response.url()}: ${response.status()}`); });
}

export async function signIn(page, { email, password }) {
  await page.goto('/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.press('[name=password]', 'Enter')]);
}

/** Presses a button or link and waits for the page that follows. */
export async function follow(page, target) {
  const locator = typeof target === 'string' ? page.locator(target) : target;
  const [response] = await Promise.all([page.waitForNavigation(), locator.click()]);
  return response;
}

/** Opens the fold of optional questions that holds a field, as a person would who looks for it. */
export async function unfold(page, field) {
  const fold = page.locator('details.g-optional').filter({ has: page.locator(field) });
  if (await fold.count() > 0 && await fold.getAttribute('open') === null) await fold.locator(':scope > summary').click();
}

/** Fills a field wherever it stands in the form. */
export async function fillIn(page, field, text) {
  await unfold(page, field);
  await page.fill(field, text);
}

/** What has the focus, and whether a person sees it: an outline or a shadow that the element has not otherwise. */
export const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  // What stays in place while the page scrolls must not stand on what has the focus (WCAG 2.4.11).
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const cover = document.elementFromPoint(box.x + box.width / 2, (top + bottom) / 2)?.closest('.g-top, .g-savebar');
  return { tag: element.tagName, id: element.id, name: element.getAttribute('name'), value: element.getAttribute('value'), href: element.getAttribute('href'), text: element.textContent.trim().slice(0, 80),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none',
    inSight: box.width > 0 && bottom - top >= Math.min(box.height, 40) - 1 && (!cover || cover.contains(element)) };
});

/** Presses Tab until `found`, checking on the way that each stop is seen. */
export async function tabTo(page, found, most = 60) {
  const unseen = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (here.tag !== 'BODY' && (!here.ring || !here.inSight)) unseen.push(here);
    if (found(here)) { assert.deepEqual(unseen, [], 'a stop of the keyboard is not seen'); return here; }
  }
  assert.fail(`Tab never reached it; it stands on ${JSON.stringify(await focused(page))}`);
}

/** Presses a key and waits for the page that follows. */
export async function press(page, key = 'Enter') {
  const [response] = await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
  return response;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238, written once more: the code of the half minute that is `step` from now. */
export function codeOf(secret, step = 0, now = Date.now()) {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30000) + step));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What another width or theme can change; the rest depends on the words alone. */
export const drawn = { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable', 'aria-hidden-focus', 'bypass', 'region'] };

/** What axe-core finds on the page, on a screen as tall as it, where what stays in place stands over nothing: a line for each rule that is broken. */
export async function axeProblems(page, only = rules) {
  const screen = page.viewportSize();
  await page.setViewportSize({ ...screen, height: Math.max(screen.height, await page.evaluate(() => document.documentElement.scrollHeight)) });
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'], elementRef: false }), only);
  await page.setViewportSize(screen);
  return violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')}`);
}

/** Opens the form of a record, answers questions by their names, and saves. */
export async function write(page, record, fields) {
  await page.goto(`${record}/edit`);
  for (const [field, value] of Object.entries(fields)) {
    const control = `[name="${field}"]`;
    await unfold(page, control);
    const kind = await page.locator(control).first().evaluate((one) => `${one.tagName} ${one.type}`);
    if (value === true) await page.locator(control).first().check();
    else if (kind.startsWith('SELECT')) await page.selectOption(control, value);
    else if (/checkbox|radio/.test(kind)) await page.check(`${control}[value="${value}"]`);
    else await fillIn(page, control, value);
  }
  await follow(page, '.g-savebar button.btn-primary');
}

/** Takes a record to a status, with what its page asks for. */
export async function move(page, record, status, fields = {}) {
  await page.goto(`${record}/status?to=${status}`);
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await follow(page, 'form.g-confirm button[type=submit]');
}
