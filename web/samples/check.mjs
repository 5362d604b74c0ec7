// Opens every sample page in Chromium under the server's content policy: axe-core, nothing refused, no sideways
// scroll, three widths and both themes. `--pictures DIR` keeps a screenshot of each; `--only NAME` looks at one page.
import { readFileSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { behaviours } from './behaviours.mjs';
import { openBrowser, startServer } from './serve.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => { const at = process.argv.indexOf(name); return at < 0 ? undefined : process.argv[at + 1]; };
const pictures = option('--pictures');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const views = [[1440, 'light'], [1440, 'dark'], [768, 'light'], [768, 'dark'], [390, 'light'], [390, 'dark'], [320, 'light']];
let failures = 0;
const fail = (text) => { failures += 1; console.log(`FAIL ${text}`); };

async function look(context, address, name, width, theme) {
  const page = await context.newPage();
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) fail(`${name} ${width} ${theme}: ${message.text()}`); });
  page.on('pageerror', (error) => fail(`${name} ${width} ${theme}: ${error.message}`));
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.goto(`${address}/${name}.html`, { waitUntil: 'networkidle' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) fail(`${name} ${width}: scrolls sideways by ${wide} px`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => axe.run(document, { runOnly: only }), tags);
  for (const { id, nodes } of violations) {
    fail(`${name} ${width} ${theme}: ${id}\n${nodes.slice(0, 3).map((n) => `     ${n.html.slice(0, 160)}\n     ${n.failureSummary?.split('\n')[1] ?? ''}`).join('\n')}`);
  }
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${theme}.png`), fullPage: true });
  await page.close();
}

if (pictures) mkdirSync(pictures, { recursive: true });
const { server, address } = await startServer();
const browser = await openBrowser();
const context = await browser.newContext();
const pages = readdirSync(join(here, 'out')).map((file) => basename(file, '.html'))
  .filter((page) => !option('--only') || page === option('--only'));
for (const name of pages) {
  for (const [width, theme] of views) await look(context, address, name, width, theme);
}
await behaviours(context, address, fail);
await browser.close();
server.close();
console.log(failures === 0 ? `${pages.length} pages: nothing to mend` : `${failures} to mend`);
process.exitCode = failures === 0 ? 0 : 1;
