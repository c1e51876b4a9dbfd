import { EstimatePanel } from '../support/estimate-panel.ts';
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

/** Days that pass between the first backup and the estimate. */
export const daysBehind = 9;

/** From an untrusted phone to a history, in the order in which a person meets them. */
export const scenes: readonly Scene[] = [
  {
    name: '1-not-trusted',
    play: async ({ workbench }) => {
      await workbench.sideBar.open('iPhone');
      await workbench.sideBar.welcome('Devices').waitFor();
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
    name: '6-estimate',
    play: async ({ workbench, phone }) => {
      await workbench.notifications.dismissAll();
      await phone.tell(`advance ${daysBehind}`);
      await (await workbench.sideBar.tree('Devices')).pressInline(/iPhone/, 'Estimate Backup Size');
      await new EstimatePanel(workbench.page).waitUntilComplete();
      await workbench.page.locator('.part.statusbar').hover();
    },
  },
  {
    name: '7-choice',
    play: async ({ workbench }) => {
      const panel = new EstimatePanel(workbench.page);
      await panel.tick('Photos and Videos');
      await panel.row('Apps').locator('.twistie').click();
      await panel.waitForTick('Photos and Videos', 'false');
    },
  },
  {
    name: '8-custom-backup',
    play: async ({ workbench }) => {
      await workbench.runCommand('iPhone: Custom Backup…');
      await workbench.quickInput.rows.filter({ hasText: /MB/ }).first().waitFor();
    },
  },
  {
    name: '9-restore',
    play: async ({ workbench }) => {
      await workbench.quickInput.cancel();
      await (await workbench.sideBar.tree('Backup History')).pressInline(/full/i, 'Restore Backup');
      await workbench.quickInput.rows.first().waitFor();
    },
  },
  {
    name: '10-restore-question',
    play: async ({ workbench }) => {
      await workbench.quickInput.pick('Put the backup over what is there');
      await workbench.quickInput.rows.filter({ hasText: 'Restart at the end' }).waitFor();
      await workbench.quickInput.accept();
      await workbench.dialogs.waitForOpen();
    },
  },
  {
    name: '11-history',
    play: async ({ workbench }) => {
      const { dialogs, notifications, page } = workbench;
      await dialogs.cancel();
      await workbench.runCommand('iPhone: Back Up Now');
      await notifications.waitFor('Backed up', 180_000);
      await notifications.dismissAll();
      await new EstimatePanel(page).button('Back Up Selection').click();
      await dialogs.press('Back Up');
      await notifications.waitFor('Backed up', 180_000);
      await notifications.dismissAll();
      await (await workbench.sideBar.tree('Backup History')).waitFor('custom');
      await page.locator('.part.sidebar').hover();
    },
  },
];
