import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A webview in the editor area. */
export class Panel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The page inside the two frames that the editor puts around it. */
  get content(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  tab(title: string | RegExp): Locator {
    return this.#page.locator('.tabs-container .tab').filter({ hasText: title });
  }

  async waitForTab(title: string | RegExp): Promise<void> {
    await this.tab(title).waitFor();
  }
}
