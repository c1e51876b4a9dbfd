import type { Locator, Page } from 'playwright-core';
import { insist } from './insist.ts';

/** Quick picks and input boxes; there is one at a time. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.quick-input-widget');
  }

  get input(): Locator {
    return this.box.locator('.quick-input-filter input');
  }

  get rows(): Locator {
    return this.box.locator('.quick-input-list .monaco-list-row');
  }

  async waitForOpen(): Promise<void> {
    await this.input.waitFor({ state: 'visible' });
  }

  async waitForClosed(): Promise<void> {
    await this.box.waitFor({ state: 'hidden' });
  }

  /** Title above the box, `''` without one. */
  async title(): Promise<string> {
    await this.waitForOpen();
    return (await this.box.locator('.quick-input-title').innerText()).trim();
  }

  /** Sentence of an input box: prompt, strength hint or what is wrong with the value. */
  async message(): Promise<string> {
    await this.waitForOpen();
    return (await this.box.locator('.quick-input-message').innerText()).trim();
  }

  /** Waits until the sentence of an input box contains `text`. */
  async waitForMessage(text: string): Promise<void> {
    await this.box.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  async fill(text: string): Promise<void> {
    await this.waitForOpen();
    await this.input.fill(text);
  }

  /** Fills an input box and confirms it. */
  async answer(text: string): Promise<void> {
    await this.fill(text);
    await this.accept();
  }

  /** Presses Enter in the box, wherever the focus was. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
  }

  /** Labels of the rows on the screen. */
  async labels(): Promise<string[]> {
    await this.rows.first().waitFor();
    return this.rows.locator('.label-name').allInnerTexts();
  }

  /** Chooses the row whose label is `label`, or contains it where no label equals it. */
  async pick(label: string): Promise<void> {
    await this.row(label).waitFor();
    const exact = this.labelled(label);
    await ((await exact.count()) > 0 ? exact : this.row(label)).click();
  }

  /** A row that contains `text`. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** The row whose label is `label`. */
  labelled(label: string): Locator {
    return this.rows.filter({ has: this.#page.locator('.label-name', { hasText: new RegExp(`^${escaped(label)}$`) }) }).first();
  }

  /** Ticks the row of a list with boxes whose label is `label`. */
  async tick(label: string): Promise<void> {
    await this.fill(label);
    await this.rows.filter({ hasNotText: label }).first().waitFor({ state: 'detached' });
    const box = this.labelled(label).getByRole('checkbox').first();
    await insist((timeout) => box.check({ timeout }));
    await this.fill('');
  }

  /** Presses a button of the title bar or of the row in question, e.g. `Back`. */
  async press(name: string): Promise<void> {
    await this.box.getByRole('button', { name }).first().click();
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
