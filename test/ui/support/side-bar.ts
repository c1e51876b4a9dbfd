import type { Locator, Page } from 'playwright-core';
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
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.#page.locator('.part.sidebar .pane').first().waitFor();
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
    await header.waitFor({ state: 'attached' });
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return new TreeView(this.#page, pane);
  }

  /** Text of a view that has nothing to show. */
  async welcome(title: string): Promise<string> {
    const content = this.pane(title).locator('.welcome-view-content');
    await content.waitFor();
    return content.innerText();
  }

  /** Presses a button or link of the welcome text. */
  async pressWelcome(title: string, button: string): Promise<void> {
    const content = this.pane(title).locator('.welcome-view-content');
    await content.getByRole('button', { name: button }).or(content.getByRole('link', { name: button })).first().click();
  }

  /** Presses an icon of a view's title bar. */
  async pressTitle(title: string, action: string): Promise<void> {
    const pane = this.pane(title);
    await pane.locator('.pane-header').hover();
    await pane.locator('.pane-header .actions').getByRole('button', { name: action }).click();
  }
}
