import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ReportFinding, ReportPicture } from '../../src/shared/report-panel.ts';
import { launchBrowser } from '../vscode/host/browser.ts';
import { openPage, type PageStand, type StandOptions } from './page/page-stand.ts';

const hostile = `<img src=x onerror="document.title='bad'">"><script>document.title='bad'</script> **b** ${'x'.repeat(5000)}`;

function finding(row: string, parts: Partial<ReportFinding> = {}): ReportFinding {
  return {
    row, severity: 'blocker', kind: 'card', topic: 'Space', device: '', sentence: `Seen: ${row}`, cause: 'This is why.', risk: '', action: 'Choose Backup Folder',
    steps: [{ text: 'Make room.', destroys: '' }, { text: 'Delete old backups.', destroys: 'They are gone then.' }], sources: ['https://example.org/1'], checks: ['space'], ...parts,
  };
}

function sample(parts: Partial<ReportPicture> = {}): ReportPicture {
  const line = { device: '', severity: undefined, sentence: 'All is well.' } as const;
  return {
    title: 'Diagnosis: Test phone', headline: 'One thing stands in the way of a backup', mood: 'blocker', occasion: '', at: 0, isRunning: false, canBackUp: false, failure: '',
    findings: [finding('full'), finding('habit', { severity: 'info', kind: 'note', action: undefined, checks: ['lock'] }), finding('guess', { severity: 'warning', kind: 'possible', checks: [] })],
    groups: [
      { id: 'device', title: 'Device', checks: [{ ...line, id: 'lock', state: 'good', title: 'Lock' }, { ...line, id: 'clock', state: 'unknown', title: 'Clocks', sentence: 'Not in time.' }] },
      { id: 'computer', title: 'This Computer', checks: [{ ...line, id: 'space', state: 'found', severity: 'blocker', title: 'Space', sentence: 'Disk too full' }] },
    ],
    ...parts,
  };
}

describe('the page of a report', () => {
  let browser: Browser;
  let stand: PageStand;

  before(async () => void (browser = await launchBrowser()));
  after(() => browser.close());
  afterEach(() => stand.close());

  async function open(picture: ReportPicture, options: Partial<StandOptions> = {}): Promise<PageStand['page']> {
    stand = await openPage(browser, { bundle: 'report', theme: 'dark', width: 800, height: 700, ...options });
    await stand.send({ type: 'picture', picture });
    return stand.page;
  }

  it('folds what is well, and shows first what is to be done, with one button that stands out', async () => {
    const page = await open(sample());
    assert.equal(await page.locator('.finding').count(), 1);
    assert.deepEqual(await page.locator('button.primary:visible').allInnerTexts(), ['Choose Backup Folder']);
    assert.equal(await page.locator('details[open]').count(), 0);
    assert.match(await page.locator('.groups summary').first().innerText(), /Device\s+1 could not find out · 1 good/);
    assert.deepEqual(await page.locator('.notes h2:visible').allInnerTexts(), ['Other possible causes', 'Good to know']);
  });

  it('asks for one check alone, for the best step, and for nothing while it looks', async () => {
    const page = await open(sample());
    await page.locator('.finding').getByRole('button', { name: 'Check This Again' }).click();
    await page.locator('.finding').getByRole('button', { name: 'Choose Backup Folder' }).click();
    await page.locator('.finding').getByRole('button', { name: 'Read More' }).click();
    const asked = [{ type: 'again', checks: ['space'] }, { type: 'act', row: 'full' }, { type: 'help', row: 'full' }];
    assert.deepEqual(await stand.posted(), asked);
    await stand.send({ type: 'picture', picture: sample({ isRunning: true }) });
    await page.locator('.finding').getByRole('button', { name: 'Check This Again' }).click({ force: true });
    assert.deepEqual(await stand.posted(), asked);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    assert.deepEqual((await stand.posted()).at(-1), { type: 'stop' });
  });

  it('keeps folds and focus while it is drawn anew, and the folds for the next time', async () => {
    const page = await open(sample());
    await page.locator('summary', { hasText: 'Seen: habit' }).click();
    await page.locator('summary', { hasText: 'Device' }).click();
    await page.locator('.finding').getByRole('button', { name: 'Check This Again' }).focus();
    await stand.send({ type: 'picture', picture: sample({ isRunning: true, findings: [finding('new'), ...sample().findings.map((each) => ({ ...each, cause: each.kind === 'card' ? each.cause : 'Another.' }))] }) });
    assert.equal(await page.locator('details[open]').count(), 2);
    assert.equal(await page.evaluate("document.activeElement.innerText"), 'Check This Again');
    await page.locator('.quiet', { hasText: 'Not in time.' }).waitFor();
    await page.waitForFunction('globalThis.savedState?.open?.length === 2');
    assert.deepEqual(await stand.savedState(), { key: 'stand', open: ['note:habit', 'group:device'] });
  });

  it('says to a screen reader how grave a finding is, what a check came to, and the headline at the end', async () => {
    const page = await open(sample());
    await page.getByRole('heading', { name: 'Stops a backup: Seen: full', level: 2 }).waitFor();
    await page.getByRole('status').filter({ hasText: 'One thing stands in the way of a backup' }).waitFor({ state: 'attached' });
    await page.locator('summary', { hasText: 'Device' }).press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'Clocks, could not find out' }).getByRole('button', { name: 'Check again: Clocks' }).waitFor();
    assert.equal(await page.locator('main').getAttribute('aria-busy'), 'false');
  });

  it('shows hostile words as text', async () => {
    const bad = finding(hostile, { sentence: hostile, cause: hostile, device: hostile, action: hostile, steps: [{ text: hostile, destroys: hostile }], sources: [hostile, 'javascript:alert(1)'] });
    const page = await open(sample({ title: hostile, headline: hostile, failure: hostile, findings: [bad, { ...bad, row: 'b', kind: 'note' }] }), { width: 500 });
    await page.locator('h1', { hasText: '<img src=x' }).waitFor();
    assert.equal(await page.locator('img, script:not([src]), a').count(), 0);
    assert.notEqual(await page.title(), 'bad');
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0, 'nothing sticks out');
  });

  it('fits 300 pixels where colours are forced, and speaks the language of the editor', async () => {
    const page = await open(sample(), { width: 300, forcedColors: true, locale: 'zh-cn', words: { 'Check Again': '重新检查' } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 300);
    await page.getByRole('button', { name: '重新检查', exact: true }).first().waitFor();
  });
});
