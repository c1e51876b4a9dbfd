import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkNewest, readLibrary, useDesk } from './support/desk.ts';
import { SmallDisk } from './support/small-disk.ts';

const filler = 'another-program.bin';

describe('a person whose backups go to a disk in trouble', () => {
  let disk: SmallDisk | undefined;
  const desk = useDesk({
    phone: ['--content', 'files=200,bytes=8000000', '--name', 'Test phone'],
    prepare: async (library) => void (disk = await SmallDisk.mount(library, 32)),
    release: async () => disk?.unmount(),
  });

  async function failedBackup(): Promise<string> {
    await desk.workbench.runCommand('iPhone: Back Up Now');
    const words = await desk.workbench.notifications.waitFor('The backup failed.');
    await desk.workbench.statusBar.waitUntilGone('Test phone');
    await desk.workbench.notifications.containing('The backup failed.').getByRole('button', { name: 'Choose Backup Folder' }).waitFor();
    return words;
  }

  it('hears before anything is sent that the disk is too small', async () => {
    const words = await failedBackup();
    assert.match(words, /[\d.]+ MB (are needed|on the disk of the backup folder), and [\d.]+ MB are free\./);
    assert.equal((await readLibrary(desk.library)).entries.length, 0);
  });

  it('hears that the disk became full in the middle, makes room and goes on', async () => {
    const { notifications, statusBar, sideBar } = desk.workbench;
    await notifications.dismissAll();
    await disk?.resize(200);
    await desk.phone.tell('mood rate=400000');
    await desk.workbench.runCommand('iPhone: Back Up Now');
    await statusBar.waitFor(/Test phone \(virtual\): Receiving · .*\/s/);
    await fill(join(desk.library, filler));
    const words = await notifications.waitFor('The backup failed.');
    assert.match(words, /The disk of the backup folder is full\. .*free some space/i);
    await rm(join(desk.library, filler));
    await notifications.dismissAll();
    await desk.phone.tell('mood rate=off');
    await (await sideBar.tree('Backup History')).pressInline('Interrupted backup', 'Resume Backup');
    assert.match(await notifications.waitFor('Backed up'), /Backed up Test phone: 200 files, 8 MB/);
    assert.equal((await checkNewest(desk.library)).files, 200);
  });

  it('hears that the disk is read-only', async () => {
    await desk.workbench.notifications.dismissAll();
    await disk?.setWritable(false);
    assert.match(await failedBackup(), /The backup folder is read-only\..*Choose a folder on a disk that can be written to\./);
    assert.equal((await readLibrary(desk.library)).entries.length, 1);
  });

  it('sees in the history that the folder has vanished, and what to do', async () => {
    const { notifications, sideBar } = desk.workbench;
    await notifications.dismissAll();
    await disk?.unmount();
    disk = undefined;
    await rm(desk.library, { recursive: true, maxRetries: 10 });
    await writeFile(desk.library, 'another file stands where the folder was');
    await desk.workbench.runCommand('iPhone: Refresh');
    await sideBar.waitForWelcome('Backup History', /cannot be read.*choose another folder/s);
    assert.match(await failedBackup(), /choose a folder/i);
  });
});

/** Writes zeros until the disk has no room left. */
async function fill(path: string): Promise<void> {
  await assert.rejects(writeFile(path, Buffer.alloc(220 << 20)), { code: 'ENOSPC' });
}
