import assert from 'node:assert/strict';
import { checkNewest, useDesk } from './support/desk.ts';

const password = 'correct horse 7 battery';

describe('a person who wants encrypted backups', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', 'Secret phone'] });

  it('chooses a password, hidden and typed twice, and sees the lock in the history', async () => {
    const { workbench } = desk;
    const { quickInput, sideBar, notifications } = workbench;
    await workbench.runCommand('iPhone: Encrypted Backup');
    await quickInput.waitForMessage('New backup password for Secret phone');
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await quickInput.answer(password);
    await quickInput.waitForMessage('The same password once more.');
    await quickInput.answer('something else');
    await quickInput.waitForMessage('The two passwords differ.');
    await quickInput.answer(password);
    await quickInput.pick('Ask each time');
    assert.match(await notifications.waitFor('Backed up'), /Encrypted\./);
    const history = await sideBar.tree('Backup History');
    await history.expand('Secret phone');
    await history.waitForDescription(/Full/i, /· encrypted$/);
    await history.row(/Full/i).locator('.codicon-lock').waitFor();
    assert.equal((await checkNewest(desk.library)).isEncrypted, true);
  });

  it('is refused with a wrong password in words, and restores with the right one', async () => {
    const { quickInput, dialogs, notifications, sideBar } = desk.workbench;
    await notifications.dismissAll();
    const history = await sideBar.tree('Backup History');
    await history.pressInline(/Full/i, 'Restore Backup');
    await quickInput.pick('Put the backup over what is there');
    await quickInput.rows.filter({ hasText: 'Restart at the end' }).waitFor();
    await quickInput.accept();
    await quickInput.waitForMessage('Password of the backup Secret phone');
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await quickInput.answer('a wrong password');
    await quickInput.waitForMessage('This password does not open the backup.');
    await quickInput.answer(password);
    await quickInput.pick('Ask each time');
    await dialogs.waitForOpen();
    assert.equal(await dialogs.message(), 'Restore this backup to Secret phone (virtual)?');
    await dialogs.press('Restore');
    await notifications.waitFor('to Secret phone. It has restarted and is back.');
  });
});
