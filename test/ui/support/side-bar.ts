import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { clickOnce, eventually, insist } from './insist.ts';
import { TreeView } from './tree-view.ts';

/** The activity bar and the views of the open container. */
export class SideBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens a container by the name of its icon in the activity bar. */
  async open(name: string): Promise<void> {
    const tab = this.#page.locator('.activitybar').getByRole('tab', { name });
    // While a window loads, the icon may be said to be chosen before the side bar is there, and the other way round.
    await insist(async (timeout) => {
      if ((await tab.getAttribute('aria-selected', { timeout })) !== 'true') await tab.click({ timeout });
      await this.#page.locator('.part.sidebar .pane').first().waitFor({ timeout });
    });
  }

  /** A section of the container by its title. */
  pane(title: string): Locator {
    return this.#page.locator('.part.sidebar .pane').filter({ has: this.#page.locator('.pane-header .title', { hasText: title }) });
  }

  /** A tree, unfolded if it was folded. */
  async tree(title: string): Promise<TreeView> {
    const pane = this.pane(title);
    const header = pane.locator('.pane-header');
    // The only view of a container has no visible header.
    await insist(async (timeout) => {
      if ((await header.getAttribute('aria-expanded', { timeout })) !== 'false') return;
      await header.click({ timeout });
      await header.and(this.#page.locator('[aria-expanded="true"]')).waitFor({ timeout });
    });
    return new TreeView(this.#page, pane);
  }

  /** What a view says that has nothing to show. */
  welcome(title: string): Locator {
    return this.pane(title).locator('.welcome-view-content');
  }

  /** Waits until a view that has nothing to show says so. */
  async waitForWelcome(title: string, text: RegExp): Promise<void> {
    await eventually(async () => assert.match(await this.welcome(title).innerText(), text));
  }

  /** Presses a button or link of the welcome text. */
  async pressWelcome(title: string, button: string): Promise<void> {
    const content = this.welcome(title);
    await content.getByRole('button', { name: button }).or(content.getByRole('link', { name: button })).first().click();
  }

  /** Presses an icon of a view's title bar. */
  async pressTitle(title: string, action: string): Promise<void> {
    const pane = this.pane(title);
    const header = pane.locator('.pane-header');
    await clickOnce(header.locator('.actions').getByRole('button', { name: action }), (timeout) => header.hover({ timeout }));
  }
}
