import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { hoverText } from './hover.ts';
import { clickOnce, eventually, insist } from './insist.ts';

/** One row as it is shown. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** From 1. */
  readonly level: number;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** A tree in the side bar. Its rows are drawn anew whenever something changes. */
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
    return Promise.all((await this.#rows.all()).map((row) => readRow(row)));
  }

  /** Waits for a row that contains `text`. */
  async waitFor(text: string | RegExp): Promise<TreeRow> {
    return readRow(this.row(text));
  }

  /** Waits until the row that contains `text` has such a description. */
  async waitForDescription(text: string | RegExp, description: RegExp): Promise<TreeRow> {
    return eventually(async () => {
      const row = await this.waitFor(text);
      assert.match(row.description, description);
      return row;
    });
  }

  async waitUntilGone(text: string | RegExp): Promise<void> {
    await this.row(text).waitFor({ state: 'detached' });
  }

  async select(text: string | RegExp): Promise<void> {
    await this.row(text).locator('.monaco-icon-label').click();
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await insist(async (timeout) => {
      if ((await row.getAttribute('aria-expanded', { timeout })) === 'true') return;
      await row.locator('.monaco-tl-twistie').click({ timeout });
      await row.and(this.#page.locator('[aria-expanded="true"]')).waitFor({ timeout });
    });
  }

  /** Presses one of the icons at the end of a row. */
  async pressInline(text: string | RegExp, action: string): Promise<void> {
    const row = this.row(text);
    await clickOnce(row.locator('.actions').getByRole('button', { name: action }), (timeout) => row.hover({ timeout }));
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
    return hoverText(this.#page, this.row(text).locator('.monaco-icon-label'));
  }

  get #menu(): Locator {
    return this.#page.locator('.context-view .monaco-menu');
  }
}

/** The part of the page's own type that is used here. */
interface ShownElement {
  readonly innerText: string;
  readonly ariaLabel: string | null;
  readonly ariaLevel: string | null;
  querySelectorAll(selector: string): Iterable<ShownElement>;
}

/** Reads all parts at one moment; runs in the page. */
function partsOf(row: ShownElement): TreeRow {
  const text = (part: string): string => Array.from(row.querySelectorAll(part), (each) => each.innerText).join(' ').trim();
  return { label: text('.label-name'), description: text('.label-description'), level: Number(row.ariaLevel), spoken: row.ariaLabel ?? '' };
}

async function readRow(row: Locator): Promise<TreeRow> {
  await row.waitFor();
  return row.evaluate(partsOf);
}
