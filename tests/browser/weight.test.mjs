// What a list and a record weigh, as bytes on the wire, and what they look like on paper.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Installation, launch, missing, person } from './support.mjs';

const list = '/o/val-d-aubreuil/processings';
const budget = 150 * 1024;

describe('weight and paper', { skip: missing }, () => {
  let installation, browser, record;

  before(async () => {
    installation = await new Installation({ demo: ['--organisations', '3', '--processings', '30', '--seed', '7'] }).serve();
    browser = await launch();
    const { page, context } = await person(browser, installation, { account: installation.people().claire });
    await page.goto(`${list}?sort=-findings`);
    record = await page.getAttribute('.g-table a.g-title', 'href');
    await context.close();
  });
  after(async () => { await browser?.close(); await installation?.close(); });

  /** Bytes of a first visit, as they travel. */
  async function weigh(address) {
    const cookies = await person(browser, installation, { account: installation.people().claire });
    const state = await cookies.context.storageState();
    await cookies.context.close();
    // A new context has an empty cache: what a person downloads on the first day.
    const context = await browser.newContext({ baseURL: installation.address, storageState: state, locale: 'fr-FR', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const responses = [];
    page.on('response', (response) => responses.push(response));
    await page.goto(address, { waitUntil: 'networkidle' });
    const parts = [];
    for (const response of responses) {
      const isPage = response.request().resourceType() === 'document';
      const bytes = (await response.request().sizes()).responseBodySize;
      parts.push([new URL(response.url()).pathname.replace(/.*\//, ''), bytes]);
      if (!isPage) assert.match(response.headers()['cache-control'] ?? '', /immutable/, `${response.url()} is asked for again at each page`);
    }
    await context.close();
    return parts;
  }

  test('a list and a record each fit in 150 KB', async () => {
    for (const address of [list, record]) {
      const parts = await weigh(address);
      const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
      assert.ok(parts.every(([, bytes]) => bytes > 0), `nothing weighed: ${JSON.stringify(parts)}`);
      assert.ok(total <= budget, `${address} weighs ${total} bytes of ${budget}: ${JSON.stringify(parts)}`);
      if (process.env.GREFFIER_PICTURES) console.error(address, total, JSON.stringify(parts));
    }
  });

  test('a list and a record print on A4 without the frame, nothing cut', async () => {
    const { page, context } = await person(browser, installation, { account: installation.people().claire });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const [name, address] of [['list', list], ['record', record], ['history', `${record}/history`]]) {
      await page.setViewportSize({ width: 718, height: 1000 });   // 190 mm between the margins
      await page.goto(address);
      // Of the bar on top only the name of the organisation stays: a sheet says whose it is.
      for (const hidden of ['.g-top > :not(.g-orgswitch)', '.g-orgswitch .g-menu-panel', '.g-side', '.g-head-actions', '.g-filterbar']) {
        for (const element of await page.locator(hidden).all()) assert.equal(await element.isVisible(), false, `${hidden} is printed by ${name}`);
      }
      assert.equal(await page.locator('.g-orgswitch').isVisible(), true);
      assert.equal(await page.locator('h1').isVisible(), true);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${name} is wider than the sheet`);
      // Dark words on no ground: a sheet printed from a dark screen must not be a black sheet.
      const ink = await page.locator('h1').evaluate((element) => getComputedStyle(element).color.match(/[\d.]+/g).slice(0, 3).map(Number));
      const ground = await page.evaluate(() => { const parts = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number); return parts[3] === 0 ? [255, 255, 255] : parts; });
      assert.ok(Math.max(...ink) < 100 && Math.min(...ground.slice(0, 3)) > 240, `${name} prints ${ink} on ${ground}`);
      const sheet = await page.pdf({ format: 'A4', ...(process.env.GREFFIER_PICTURES ? { path: `${process.env.GREFFIER_PICTURES}/${name}.pdf` } : {}) });
      assert.ok(sheet.length > 5000);
    }
    await context.close();
  });
});
