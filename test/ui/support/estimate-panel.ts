import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Panel } from './panel.ts';

declare function requestAnimationFrame(act: () => void): void;

/** Resolves when the page has drawn twice; runs in the page. */
const drawn = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** The estimate panel as a person sees it. */
export class EstimatePanel {
  readonly #page: Page;
  readonly #panel: Panel;

  constructor(page: Page) {
    this.#page = page;
    this.#panel = new Panel(page);
  }

  get content(): FrameLocator {
    return this.#panel.content;
  }

  get total(): Locator {
    return this.content.locator('.total');
  }

  get picture(): Locator {
    return this.content.getByRole('tree');
  }

  get grid(): Locator {
    return this.content.getByRole('treegrid');
  }

  /** Waits until figures are there and nothing runs any more. */
  async waitUntilComplete(): Promise<void> {
    await this.total.filter({ hasText: /\d/ }).waitFor();
    await this.content.locator('.grid[aria-busy="false"]').waitFor();
  }

  row(name: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.#page.locator('.text', { hasText: new RegExp(`^${name}$`) }) });
  }

  async tick(name: string): Promise<void> {
    await this.row(name).getByRole('checkbox').click();
  }

  /** Waits until the box of a row is as said. */
  async waitForTick(name: string, state: 'true' | 'false' | 'mixed'): Promise<void> {
    await this.row(name).locator(`.tick[aria-checked="${state}"]`).waitFor();
  }

  cell(name: string | RegExp): Locator {
    return this.picture.getByRole('treeitem', { name });
  }

  button(name: string): Locator {
    return this.content.getByRole('button', { name, exact: true });
  }

  /** Presses a key in a part, wherever the focus was, and waits until the page has drawn what it changed. */
  async press(part: Locator, key: string): Promise<void> {
    await part.press(key);
    await part.evaluate(drawn);
  }

  /** Presses keys in the picture, one after the other, until the active cell is `name`. */
  async moveTo(name: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.press(this.picture, key);
      const label = await (await this.active(this.picture)).getAttribute('aria-label');
      if (label?.startsWith(name) === true) return;
    }
    throw new Error(`${keys.join(', ')} did not lead to ${name}.`);
  }

  /** Goes down the table, which has the focus, to a row. */
  async moveToRow(name: string): Promise<void> {
    await this.press(this.grid, 'Home');
    for (let step = 0; step < 50; step++) {
      if ((await (await this.active(this.grid)).innerText()).startsWith(name)) return;
      await this.press(this.grid, 'ArrowDown');
    }
    throw new Error(`No row ${name} is near the top.`);
  }

  /** What a screen reader is told of the row or cell that the focused part names as active. */
  async active(part: Locator): Promise<Locator> {
    return this.content.locator(`[id="${await part.getAttribute('aria-activedescendant')}"]`);
  }
}
