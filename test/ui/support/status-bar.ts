import type { Locator, Page } from 'playwright-core';

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
  async waitFor(text: string | RegExp, timeout = 20_000): Promise<string> {
    const item = this.item(text);
    await item.waitFor({ timeout });
    return (await item.innerText()).trim();
  }

  async waitUntilGone(text: string | RegExp, timeout = 20_000): Promise<void> {
    await this.item(text).waitFor({ state: 'hidden', timeout });
  }

  async click(text: string | RegExp): Promise<void> {
    await this.item(text).locator('a').first().click();
  }

  /** The hover text of an item. */
  async tooltip(text: string | RegExp): Promise<string> {
    await this.item(text).hover();
    const hover = this.#page.locator('.workbench-hover').last();
    await hover.waitFor();
    return hover.innerText();
  }
}
