import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryEntry } from '../../src/library/types.ts';
import { checkNewest, useDesk } from './support/desk.ts';
import { EstimatePanel } from './support/estimate-panel.ts';
import { eventually } from './support/insist.ts';

const text = `# Mine
version: 1
notes: weekly
include:
  # dear people
  - contacts # all of them
  - path:HomeDomain/Library/Calendar/
`;

/** Files of a backup as its manifest has them: `domain/path`. */
function filesOf({ path, udid }: HistoryEntry): string[] {
  const manifest = new DatabaseSync(join(path, udid, 'Manifest.db'), { readOnly: true });
  try {
    return manifest.prepare('SELECT domain, relativePath FROM Files WHERE flags = 1').all().map(({ domain, relativePath }) => `${String(domain)}/${String(relativePath)}`);
  } finally {
    manifest.close();
  }
}

describe('a person with a choice of their own', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', 'Test phone'] });
  let folder: string;
  let plan: string;
  let panel: EstimatePanel;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'));
    plan = join(folder, 'mine.iphone-backup.yaml');
    await writeFile(plan, text);
    panel = new EstimatePanel(desk.workbench.page);
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  it('writes it in the words of plans, beginning with what was ticked, and is told of a slip before it is taken', async () => {
    const { workbench } = desk;
    const { quickInput, dialogs, notifications } = workbench;
    await workbench.runCommand('iPhone: Custom Backup…');
    await quickInput.tick('Contacts');
    await quickInput.fill('Write It');
    await quickInput.labelled('Write It Yourself…').click();
    await quickInput.waitForMessage('What to keep, joined by commas');
    assert.equal(await quickInput.input.inputValue(), 'contacts');
    await quickInput.input.press('End');
    await quickInput.input.pressSequentially(', fotos');
    await quickInput.waitForMessage('There is no category “fotos”; “photos” was probably meant.');
    await quickInput.accept();
    await quickInput.waitForMessage('There is no category “fotos”');
    await quickInput.fill('contacts, path:CameraRollDomain/Media/DCIM/ where size>=1kB and after 2001-01-01, except videos');
    await quickInput.waitForMessage('What to keep, joined by commas');
    await quickInput.accept();
    await dialogs.waitForOpen();
    const detail = await dialogs.detail();
    assert.match(detail, /It will hold: Contacts and CameraRollDomain\/Media\/DCIM\/ \(from 2001-01-01, at least 1,000 bytes\)\./);
    assert.match(detail, /It will not hold: Videos\./);
    await dialogs.press('Back Up');
    await notifications.waitFor('Backed up');
    const entry = await checkNewest(desk.library);
    const files = filesOf(entry);
    assert.equal(entry.kind, 'custom');
    assert.ok(files.some((file) => /DCIM\/.*\.HEIC$/i.test(file)) && files.some((file) => file.endsWith('/AddressBook.sqlitedb')), files.join('\n'));
    assert.deepEqual(files.filter((file) => !/^(CameraRollDomain\/Media\/DCIM|HomeDomain\/Library\/AddressBook)\//.test(file) || /\.(mov|mp4)$/i.test(file)), []);
  });

  it('opens a plan, sees it ticked in the estimate, and changes it there by mouse and by keyboard', async () => {
    const { workbench } = desk;
    const { quickInput, notifications, page } = workbench;
    await notifications.dismissAll();
    await workbench.runCommand('iPhone: Back Up Now');
    await notifications.waitFor('Backed up');
    await notifications.dismissAll();
    await workbench.runCommand('File: Open File...');
    await quickInput.answer(plan);
    await page.locator('.monaco-editor .view-lines', { hasText: 'dear' }).waitFor();
    await workbench.runCommand('iPhone: Estimate This Plan');
    await panel.waitUntilComplete();
    await panel.waitForTick('Contacts', 'true');
    await panel.waitForTick('Messages', 'false');
    await panel.content.locator('.remarks').filter({ hasText: 'No line stands here for these parts of the plan' }).waitFor();
    await panel.tick('Messages');
    await panel.waitForTick('Messages', 'true');
    await panel.grid.focus();
    await panel.moveToRow('Photos and Videos');
    await panel.press(panel.grid, ' ');
    await panel.waitForTick('Photos and Videos', 'true');
  });

  it('finds the way back into that plan after the window was reloaded, with its comments and its order', async () => {
    const { workbench } = desk;
    const { page } = workbench;
    await workbench.reloadWindow();
    await panel.waitForTick('Photos and Videos', 'true');
    await panel.waitUntilComplete();
    await panel.content.locator('.remarks').filter({ hasText: 'No line stands here for these parts of the plan' }).waitFor();
    const save = panel.button('Save as Plan');
    assert.equal(await save.getAttribute('title'), 'Writes the ticks into mine.iphone-backup.yaml');
    await save.press('Enter');
    const editor = page.locator('.monaco-editor .view-lines', { hasText: 'messages' });
    await editor.waitFor();
    assert.equal(await page.locator('.tab', { hasText: 'Untitled' }).count(), 0, 'no new plan');
    await workbench.runCommand('File: Save');
    await eventually(async () => {
      const lines = (await readFile(plan, 'utf8')).trim().split('\n').map((line) => line.trim());
      assert.deepEqual(lines.slice(0, 7), ['# Mine', 'version: 1', 'notes: weekly', 'include:', '# dear people', '- contacts # all of them', '- path:HomeDomain/Library/Calendar/']);
      assert.deepEqual(lines.slice(7).toSorted(), ['- messages', '- photos']);
    });
  });
});
