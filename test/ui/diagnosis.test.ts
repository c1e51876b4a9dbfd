import assert from 'node:assert/strict';
import { checkNewest, enableEncryption, readLibrary, useDesk } from './support/desk.ts';
import { eventually } from './support/insist.ts';
import { ReportPanel } from './support/report-panel.ts';
import { SmallDisk } from './support/small-disk.ts';


describe('a person whose backups fail', () => {
  let disk: SmallDisk | undefined;
  const desk = useDesk({
    phone: ['--content', 'files=200,bytes=8000000', '--name', 'Test phone'],
    prepare: async (library) => void (disk = await SmallDisk.mount(library, 32)),
    release: async () => disk?.unmount(),
  });
  let report: ReportPanel;

  before(() => {
    report = new ReportPanel(desk.workbench.page);
  });

  /** Goes from the notification of a failure to its card, which stands first. */
  async function findTheCause(title: string, sentence: RegExp): Promise<void> {
    const { notifications } = desk.workbench;
    assert.match(await notifications.waitFor(title), sentence);
    await notifications.press(title, 'Find the Cause');
    // The page may still show what was found after the run before.
    await report.cards.first().filter({ hasText: sentence }).waitFor();
    await report.waitUntilComplete();
    await notifications.dismissAll();
    assert.match(await report.cards.first().innerText(), sentence);
    await report.cards.first().locator('button.primary').waitFor();
  }

  async function seeBackedUp(): Promise<void> {
    const { notifications, sideBar } = desk.workbench;
    assert.match(await notifications.waitFor('Backed up'), /Backed up Test phone: 200 files, 8 MB/);
    await notifications.dismissAll();
    await (await sideBar.tree('Backup History')).waitUntilGone('Last run failed');
    assert.equal((await checkNewest(desk.library)).files, 200);
  }

  it('sees on the row of the phone, before any backup, that the disk is too small', async () => {
    const { sideBar } = desk.workbench;
    await sideBar.pressWelcome('Devices', 'Pair (Trust)');
    await (await sideBar.tree('Devices')).waitForDescription('Test phone', /^virtual · Disk too full · .*iOS 18\.5 · USB/);
  });

  it('finds the card of a full disk, whose button opens the choice of a folder', async () => {
    const { workbench } = desk;
    await workbench.runCommand('iPhone: Back Up Now');
    await findTheCause('The backup failed.', /free/);
    await report.headline.filter({ hasText: 'Why the backup failed' }).waitFor();
    await report.press(/free/, 'Choose Backup Folder');
    await workbench.quickInput.waitForOpen();
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitForClosed();
  });

  it('finds the same run in the history, with its cause and the button of the best step, and makes the check alone again', async () => {
    const { quickInput, sideBar } = desk.workbench;
    const history = await sideBar.tree('Backup History');
    await history.waitForDescription('Last run failed', /^Disk too full · /);
    await history.pressInline('Last run failed', 'Choose Backup Folder');
    await quickInput.waitForOpen();
    await quickInput.cancel();
    await quickInput.waitForClosed();
    await disk?.resize(400);
    await history.pressInline('Last run failed', 'Diagnose');
    await report.waitUntilComplete();
    assert.match(await report.cards.first().innerText(), /free/);
  });

  it('reads after a reload of the window why that run failed, with the figures of then', async () => {
    const { workbench } = desk;
    const tellsWhy = /Cause[\s\S]*needs\sabout[\s\S]*free[\s\S]*Evidence[\s\S]*host\.no-space[\s\S]*What\sto\sdo[\s\S]*larger\sdisk/;
    assert.match(await (await workbench.sideBar.tree('Backup History')).tooltip('Last run failed'), tellsWhy);
    await workbench.reloadWindow();
    assert.match(await (await workbench.sideBar.tree('Backup History')).tooltip('Last run failed'), tellsWhy);
  });

  it('finds the card of a passcode that nobody entered, and tries again from there', async () => {
    const { workbench, phone } = desk;
    await phone.tell('mood passcode=ignored');
    await phone.tell('mood passcodeLimit=3000');
    await workbench.runCommand('iPhone: Back Up Now');
    await findTheCause('The backup failed.', /The device was locked\./);
    await phone.tell('mood passcodeLimit=60000');
    await report.press('The device was locked.', 'Try Again');
    await workbench.statusBar.waitFor('Test phone (virtual): Enter the passcode on the device');
    await phone.tell('passcode');
    await seeBackedUp();
    await phone.tell('mood passcode=none');
  });

  it('finds the card of a pulled cable, puts it in again and goes on', async () => {
    const { workbench, phone } = desk;
    await phone.tell('mood faults={"kind":"silence","at":{"byte":4000000}}');
    await workbench.runCommand('iPhone: Back Up Now (Full)');
    await workbench.statusBar.waitFor('Test phone (virtual): Receiving');
    await phone.tell('detach');
    await findTheCause('The backup failed.', /connect|cable/i);
    await phone.tell('attach');
    await (await workbench.sideBar.tree('Devices')).waitFor('Test phone');
    await report.cards.first().getByRole('button', { name: 'Try Again' }).click();
    await seeBackedUp();
    assert.equal((await readLibrary(desk.library)).entries.length, 2);
  });

  it('reads that backups are not encrypted, and begins to set a password from there', async () => {
    const { workbench } = desk;
    await workbench.runCommand('iPhone: Diagnose Backup Problems');
    await report.headline.filter({ hasText: 'Ready to back up' }).waitFor();
    const note = report.content.locator('.note').filter({ hasText: /Backups of this device are not encrypted/ });
    await note.locator('summary').first().click();
    await note.getByRole('button', { name: 'Set Backup Password' }).click();
    await workbench.quickInput.waitForMessage('Test phone');
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitForClosed();
  });

  it('finds the card of a wrong password, and is asked for another one', async () => {
    const { workbench, phone } = desk;
    const { quickInput } = workbench;
    await enableEncryption(phone, 'the right password 1');
    await workbench.runCommand('iPhone: Refresh');
    await workbench.runCommand('iPhone: Change Backup Encryption Password');
    await quickInput.waitForMessage('Test phone');
    await quickInput.answer('a wrong password');
    for (const message of ['New backup password', 'The same password once more.']) {
      await quickInput.waitForMessage(message);
      await quickInput.answer('another password 2');
    }
    await quickInput.pick('Ask each time');
    await findTheCause('The backup encryption was not changed.', /The backup password is wrong\./);
    await report.press('The backup password is wrong.', 'Try Again');
    await quickInput.waitForMessage('Test phone');
    await quickInput.cancel();
  });

  /** Opens the page of a note, which begins with its paragraph. */
  async function readMore(note: RegExp, heading: string): Promise<void> {
    const { page } = desk.workbench;
    const line = report.content.locator('.note').filter({ hasText: note });
    await line.locator('summary').first().click();
    await line.getByRole('button', { name: 'Read More' }).click();
    await page.locator('.tab', { hasText: heading }).waitFor();
    const shown = page.locator('iframe.webview.ready').filter({ visible: true }).contentFrame().frameLocator('iframe#active-frame');
    assert.equal((await shown.locator('h2').first().innerText()).trim(), heading);
  }

  it('sees that all is well, and reads everything in one page without a network', async () => {
    const { workbench } = desk;
    await workbench.runCommand('iPhone: Diagnose Backup Problems');
    await report.headline.filter({ hasText: 'Ready to back up' }).waitFor();
    await report.content.getByRole('button', { name: 'Back Up Now' }).waitFor();
    await readMore(/asks for its passcode at the start of each backup/, 'Passcode at each backup');
    await workbench.runCommand('iPhone: Why Do Backups Fail?');
    await workbench.quickInput.pick('Everything on one page');
    await workbench.page.locator('.tab', { hasText: 'Why Do Backups Fail?' }).waitFor();
    const page = workbench.page.locator('iframe.webview.ready').filter({ visible: true }).contentFrame().frameLocator('iframe#active-frame');
    const fold = page.locator('details', { hasText: 'On Windows' }).first();
    await fold.locator('summary').click();
    await fold.getByText('services.msc').waitFor();
  });

  it('reads the support bundle, which does not name the phone, before it is saved', async () => {
    const { workbench } = desk;
    await workbench.page.locator('.tab', { hasText: 'Diagnosis: Test phone' }).click();
    await report.content.getByRole('button', { name: 'Save Support Bundle…' }).click();
    await workbench.notifications.waitFor('This is all that the support bundle holds.');
    const text = workbench.page.locator('.monaco-editor .view-lines').first();
    await text.filter({ hasText: 'versions.json' }).waitFor();
    const bundle = await eventually(async () => {
      await text.click();
      await workbench.page.keyboard.press('ControlOrMeta+A');
      await workbench.page.keyboard.press('ControlOrMeta+C');
      const copied = String(await workbench.page.evaluate('navigator.clipboard.readText()'));
      assert.match(copied, /versions\.json/);
      return copied;
    });
    for (const part of ['versions.json', 'findings.json', 'history.json', 'log.txt', 'mb.208']) assert.ok(bundle.includes(part), part);
    for (const part of ['Test phone', desk.library]) assert.ok(!bundle.includes(part), part);
  });
});
