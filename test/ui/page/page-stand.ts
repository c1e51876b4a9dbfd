import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { projectFolder } from '../../vscode/host/installed-editor.ts';

export type ThemeName = 'light' | 'dark' | 'high-contrast';

/** Colours that the editor's own themes give to a webview, as far as the pages use them. */
const themes: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  dark: {
    foreground: '#cccccc', errorForeground: '#f85149', 'editorWarning-foreground': '#cca700', 'testing-iconPassed': '#73c991', descriptionForeground: '#9d9d9d', 'editor-background': '#1f1f1f', 'editorWidget-background': '#202020', 'widget-border': '#313131', focusBorder: '#0078d4',
    'charts-blue': '#59a4f9', 'charts-purple': '#b180d7', 'charts-green': '#89d185', 'charts-orange': '#d18616', 'charts-red': '#f14c4c', 'charts-yellow': '#cca700',
    'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c', 'button-border': '#ffffff12',
    'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c', 'input-placeholderForeground': '#989898', 'checkbox-background': '#313131', 'checkbox-border': '#3c3c3c', 'checkbox-foreground': '#cccccc',
    'list-hoverBackground': '#2a2d2e', 'list-inactiveSelectionBackground': '#37373d', 'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff', 'list-warningForeground': '#cca700', 'list-errorForeground': '#f88070',
    'textLink-foreground': '#4daafc', 'progressBar-background': '#0078d4', 'toolbar-hoverBackground': '#5a5d5e50', 'scrollbarSlider-background': '#79797966',
  },
  light: {
    foreground: '#3b3b3b', errorForeground: '#f85149', 'editorWarning-foreground': '#bf8803', 'testing-iconPassed': '#388a34', descriptionForeground: '#3b3b3b', 'editor-background': '#ffffff', 'editorWidget-background': '#f8f8f8', 'widget-border': '#e5e5e5', focusBorder: '#005fb8',
    'charts-blue': '#0063d3', 'charts-purple': '#652d90', 'charts-green': '#388a34', 'charts-orange': '#d18616', 'charts-red': '#e51400', 'charts-yellow': '#bf8803',
    'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc', 'button-border': '#0000001a',
    'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-border': '#cecece', 'input-placeholderForeground': '#767676', 'checkbox-background': '#f8f8f8', 'checkbox-border': '#cecece', 'checkbox-foreground': '#3b3b3b',
    'list-hoverBackground': '#f2f2f2', 'list-inactiveSelectionBackground': '#e4e6f1', 'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000', 'list-warningForeground': '#855f00', 'list-errorForeground': '#b01011',
    'textLink-foreground': '#005fb8', 'progressBar-background': '#005fb8', 'toolbar-hoverBackground': '#b8b8b850', 'scrollbarSlider-background': '#64646466',
  },
  'high-contrast': {
    foreground: '#ffffff', errorForeground: '#f48771', 'editorWarning-foreground': '#ffd370', 'testing-iconPassed': '#73c991', descriptionForeground: '#ffffffb3', 'editor-background': '#000000', 'editorWidget-background': '#0c141f', contrastBorder: '#6fc3df', focusBorder: '#f38518',
    'charts-blue': '#59a4f9', 'charts-purple': '#b180d7', 'charts-green': '#89d185', 'charts-orange': '#d18616', 'charts-red': '#f48771', 'charts-yellow': '#ffd370',
    'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'input-background': '#000000', 'input-foreground': '#ffffff', 'input-border': '#6fc3df', 'input-placeholderForeground': '#ffffffb3', 'checkbox-background': '#000000', 'checkbox-border': '#6fc3df', 'checkbox-foreground': '#ffffff',
    'list-hoverBackground': '#ffffff1a', 'list-focusOutline': '#f38518', 'textLink-foreground': '#21a6ff', 'progressBar-background': '#6fc3df',
  },
};

export interface StandOptions {
  /** The bundle in `dist/webview/`. */
  readonly bundle: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  readonly words?: Readonly<Record<string, string>>;
  readonly locale?: string;
  /** What `getState` gives at first. */
  readonly saved?: unknown;
  readonly forcedColors?: boolean;
}

const origin = 'http://panel.example/';

/** A page as the editor would show it, in a browser alone: for looking at it, and for measuring it without the workbench. */
export async function openPage(browser: Browser, options: StandOptions): Promise<PageStand> {
  const { width, height, forcedColors = false } = options;
  const context = await browser.newContext({ viewport: { width, height }, forcedColors: forcedColors ? 'active' : 'none' });
  const page = await context.newPage();
  await serve(page, options);
  await page.goto(origin);
  return new PageStand(page, context);
}

async function serve(page: Page, { bundle, theme, words = {}, locale = 'en', saved }: StandOptions): Promise<void> {
  const file = (end: string): Promise<string> => readFile(join(projectFolder, 'dist', 'webview', `${bundle}.${end}`), 'utf8');
  const variables = Object.entries({ ...themes[theme], 'font-size': '13px', 'font-family': 'system-ui, "DejaVu Sans", sans-serif' }).map(([name, value]) => `--vscode-${name}: ${value};`);
  const start = { type: 'start', key: 'stand', locale, words };
  const bodies: Readonly<Record<string, () => Promise<string>>> = {
    '/': async () => `<!DOCTYPE html><html><head><link rel="stylesheet" href="theme.css"><link rel="stylesheet" href="page.css"></head>
<body class="vscode-${theme}"><script src="editor.js"></script><script src="page.js"></script></body></html>`,
    '/theme.css': async () => `:root { ${variables.join(' ')} }`,
    '/page.css': () => file('css'),
    '/page.js': () => file('js'),
    '/editor.js': async () => `globalThis.posted = []; let state = ${JSON.stringify(saved) ?? 'undefined'};
globalThis.acquireVsCodeApi = () => ({ getState: () => state, setState: (next) => { state = next; globalThis.savedState = next; },
  postMessage: (message) => { posted.push(message); if (message.type === 'ready') postMessage(${JSON.stringify(start)}); } });`,
  };
  const types: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript' };
  await page.route(`${origin}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = await bodies[pathname]?.();
    const contentType = types[pathname.split('.').at(-1) ?? ''] ?? 'text/html; charset=utf-8';
    await route.fulfill(body === undefined ? { status: 404 } : { body, contentType });
  });
}

/** A page without its editor: the test speaks for the host. */
export class PageStand {
  readonly page: Page;
  readonly #context: BrowserContext;

  constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.#context = context;
  }

  async send(message: object): Promise<void> {
    await this.page.evaluate(`postMessage(${JSON.stringify(message)})`);
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** Messages of the page to its host, without `ready`. */
  async posted(): Promise<readonly Record<string, unknown>[]> {
    const all = await this.page.evaluate<Record<string, unknown>[]>('posted');
    return all.filter(({ type }) => type !== 'ready');
  }

  /** What the page has given the editor to keep. */
  async savedState(): Promise<unknown> {
    return this.page.evaluate('globalThis.savedState');
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
