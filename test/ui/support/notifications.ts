import type { Locator, Page } from 'playwright-core';

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

  /** Waits for a message and answers its whole sentence. */
  async waitFor(text: string | RegExp, timeout = 20_000): Promise<string> {
    const message = this.containing(text).first().locator('.notification-list-item-message');
    await message.waitFor({ timeout });
    return (await message.innerText()).trim();
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    const item = this.containing(text).first();
    await item.hover();
    await item.getByRole('button', { name: button, exact: true }).click();
  }

  async dismissAll(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    const close = this.#page.locator('.notification-toast .codicon-notifications-clear');
    for (let left = await close.count(); left > 0; left = await close.count()) {
      // One that has been read goes away by itself, also just before it is clicked.
      await this.#page.locator('.notification-toast').first().hover({ timeout: 2_000 }).catch(() => undefined);
      await close.first().click({ timeout: 2_000 }).catch(() => undefined);
    }
  }
}
