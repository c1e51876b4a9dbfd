import assert from 'node:assert/strict';
import { checkNewest, readLibrary, useDesk } from './support/desk.ts';
import { eventually } from './support/insist.ts';
import type { TreeRow } from './support/tree-view.ts';

/** Bytes of the phone's files. */
const size = 8_000_000;

/** Half of them come slowly enough to be looked at, then none until somebody does something. */
const slow = ['mood rate=2000000', `mood faults={"kind":"silence","at":{"byte":${size / 2}}}`];
const fast = 'mood rate=off';

describe('a person whose backups are interrupted', () => {
  const desk = useDesk({ phone: ['--content', `files=200,bytes=${size}`, '--name', 'Test phone'] });

  /** Begins a backup that stops in the middle and comes back when some of it has arrived. */
  async function beginSlowly(): Promise<void> {
    const { workbench, phone } = desk;
    await workbench.notifications.dismissAll();
    for (const command of slow) await phone.tell(command);
    await workbench.runCommand('iPhone: Back Up Now (Full)');
    await workbench.statusBar.waitFor(/Test phone \(virtual\): Receiving · .*\/s/);
    await eventually(async () => assert.ok((await keptBytes()) > size / 20));
  }

  async function draftRow(): Promise<TreeRow> {
    const history = await desk.workbench.sideBar.tree('Backup History');
    const row = await history.waitForDescription('Interrupted backup', /resume saves \d.* in \d+ files/);
    assert.ok((await keptBytes()) > size / 20);
    return row;
  }

  /** Bytes of the only draft, as another process reads it. */
  async function keptBytes(): Promise<number> {
    const { drafts } = await readLibrary(desk.library);
    assert.equal(drafts.length, 1);
    return drafts[0]?.bytes ?? 0;
  }

  /** Waits for the end of a backup that went on, and finds all of it in the folder. */
  async function seeItComplete(count: number): Promise<void> {
    const { notifications, sideBar, statusBar } = desk.workbench;
    assert.match(await notifications.waitFor('Backed up'), /Backed up Test phone: 200 files, 8 MB/);
    await statusBar.waitUntilGone('Test phone');
    await (await sideBar.tree('Backup History')).waitUntilGone('Interrupted backup');
    assert.equal((await checkNewest(desk.library)).files, 200);
    const { entries, drafts } = await readLibrary(desk.library);
    assert.deepEqual([entries.length, drafts.length], [count, 0]);
  }

  it('cancels by the status bar and goes on by the row of the draft', async () => {
    const { statusBar, quickInput, notifications, sideBar } = desk.workbench;
    await beginSlowly();
    await statusBar.click('Test phone');
    await quickInput.pick('Cancel');
    await notifications.waitFor('Backup cancelled. The next one goes on from what has arrived.');
    await statusBar.waitUntilGone('Test phone');
    await draftRow();
    await notifications.dismissAll();
    await desk.phone.tell(fast);
    await (await sideBar.tree('Backup History')).pressInline('Interrupted backup', 'Resume Backup');
    await seeItComplete(1);
  });

  it('pulls the cable, is told what to do, and goes on with the next backup', async () => {
    const { workbench, phone } = desk;
    await beginSlowly();
    await phone.tell('detach');
    const words = await workbench.notifications.waitFor('The backup failed.');
    assert.match(words, /connect/i);
    await workbench.sideBar.waitForWelcome('Devices', /No iPhone or iPad is connected/);
    await draftRow();
    await workbench.notifications.dismissAll();
    await phone.tell(fast);
    await phone.tell('attach');
    await (await workbench.sideBar.tree('Devices')).waitFor('Test phone');
    await workbench.runCommand('iPhone: Resume Backup');
    await seeItComplete(2);
  });

  it('reloads the window in the middle and is offered to go on', async () => {
    const { workbench, phone } = desk;
    await beginSlowly();
    await workbench.reload();
    await workbench.sideBar.open('iPhone');
    await workbench.notifications.waitFor('The last backup of Test phone was interrupted. It can go on from what has arrived.');
    await draftRow();
    await phone.tell(fast);
    await workbench.notifications.press('The last backup of Test phone was interrupted', 'Resume Backup');
    await seeItComplete(3);
  });
});
