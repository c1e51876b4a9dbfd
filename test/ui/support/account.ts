import type { Frame, Page } from 'playwright-core';

const linesKept = 10;
/** What every window of the editor says. */
const noise = /^Failed to load resource|service ?worker/i;
const lineLimit = 300;

/** What a page said to its console, as far as it tells of trouble: the last lines. */
export class Complaints {
  readonly #lines: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => message.type() === 'error' && this.#keep(message.text()));
    page.on('pageerror', (error) => this.#keep(String(error)));
    page.on('crash', () => this.#keep('The page crashed.'));
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  #keep(line: string): void {
    if (noise.test(line)) return;
    this.#lines.push(line.replaceAll(/\s+/g, ' ').slice(0, lineLimit));
    if (this.#lines.length > linesKept) this.#lines.shift();
  }
}

/** What to look at, by the name that the log gives it. */
const places: Readonly<Record<string, string>> = {
  focus: ':focus',
  'quick input': '.quick-input-widget',
  dialog: '.monaco-dialog-box',
  notification: '.notification-toast',
  tab: '.tabs-container .tab.active',
  'side bar': '.part.sidebar',
  'status bar': '.part.statusbar',
};

/** What a person would see at this moment, one line for each thing that is there. Never rejects, and waits for nothing. */
export async function account(page: Page): Promise<string[]> {
  const seen = Object.entries(places).map(([name, selector]) => describe(name, page.mainFrame(), selector));
  const panels = page.frames().filter((frame) => frame !== page.mainFrame()).map((frame) => describe('panel', frame, 'body'));
  return (await Promise.all([...seen, ...panels])).flat();
}

/** The part of the page's own type that is used here. */
interface Seen {
  readonly tagName: string;
  readonly className: unknown;
  readonly innerText: string;
  checkVisibility(): boolean;
}

async function describe(name: string, frame: Frame, selector: string): Promise<string[]> {
  const late = new Promise<string[]>((resolve) => setTimeout(() => resolve(['no answer']), 5_000).unref());
  const texts = frame.locator(selector).evaluateAll(textsOf, name === 'focus').catch((error: unknown) => [String(error)]);
  return (await Promise.race([texts, late])).filter((text) => text !== '').map((text) => `${name}: ${text.replaceAll(/\s+/g, ' ').slice(0, lineLimit)}`);
}

/** Visible texts, or how the elements are called; runs in the page. */
function textsOf(elements: readonly Seen[], areNamed: boolean): string[] {
  if (areNamed) return elements.map(({ tagName, className }) => `${tagName}.${String(className)}`);
  return elements.filter((element) => element.checkVisibility()).map(({ innerText }) => innerText);
}
