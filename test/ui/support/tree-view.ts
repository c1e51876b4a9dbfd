import type { Locator, Page } from 'playwright-core';

/** One row as it is shown. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** From 1. */
  readonly level: number;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** A tree in the side bar. */
export class TreeView {
  readonly #page: Page;
  readonly #pane: Locator;

  constructor(page: Page, pane: Locator) {
    this.#page = page;
    this.#pane = pane;
  }

  get #rows(): Locator {
    return this.#pane.locator('.monaco-list-row[role="treeitem"]');
  }

  /** The first row that contains `text`. */
  row(text: string | RegExp): Locator {
    return this.#rows.filter({ hasText: text }).first();
  }

  /** The rows on the screen, from the top. */
  async rows(): Promise<TreeRow[]> {
    return Promise.all((await this.#rows.all()).map(readRow));
  }

  /** Waits for a row that contains `text`. */
  async waitFor(text: string | RegExp, timeout = 20_000): Promise<TreeRow> {
    const row = this.row(text);
    await row.waitFor({ timeout });
    return readRow(row);
  }

  async waitUntilGone(text: string | RegExp, timeout = 20_000): Promise<void> {
    await this.row(text).waitFor({ state: 'detached', timeout });
  }

  async select(text: string | RegExp): Promise<void> {
    await this.row(text).locator('.monaco-icon-label').click();
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
  }

  /** Presses one of the icons at the end of a row. */
  async pressInline(text: string | RegExp, action: string): Promise<void> {
    const row = this.row(text);
    await row.hover();
    await row.locator('.actions').getByRole('button', { name: action }).click();
  }

  /** Opens the context menu of a row and chooses an entry. */
  async pressMenu(text: string | RegExp, action: string): Promise<void> {
    await this.row(text).click({ button: 'right' });
    // A menu that just opened takes a quick release of the button for a slip.
    await this.#menu.getByRole('menuitem', { name: action }).click({ delay: 200 });
  }

  /** Entries of a row's context menu. */
  async menuEntries(text: string | RegExp): Promise<string[]> {
    await this.row(text).click({ button: 'right' });
    await this.#menu.getByRole('menuitem').first().waitFor();
    const entries = await this.#menu.locator('.action-label').allInnerTexts();
    await this.#page.keyboard.press('Escape');
    return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  }

  /** The hover text of a row. */
  async tooltip(text: string | RegExp): Promise<string> {
    await this.row(text).locator('.monaco-icon-label').hover();
    const hover = this.#page.locator('.workbench-hover').last();
    await hover.waitFor();
    return hover.innerText();
  }

  get #menu(): Locator {
    return this.#page.locator('.context-view .monaco-menu');
  }
}

async function readRow(row: Locator): Promise<TreeRow> {
  const text = async (part: string): Promise<string> => (await row.locator(part).allInnerTexts()).join(' ').trim();
  return {
    label: await text('.label-name'),
    description: await text('.label-description'),
    level: Number(await row.getAttribute('aria-level')),
    spoken: (await row.getAttribute('aria-label')) ?? '',
  };
}
