import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEntry } from '../../src/library/types.ts';
import { backUpByCommandLine, checkNewest, readLibrary, useDesk } from './support/desk.ts';

/** The checksums of the phone's own files, by their names in a backup. */
async function checksums({ path }: HistoryEntry): Promise<Map<string, string>> {
  const lines = (await readFile(join(path, 'checksums.sha256'), 'utf8')).trim().split('\n');
  const files = lines.map((line) => /^([\da-f]{64}) [ *].*\/([\da-f]{40})$/.exec(line)).filter((match) => match !== null);
  return new Map(files.map(([, sum = '', name = '']) => [name, sum]));
}

describe('a person with two phones on the cable', () => {
  const desk = useDesk({
    phone: ['--content', 'files=200,bytes=6000000', '--name', 'Test phone', '--devices', '2'],
    tell: ['2 detach'],
  });

  it('trusts the computer from the side bar', async () => {
    const { sideBar, notifications } = desk.workbench;
    await sideBar.pressWelcome('Devices', 'Pair (Trust)');
    await notifications.waitFor('Test phone trusts this computer now.');
    await (await sideBar.tree('Devices')).waitForDescription('Test phone', /^virtual · .*iOS 18\.5 · USB · no backup yet$/);
  });

  it('backs up by the palette, watches it in the status bar and finds the entry in the history', async () => {
    const { workbench } = desk;
    await desk.phone.tell('mood rate=400000');
    await workbench.runCommand('iPhone: Back Up Now');
    await workbench.statusBar.waitFor(/Test phone \(virtual\): Receiving · \d+%/);
    await desk.phone.tell('mood rate=off');
    assert.match(await workbench.notifications.waitFor('Backed up'), /^Backed up Test phone: 200 files, 6 MB, in \d+ (?:sec|min)[^.]*\.$/);
    await workbench.statusBar.waitUntilGone('Test phone');
    const history = await workbench.sideBar.tree('Backup History');
    await history.expand('Test phone');
    const row = await history.waitForDescription(/Full/i, /^full · 6 MB · not encrypted$/i);
    assert.equal(row.level, 2);
    assert.equal((await checkNewest(desk.library)).files, 200);
  });

  it('restores it from the tree to the other phone, which restarts', async () => {
    const { quickInput, dialogs, notifications, sideBar } = desk.workbench;
    await notifications.dismissAll();
    await desk.phone.tell('2 attach');
    const devices = await sideBar.tree('Devices');
    await devices.waitFor('Test phone 2');
    const [entry] = (await readLibrary(desk.library)).entries;
    assert.ok(entry);
    const history = await sideBar.tree('Backup History');
    await history.pressInline(/Full/i, 'Restore Backup');
    await quickInput.pick('Test phone 2');
    await quickInput.pick('Make the device exactly like the backup');
    await quickInput.rows.filter({ hasText: 'Restart at the end' }).waitFor();
    await quickInput.accept();
    await dialogs.waitForOpen();
    assert.equal(await dialogs.message(), 'Restore this backup to Test phone 2 (virtual)?');
    const detail = await dialogs.detail();
    for (const words of ['Backup: Test phone ·', 'It holds 200 files, 6 MB.', 'does not hold is DELETED', 'restarts at the end']) assert.ok(detail.includes(words), detail);
    await Promise.all([devices.waitUntilGone('Test phone 2'), dialogs.press('Restore')]);
    assert.match(await notifications.waitFor('Restored'), /^Restored \d+ files, .* to Test phone 2\. It has restarted and is back\.$/);
    await devices.waitFor('Test phone 2');
    await assertHolds(entry);
  });

  /** Asks the second phone for a backup and finds every file of `entry` in it. */
  async function assertHolds(entry: HistoryEntry): Promise<void> {
    const { udid } = JSON.parse(await desk.phone.tell('2 status')) as { udid: string };
    const other = await mkdtemp(join(tmpdir(), 'library-'));
    try {
      const held = await checksums(await backUpByCommandLine(desk.phone, udid, other));
      const wanted = await checksums(entry);
      assert.ok(wanted.size >= 200, `${wanted.size} files`);
      for (const [name, sum] of wanted) assert.equal(held.get(name), sum, name);
    } finally {
      await rm(other, { recursive: true, force: true, maxRetries: 10 });
    }
  }
});
