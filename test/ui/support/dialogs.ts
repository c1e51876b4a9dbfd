import type { Locator, Page } from 'playwright-core';

/** Modal questions. */
export class Dialogs {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.monaco-dialog-box');
  }

  async waitForOpen(): Promise<void> {
    await this.box.waitFor();
  }

  /** The question in bold. */
  async message(): Promise<string> {
    return (await this.box.locator('.dialog-message-text').innerText()).trim();
  }

  /** The text below the question. */
  async detail(): Promise<string> {
    return (await this.box.locator('.dialog-message-detail').innerText()).trim();
  }

  async buttons(): Promise<string[]> {
    return (await this.box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map((text) => text.trim());
  }

  async press(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await this.box.waitFor({ state: 'hidden' });
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }
}
