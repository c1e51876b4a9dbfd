import type { Locator, Page } from 'playwright-core';
import { hoverText } from './hover.ts';

/** The row at the bottom of the window. */
export class StatusBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Items that contain `text` in what is shown or spoken. */
  item(text: string | RegExp): Locator {
    const items = this.#page.locator('.statusbar .statusbar-item');
    return items.filter({ hasText: text }).or(items.filter({ has: this.#page.getByLabel(text) })).first();
  }

  /** Texts of all items, without icons. */
  async texts(): Promise<string[]> {
    const texts = await this.#page.locator('.statusbar .statusbar-item').allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Waits until an item reads like `text`, and answers what it reads. */
  async waitFor(text: string | RegExp): Promise<string> {
    const item = this.item(text);
    await item.waitFor();
    return (await item.innerText()).trim();
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.item(text).waitFor({ state: 'hidden' });
  }

  async click(text: string | RegExp): Promise<void> {
    await this.item(text).locator('a').first().click();
  }

  /** The hover text of an item. */
  async tooltip(text: string | RegExp): Promise<string> {
    return hoverText(this.#page, this.item(text));
  }
}
