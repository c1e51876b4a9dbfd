import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagedExtension } from './support/packaged-extension.ts';
import { VirtualIphone } from './support/virtual-iphone.ts';
import { openWorkbench, type Workbench } from './support/workbench.ts';

describe('a person with a phone on the cable', () => {
  let library: string;
  let phone: VirtualIphone;
  let workbench: Workbench;

  before(async () => {
    library = await mkdtemp(join(tmpdir(), 'library-'));
    phone = await VirtualIphone.start(['--content', 'tiny', '--name', 'Test phone']);
    workbench = await openWorkbench({
      vsix: await packagedExtension(),
      environment: { USBMUXD_SOCKET_ADDRESS: phone.address },
      settings: { 'iphoneBackup.library.folder': library },
    });
  });

  after(async () => {
    await workbench?.close();
    await phone?.stop();
    await rm(library, { recursive: true, force: true });
  });

  afterEach(async function picture() {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`test-results/ui/${this.currentTest.title}.png`);
  });

  it('trusts the computer from the side bar', async () => {
    await workbench.sideBar.open('iPhone');
    await workbench.sideBar.pressWelcome('Devices', 'Pair (Trust)');
    const devices = await workbench.sideBar.tree('Devices');
    assert.match((await devices.waitFor('Test phone')).description, /iOS/);
  });

  it('backs up by the palette and finds the entry in the history', async () => {
    await workbench.runCommand('iPhone: Back Up Now');
    const history = await workbench.sideBar.tree('Backup History');
    await history.expand('Test phone');
    assert.equal((await history.waitFor(/Full/i, 60_000)).level, 2);
  });
});
