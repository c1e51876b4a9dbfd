import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkNewest, useDesk } from './support/desk.ts';
import { eventually } from './support/insist.ts';

const password = 'correct horse 7 battery';

describe('a person who wants only a part', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', 'Test phone'] });

  it('ticks categories, reads what that means, and gives the password of an encrypted phone before it begins', async () => {
    const { workbench } = desk;
    const { quickInput, notifications, dialogs } = workbench;
    await workbench.runCommand('iPhone: Set Backup Encryption');
    await quickInput.answer(password);
    await quickInput.waitForMessage('The same password once more.');
    await quickInput.answer(password);
    await quickInput.pick('Ask each time');
    await notifications.waitFor('are encrypted from now on.');
    await notifications.dismissAll();
    await workbench.runCommand('iPhone: Custom Backup…');
    await quickInput.tick('Messages');
    await quickInput.tick('Contacts');
    await quickInput.accept();
    await dialogs.waitForOpen();
    assert.match(await dialogs.detail(), /It will hold: (Contacts and Messages|Messages and Contacts)\./);
    await dialogs.press('Back Up');
    await quickInput.waitForMessage('Backup password of Test phone');
    await quickInput.answer(password);
    await notifications.waitFor('Backed up');
    const { kind, isEncrypted, isComplete, path } = await checkNewest(desk.library);
    assert.deepEqual([kind, isEncrypted, isComplete], ['custom', true, false], path);
  });

  it('sees in the history what it holds, and restores it without a word of deleting', async () => {
    const { quickInput, dialogs, sideBar } = desk.workbench;
    await desk.workbench.notifications.dismissAll();
    const history = await sideBar.tree('Backup History');
    await history.waitForDescription('custom', /^custom · only (Contacts and Messages|Messages and Contacts) · /);
    await eventually(async () => assert.match((await history.tooltip('custom')).replaceAll(/\s/g, ' '), /Lacks \d+ files, .* that the device sent/));
    await history.pressInline('custom', 'Restore Backup');
    await quickInput.rows.filter({ hasText: 'Restart at the end' }).waitFor();
    await quickInput.accept();
    await quickInput.waitForMessage('Password of the backup Test phone');
    await quickInput.answer(password);
    await quickInput.pick('Ask each time');
    await dialogs.waitForOpen();
    assert.match(await dialogs.detail(), /It is a custom backup .* What it does not hold stays on the device as it is\./);
    assert.doesNotMatch(await dialogs.detail(), /DELETED/);
    await dialogs.cancel();
  });

  it('copies photos and videos as files, and finds them there', async () => {
    const { workbench } = desk;
    const { quickInput, notifications } = workbench;
    await workbench.runCommand('iPhone: Copy Photos and Videos…');
    await quickInput.pick('All photos and videos');
    await quickInput.pick('Beside the backups');
    const told = await notifications.waitFor('Copied');
    const count = Number(/^Copied (\d+) photos and videos, .*B\.$/.exec(told)?.[1]);
    const [device = ''] = (await readdir(desk.library)).filter((name) => /^[\dA-F]{8}-/.test(name));
    const files = (await readdir(join(desk.library, device, 'media'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && /\.(heic|jpg|mov|png|mp4|aae)$/i.test(entry.name));
    assert.ok(count > 0 && files.length === count, `${told} ${files.length} files`);
  });
});
