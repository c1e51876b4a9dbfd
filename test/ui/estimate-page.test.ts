import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode/host/browser.ts';
import { openPage } from './page/page-stand.ts';
import type { PageStand, StandOptions } from './page/page-stand.ts';
import { samplePicture } from './page/sample-picture.ts';

/** Every markup that a page could fall for, then far more letters than fit. */
const hostile = `<img src=x onerror="document.title='bad'">"><script>document.title='bad'</script> **b** ${'x'.repeat(5000)}`;

describe('the page of an estimate', () => {
  let browser: Browser;
  let stand: PageStand | undefined;

  before(async () => void (browser = await launchBrowser()));
  after(() => browser.close());
  afterEach(() => stand?.close());

  async function open(options: Partial<StandOptions> = {}): Promise<PageStand> {
    stand = await openPage(browser, { bundle: 'estimate', theme: 'dark', width: 1100, height: 800, ...options });
    return stand;
  }

  it('shows hostile names as text', async () => {
    const { page, send } = bound(await open());
    const { rows, ...picture } = samplePicture(3);
    await send({ type: 'picture', picture: { ...picture, rows: rows.map((row) => ({ ...row, name: hostile })), device: hostile, remarks: [{ severity: 'warning', text: hostile }] } });
    await page.locator('h1', { hasText: '<img src=x' }).waitFor();
    assert.equal(await page.locator('img, script:not([src])').count(), 0);
    assert.notEqual(await page.title(), 'bad');
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0, 'nothing sticks out');
  });

  it('holds few elements for 2,000 apps, and shows any of them when one scrolls', async () => {
    const { page, send } = bound(await open());
    await send({ type: 'picture', picture: samplePicture(2000) });
    await page.getByRole('treegrid').focus();
    for (const key of ['Home', 'ArrowRight', 'End']) await page.keyboard.press(key);
    await page.getByRole('row', { selected: true }).filter({ hasText: 'Keychain' }).waitFor();
    assert.equal(await page.getByRole('treegrid').getAttribute('aria-rowcount'), '2013');
    assert.ok((await page.locator('.row').count()) < 120);
    const box = await page.getByRole('row', { selected: true }).boundingBox();
    const foot = await page.locator('.footer').boundingBox();
    assert.ok(box && foot && box.y > 0 && box.y + box.height <= foot.y + 1, 'the active row is in sight');
  });

  it('says to a screen reader what it shows', async () => {
    const { page, send } = bound(await open());
    await send({ type: 'picture', picture: samplePicture(20) });
    const photos = page.getByRole('row', { name: /Photos and Videos/ });
    assert.equal(await photos.getAttribute('aria-level'), '1');
    assert.equal(await photos.getAttribute('aria-expanded'), 'false');
    await page.getByRole('treeitem', { name: '2024, ≈ 5.2 GB' }).waitFor();
    assert.match(await page.locator('#picture-text').innerText(), /Photos and Videos: 18 GB, \d+%.*The table below holds every line/);
    await page.getByRole('columnheader', { name: 'Size' }).and(page.locator('[aria-sort="descending"]')).waitFor();
    await page.getByRole('searchbox', { name: 'Filter by name' }).fill('chess');
    await page.getByRole('status').filter({ hasText: /^\d+ of \d+ lines$/ }).waitFor();
  });

  it('keeps picture, table and sum in step, and sends what was ticked', async () => {
    const { page, send, posted } = bound(await open());
    await send({ type: 'picture', picture: samplePicture(20) });
    await page.getByRole('row', { name: /Photos and Videos/ }).getByRole('checkbox').click();
    await page.locator('.picture .cell.left-out[aria-label^="Photos"]').waitFor();
    await page.locator('.told').filter({ hasText: /^[\d.]+ GB of [\d.]+ GB ticked$/ }).waitFor();
    await page.getByRole('button', { name: 'Back Up Selection' }).click();
    assert.deepEqual(await posted(), [{ type: 'back-up', ticks: { all: true, rows: [['category:photos', false]] } }]);
    await page.getByRole('columnheader').getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Back Up Everything' }).waitFor();
    await page.getByRole('columnheader').getByRole('checkbox').click();
    await page.locator('.footer button.primary:disabled').waitFor();
  });

  it('opens as it was left', async () => {
    const saved = { key: 'stand', ticks: { all: true, rows: [['category:photos', false]] }, expanded: ['category:photos'], sort: { column: 'name', ascending: true }, filter: '', drilled: 'category:apps' };
    const { page, send } = bound(await open({ saved }));
    await send({ type: 'picture', picture: samplePicture(20) });
    await page.getByRole('row', { name: /^2024/ }).waitFor();
    await page.locator('.crumbs [aria-current]', { hasText: 'Apps' }).waitFor();
    await page.getByRole('row', { name: /Photos and Videos/ }).locator('.tick[aria-checked="false"]').waitFor();
  });

  it('speaks the language of the editor', async () => {
    const { page, send } = bound(await open({ locale: 'zh-cn', words: { Size: '大小', 'Filter by name': '按名称筛选' } }));
    await send({ type: 'picture', picture: samplePicture(3) });
    await page.getByRole('columnheader', { name: '大小' }).waitFor();
    assert.equal(await page.getByRole('searchbox').getAttribute('placeholder'), '按名称筛选');
  });

  it('fits 300 pixels, and draws lines where colours are forced', async () => {
    const { page, send } = bound(await open({ width: 300, forcedColors: true }));
    await send({ type: 'picture', picture: samplePicture(20) });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 300);
    const width = await page.evaluate("getComputedStyle(document.querySelector('.picture .cell')).borderTopWidth");
    assert.equal(width, '1px');
  });
});

/** The methods of a stand, to be used without it. */
function bound(stand: PageStand): { readonly page: PageStand['page']; readonly send: (message: object) => Promise<void>; readonly posted: () => ReturnType<PageStand['posted']> } {
  return { page: stand.page, send: (message) => stand.send(message), posted: () => stand.posted() };
}
