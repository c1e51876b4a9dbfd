import type { VirtualIphone } from '../support/virtual-iphone.ts';
import type { Workbench } from '../support/workbench.ts';

export interface Stage {
  readonly workbench: Workbench;
  readonly phone: VirtualIphone;
}

/** A state worth a picture; scenes of one run follow each other in one window. */
export interface Scene {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/** From an untrusted phone to a history, in the order in which a person meets them. */
export const scenes: readonly Scene[] = [
  {
    name: '1-not-trusted',
    play: async ({ workbench }) => {
      await workbench.sideBar.open('iPhone');
      await workbench.sideBar.welcome('Devices');
    },
  },
  {
    name: '2-device',
    play: async ({ workbench }) => {
      await workbench.sideBar.pressWelcome('Devices', 'Pair (Trust)');
      await (await workbench.sideBar.tree('Devices')).waitFor(/iOS/);
    },
  },
  {
    name: '3-palette',
    play: async ({ workbench }) => {
      await workbench.page.keyboard.press('F1');
      await workbench.quickInput.fill('>iPhone: ');
      await workbench.quickInput.rows.first().waitFor();
    },
  },
  {
    name: '4-backing-up',
    play: async ({ workbench }) => {
      await workbench.quickInput.cancel();
      await workbench.runCommand('iPhone: Back Up Now');
      await workbench.statusBar.waitFor(/%|…/);
    },
  },
  {
    name: '5-history',
    play: async ({ workbench }) => {
      await workbench.notifications.waitFor(/./, 180_000);
      const history = await workbench.sideBar.tree('Backup History');
      await history.waitFor(/iPhone/i);
    },
  },
  {
    name: '6-restore',
    play: async ({ workbench }) => {
      await workbench.notifications.dismissAll();
      await workbench.runCommand('iPhone: Restore Backup');
      await workbench.quickInput.rows.first().waitFor();
    },
  },
];
