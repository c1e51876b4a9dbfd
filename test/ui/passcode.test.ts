import assert from 'node:assert/strict';
import { checkNewest, useDesk } from './support/desk.ts';

describe('a phone that asks for its passcode', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', 'Locked phone', '--mood', 'passcode=ignored'] });

  /** Backs up until the phone waits, and the person is told so in both places. */
  async function beginAndWait(): Promise<void> {
    const { workbench } = desk;
    await workbench.runCommand('iPhone: Back Up Now');
    assert.match(await workbench.notifications.waitFor('Enter the passcode on Locked phone'), /it waits for about/);
    await workbench.statusBar.waitFor('Locked phone (virtual): Enter the passcode on the device');
  }

  it('tells when nobody entered it, and offers to try again', async () => {
    const { notifications, statusBar } = desk.workbench;
    await desk.phone.tell('mood passcodeLimit=12000');
    await beginAndWait();
    const words = await notifications.waitFor('The backup failed.');
    assert.match(words, /The device was locked\. Since iOS 16\.1 each backup needs the passcode.*Try again, and enter the passcode on the device/);
    await statusBar.waitUntilGone('Locked phone');
    await notifications.waitUntilGone('Enter the passcode on Locked phone');
    await desk.phone.tell('mood passcodeLimit=170000');
    await notifications.press('The backup failed.', 'Try Again');
    await statusBar.waitFor('Locked phone (virtual): Enter the passcode on the device');
  });

  it('goes on by itself when it is entered', async () => {
    const { notifications, statusBar } = desk.workbench;
    await statusBar.waitFor('Locked phone (virtual): Enter the passcode on the device');
    await desk.phone.tell('passcode');
    assert.match(await notifications.waitFor('Backed up'), /^Backed up Locked phone/);
    await notifications.waitUntilGone('Enter the passcode on Locked phone');
    await statusBar.waitUntilGone('Locked phone');
    await checkNewest(desk.library);
  });
});
