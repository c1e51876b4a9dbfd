import type { Locator, Page } from 'playwright-core';
import { clickOnce, eventually, patience } from './insist.ts';

/** Messages in the lower right corner. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  containing(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast .notification-list-item').filter({ hasText: text });
  }

  async texts(): Promise<string[]> {
    return this.#page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** Waits for a message and answers its whole sentence. `timeout` in ms where a person would wait longer than usual. */
  async waitFor(text: string | RegExp, timeout = patience): Promise<string> {
    const message = this.containing(text).first().locator('.notification-list-item-message');
    return (await message.innerText({ timeout })).trim();
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.containing(text).first().waitFor({ state: 'detached' });
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    const item = this.containing(text).first();
    await clickOnce(item.getByRole('button', { name: button, exact: true }), (timeout) => item.hover({ timeout }));
  }

  async dismissAll(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    const close = this.#page.locator('.notification-toast .codicon-notifications-clear');
    // One that has been read goes away by itself, also just before it is clicked.
    await eventually(async () => {
      while ((await close.count()) > 0) {
        await this.#page.locator('.notification-toast').first().hover({ timeout: 2_000 });
        await close.first().click({ timeout: 2_000 });
      }
    });
  }
}
