import assert from 'node:assert/strict';
import { readLibrary, useDesk } from './support/desk.ts';
import { eventually } from './support/insist.ts';

/** Every markup that the editor knows in one place or another, then far more letters than fit. */
const start = '<img src=x onerror=alert(1)> **bold** [link](command:x) $(trash)';
const name = `${start} ${'x'.repeat(10_000)}`;

describe('a phone with a hostile name', () => {
  const desk = useDesk({ phone: ['--content', 'tiny', '--name', name, '--mood', 'passcode=ignored'] });

  it('is shown as text, shortened, in the trees, the status bar and the notifications', async () => {
    const { workbench } = desk;
    const { statusBar, notifications, sideBar } = workbench;
    await workbench.runCommand('iPhone: Back Up Now');
    const asks = await notifications.waitFor('Enter the passcode on');
    assert.ok(asks.replace('\u200B', '').includes(start.slice(0, 50)), asks);
    await statusBar.waitFor('<img src=x');
    await desk.phone.tell('passcode');
    const told = await notifications.waitFor('Backed up');
    assert.ok(told.startsWith('Backed up <img src=x onerror=alert(1)> **bold**') && told.length < 300, told);
    const devices = await sideBar.tree('Devices');
    assertPlain((await devices.waitFor('<img')).label);
    const history = await sideBar.tree('Backup History');
    assertPlain((await history.waitFor('<img')).label);
    await eventually(async () => {
      const tooltip = (await devices.tooltip('<img')).replace(/\s/g, ' ');
      assert.ok(tooltip.startsWith('<img src=x onerror=alert(1)> **bold** [link](command:x) $(t'), tooltip);
    });
    assert.equal(await workbench.page.locator('img[src="x"], .notification-toast a[data-href^="command:x"]').count(), 0);
    assert.ok((await readLibrary(desk.library)).entries[0]?.deviceName.startsWith(start), 'the folder keeps the name as it is');
  });
});

function assertPlain(label: string): void {
  assert.ok(label.startsWith('<img src=x onerror=alert(1)> **bold**') && label.endsWith('…') && label.length <= 100, label);
}
