import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Panel } from './panel.ts';

/** The report of a diagnosis as a person sees it. */
export class ReportPanel {
  readonly #panel: Panel;

  constructor(page: Page) {
    this.#panel = new Panel(page);
  }

  get content(): FrameLocator {
    return this.#panel.content;
  }

  get headline(): Locator {
    return this.content.getByRole('heading', { level: 1 });
  }

  /** The cards of what is to be done, not the lines of what is good to know. */
  get cards(): Locator {
    return this.content.locator('.finding');
  }

  card(sentence: string | RegExp): Locator {
    return this.cards.filter({ has: this.content.getByRole('heading', { name: sentence, level: 2 }) });
  }

  /** Waits until nothing is looked at any more. */
  async waitUntilComplete(): Promise<void> {
    await this.content.locator('main[aria-busy="false"]').waitFor();
  }

  async press(sentence: string | RegExp, button: string): Promise<void> {
    await this.card(sentence).getByRole('button', { name: button, exact: true }).click();
  }
}
