// What the script promises, tried in a real page under the program's content policy.

const value = (page, selector) => page.locator(selector).inputValue();
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent?.slice(0, 80));

const trials = {
  async 'a row is added, numbered, filled in, moved, removed and put back without a request'(page, is) {
    await page.locator('button[name="_add.data"]').click();
    is(await page.locator('[data-rows] > [data-row]').count(), 5, 'five rows');
    is(await focused(page), 'data.4.description', 'the new row has the focus');
    await page.keyboard.type('Photographies');
    await page.locator('button[name="_up.data.4"]').click();
    is(await value(page, '[name="data.3.description"]'), 'Photographies', 'moved up with its text');
    is(await value(page, '[name="data.4.description"]'), 'Factures, prélèvements, impayés', 'the other went down');
    is(await page.locator('[data-row="3"] [data-row-number]').textContent(), '4', 'number shown');
    is(await page.locator('label[for="data-3-d"]').count(), 1, 'labels follow');
    await page.locator('button[name="_remove.data.3"]').click();
    is(await page.locator('[data-rows] > [data-row]').count(), 4, 'removed');
    await page.locator('.g-undo button').click();
    is(await value(page, '[name="data.3.description"]'), 'Photographies', 'put back in its place');
    is(new URL(page.url()).pathname, '/form.html', 'no page was asked for');
  },
  async 'what was typed comes back after an expired session, rows included'(page, is, address) {
    await page.evaluate(() => { document.querySelector('form[data-guard]').action = '/expired'; });
    await page.locator('#rights').fill('Texte à ne pas perdre');
    await page.locator('#p1').check();
    await page.locator('button[name="_add.data"]').click();
    await page.locator('[name="data.4.description"]').fill('Photographies');
    await page.keyboard.press('Control+s');
    await page.waitForURL('**/sign-in.html');
    await page.goto(`${address}/form.html`);
    await page.locator('.g-restore .btn-primary').click();
    is(await value(page, '#rights'), 'Texte à ne pas perdre', 'text');
    is(await page.locator('#p1').isChecked(), true, 'box');
    is(await value(page, '[name="data.4.description"]'), 'Photographies', 'row');
    is(await page.evaluate(() => JSON.stringify({ ...sessionStorage }).includes('_csrf')), false, 'the token is not kept');
  },
  async 'a saved form leaves no copy behind'(page, is, address) {
    await page.locator('#rights').fill('Enregistré');
    await page.keyboard.press('Control+s');
    await page.waitForURL('**/record.html');
    is(await page.evaluate(() => Object.keys(sessionStorage).length), 0, 'nothing kept');
    await page.goto(`${address}/form.html`);
    is(await page.locator('.g-restore').count(), 0, 'nothing offered');
  },
  async 'another person is not offered the copy'(page, is, address) {
    await page.locator('#rights').fill('Privé');
    await page.waitForFunction(() => Object.keys(sessionStorage).length === 1);
    await page.evaluate(() => {
      const [key] = Object.keys(sessionStorage);
      sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), person: 'p2' }));
      document.querySelector('#rights').value = document.querySelector('#rights').defaultValue;
    });
    await page.goto(`${address}/form.html`);
    is(await page.locator('.g-restore').count(), 0, 'nothing offered');
  },
  async 'leaving with unsaved text asks first'(page, is, address) {
    await page.locator('#rights').pressSequentially('x');
    let asked = false;
    page.once('dialog', (dialog) => { asked = dialog.type() === 'beforeunload'; void dialog.accept(); });
    await page.goto(`${address}/record.html`);
    is(asked, true, 'asked');
    is(await page.locator('.g-restore a').count(), 1, 'and the way back is shown');
  },
  async 'a field shows only while its condition holds'(page, is) {
    is(await page.locator('#whynot').isVisible(), false, 'hidden at first');
    await page.locator('#hn-n').check();
    is(await page.locator('#whynot').isVisible(), true, 'shown');
  },
  async 'a long text counts what is left'(page, is) {
    await page.locator('#rights').fill('x'.repeat(118));
    is(await page.locator('.g-counter').textContent(), 'Il reste 2 caractères', 'counter');
  },
  async 'the keyboard searches, walks a list, opens a row and shows its shortcuts'(page, is, address) {
    await page.goto(`${address}/list.html`);
    await page.keyboard.press('/');
    is(await focused(page), 'q', 'slash');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Control+k');
    is(await focused(page), 'q', 'Ctrl K');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    is(await focused(page), 'Tenir le registre des cimetières', 'second row');
    await page.keyboard.press('k');
    is(await focused(page), 'Gérer la restauration scolaire', 'first row');
    await page.keyboard.press('?');
    is(await page.locator('dialog[open] h2').textContent(), 'Raccourcis clavier', 'dialog');
    await page.locator('#g-single-keys').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    is(await page.locator('dialog[open]').count(), 0, 'single keys switched off');
  },
  async 'a row opens where it is clicked'(page, is, address) {
    await page.goto(`${address}/list.html`);
    await page.locator('tbody tr').nth(1).locator('td').last().click();
    is(new URL(page.url()).hash, '#contenu', 'followed');
  },
  async 'the organisation switch filters as one types'(page, is) {
    await page.locator('.g-orgswitch > summary').click();
    await page.keyboard.type('mars');
    await page.waitForFunction(() => document.querySelector('.g-orgswitch .g-menu-list').textContent.includes('Marsange mars'));
    is(await page.locator('.g-orgswitch .g-menu-list li').count(), 1, 'one left');
    await page.keyboard.press('ArrowDown');
    is(await page.evaluate(() => document.activeElement?.tagName), 'A', 'arrow enters the list');
    await page.keyboard.press('Escape');
    is(await page.locator('.g-orgswitch[open]').count(), 0, 'Escape closes');
  },
  async 'the theme changes without leaving the page'(page, is) {
    await page.locator('.g-account > summary').click();
    await page.locator('.g-account button[value=dark]').click();
    is(await page.evaluate(() => document.documentElement.dataset.bsTheme), 'dark', 'dark');
    is(await page.locator('.g-account button[value=dark]').getAttribute('aria-pressed'), 'true', 'pressed');
    is(new URL(page.url()).pathname, '/form.html', 'same page');
  },
};

export async function behaviours(context, address, fail) {
  for (const [sentence, trial] of Object.entries(trials)) {
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', (message) => { if (message.type() === 'error') fail(`${sentence}: ${message.text()}`); });
    page.on('pageerror', (error) => fail(`${sentence}: ${error.message}`));
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${address}/form.html`);
    const is = (got, wanted, what) => { if (got !== wanted) fail(`${sentence}: ${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`); };
    try {
      await trial(page, is, address);
    } catch (error) {
      fail(`${sentence}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
    }
    await page.close({ runBeforeUnload: false });
    await context.clearCookies();
  }
}
