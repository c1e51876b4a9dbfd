import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryEntry } from '../../src/library/types.ts';
import { checkNewest, readLibrary, useDesk } from './support/desk.ts';
import { eventually } from './support/insist.ts';
import { EstimatePanel } from './support/estimate-panel.ts';

/** Files of a backup as its manifest has them: `domain/path`. */
function filesOf({ path, udid }: HistoryEntry): string[] {
  const manifest = new DatabaseSync(join(path, udid, 'Manifest.db'), { readOnly: true });
  try {
    return manifest.prepare('SELECT domain, relativePath FROM Files WHERE flags = 1').all().map(({ domain, relativePath }) => `${String(domain)}/${String(relativePath)}`);
  } finally {
    manifest.close();
  }
}

describe('a person who wants to know how big a backup will be', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', 'Test phone', '--mood', 'purge=yes'] });
  let panel: EstimatePanel;

  before(() => {
    panel = new EstimatePanel(desk.workbench.page);
  });

  it('sees it from the row of the device, with what it is made of and where it fits', async () => {
    const { sideBar, page } = desk.workbench;
    await sideBar.pressWelcome('Devices', 'Pair (Trust)');
    await (await sideBar.tree('Devices')).pressInline('Test phone', 'Estimate Backup Size');
    await panel.waitUntilComplete();
    await page.locator('.tab', { hasText: 'Estimate: Test phone' }).waitFor();
    await panel.total.filter({ hasText: /\d (kB|MB)$/ }).waitFor();
    await panel.row('Photos and Videos').filter({ hasText: '544 kB' }).waitFor();
    const places = await panel.content.locator('.fits li').allInnerTexts();
    assert.ok(places.some((text) => /^iCloud 5 GB\s+fits/.test(text)), places.join('; '));
    assert.match(await panel.content.locator('.sources').innerText(), /Camera roll\s+· done/);
  });

  it('goes into the picture and back by the keyboard alone, and ticks there', async () => {
    await panel.picture.focus();
    await panel.cell(/^Photos and Videos/).waitFor();
    await panel.moveTo('Photos and Videos', ['Home', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft']);
    await panel.press(panel.picture, 'Enter');
    await panel.moveTo('Photos', ['Home', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft']);
    await panel.press(panel.picture, 'Enter');
    await panel.cell(/^2025/).waitFor();
    await panel.moveTo('2025', ['End', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowRight']);
    await panel.press(panel.picture, ' ');
    await panel.content.locator('.picture .cell[aria-label^="2025"][aria-checked="false"]').waitFor();
    await panel.press(panel.picture, 'Escape');
    await panel.press(panel.picture, 'Escape');
    await panel.content.locator('.picture .cell[aria-label^="Photos and Videos"][aria-checked="mixed"]').waitFor();
    await panel.waitForTick('Photos and Videos', 'mixed');
  });

  it('finds a line by its name, and unfolds and ticks it by the keyboard', async () => {
    await panel.content.getByRole('searchbox').fill('voice');
    await panel.row('VoiceMemos').waitFor();
    assert.equal(await panel.row('Photos and Videos').count(), 0);
    await panel.content.getByRole('searchbox').fill('');
    await panel.moveToRow('Photos and Videos');
    const active = await panel.active(panel.grid);
    await panel.press(panel.grid, 'ArrowRight');
    await active.and(panel.content.locator('[aria-expanded="true"]')).waitFor();
    await panel.press(panel.grid, 'ArrowRight');
    assert.equal(await (await panel.active(panel.grid)).getAttribute('aria-level'), '2');
  });

  it('asks the phone itself, after reading what that means, and nothing is written', async () => {
    const { dialogs } = desk.workbench;
    await panel.button('Ask the Phone…').click();
    await dialogs.waitForOpen();
    assert.match(await dialogs.detail(), /cut before anything is written.*may ask for its passcode/s);
    await dialogs.press('Ask');
    await panel.content.locator('.remarks').filter({ hasText: /The device itself demands [\d.]+ [kM]B for a backup\./ }).waitFor();
    const { entries, drafts } = await readLibrary(desk.library);
    assert.deepEqual([entries.length, drafts.length], [0, 0]);
  });

  it('keeps ticks and place when the panel was hidden and when the window was reloaded', async () => {
    const { workbench } = desk;
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.locator('.monaco-editor').first().waitFor();
    await workbench.page.locator('.tab', { hasText: 'Estimate: Test phone' }).click();
    await panel.waitForTick('Photos and Videos', 'mixed');
    await workbench.reloadWindow();
    await panel.waitForTick('Photos and Videos', 'mixed');
    await panel.waitUntilComplete();
  });

  it('backs up what is ticked, and nothing else is on the disk', async () => {
    const { dialogs, notifications, sideBar } = desk.workbench;
    const all = panel.content.getByRole('columnheader').getByRole('checkbox', { name: 'Everything' });
    await all.click();
    await panel.waitForTick('Photos and Videos', 'true');
    await all.click();
    await panel.waitForTick('Photos and Videos', 'false');
    await panel.tick('Photos and Videos');
    await panel.waitForTick('Photos and Videos', 'true');
    await panel.button('Back Up Selection').click();
    await dialogs.waitForOpen();
    assert.equal(await dialogs.message(), 'Back up a part of Test phone?');
    assert.match(await dialogs.detail(), /It will hold: Photos and Videos\..*saves disk afterwards, hardly time/s);
    await dialogs.press('Back Up');
    await notifications.waitFor('Backed up');
    const entry = await checkNewest(desk.library);
    assert.deepEqual([entry.kind, entry.isComplete], ['custom', false]);
    const files = filesOf(entry);
    assert.ok(files.length > 0 && files.every((file) => /^CameraRollDomain\/Media\/(DCIM|PhotoData)\//.test(file)), files.join('\n'));
    await (await sideBar.tree('Backup History')).waitForDescription('custom', /^custom · only Photos and Videos · /);
  });

  it('copies the figures', async () => {
    const { page } = desk.workbench;
    await panel.button('Copy as CSV').click();
    await panel.content.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
    await eventually(async () => assert.match(String(await page.evaluate('navigator.clipboard.readText()')), /^id,parent,kind,name,bytes,.*\r\n(?:.*\r\n)*category:photos,,category,Photos and Videos,\d+,/));
  });

  it('saves the choice as a plan, and backs up by it', async () => {
    const { workbench } = desk;
    const { dialogs, notifications, page } = workbench;
    const { entries } = await readLibrary(desk.library);
    await notifications.dismissAll();
    await panel.waitForTick('Photos and Videos', 'true');
    await panel.button('Save as Plan').click();
    await page.locator('.monaco-editor .view-lines', { hasText: 'photos' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'Back Up Now' }).first().waitFor({ state: 'attached' });
    await workbench.runCommand('iPhone: Back Up by This Plan');
    await dialogs.waitForOpen();
    assert.equal(await dialogs.message(), 'Back up a part of Test phone?');
    assert.match(await dialogs.detail(), /It will hold: Photos and Videos\./);
    await dialogs.press('Back Up');
    await notifications.waitFor('Backed up');
    const newest = await checkNewest(desk.library);
    assert.deepEqual([newest.kind, newest.selection, newest.isComplete], ['custom', 'photos', false]);
    assert.ok(!entries.some(({ id }) => id === newest.id), 'no new backup was made');
    assert.deepEqual(filesOf(newest).toSorted(), filesOf(entries[0]!).toSorted());
  });
});
