import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../vscode/host/browser.ts';
import { createProfile, type EditorProfile, type Settings } from '../../vscode/host/editor-profile.ts';
import { type EditorServer, type Environment, installExtension, startEditorServer } from '../../vscode/host/editor-server.ts';
import { Dialogs } from './dialogs.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quick-input.ts';
import { SideBar } from './side-bar.ts';
import { StatusBar } from './status-bar.ts';

export interface WorkbenchOptions {
  /** The packaged extension to install. */
  readonly vsix: string;
  readonly theme?: 'light' | 'dark' | 'high-contrast' | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** Reaches the extension host, e.g. `USBMUXD_SOCKET_ADDRESS`. */
  readonly environment?: Environment | undefined;
  readonly settings?: Settings | undefined;
  /** Folder to open as workspace. */
  readonly workspace?: string | undefined;
  /** Display language of the workbench, e.g. `zh-cn`. */
  readonly language?: string | undefined;
}

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern', 'high-contrast': 'Default High Contrast' } as const;

const settingsOf = (options: WorkbenchOptions): Settings => ({
  'workbench.colorTheme': themes[options.theme ?? 'dark'],
  'workbench.reduceMotion': 'on',
  ...options.settings,
});

/** A real VS Code workbench in a browser of its own, with the extension installed, as a person has it. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const profile = await createProfile(settingsOf(options));
  const owned: (() => Promise<void>)[] = [() => profile.remove()];
  try {
    await installExtension(profile, options.vsix);
    const server = await startEditorServer(profile, { environment: options.environment });
    owned.unshift(() => server.stop());
    const browser = await launchBrowser();
    owned.unshift(() => browser.close());
    const context = await newContext(browser, options);
    const workbench = new Workbench(await context.newPage(), { profile, server, options, close: () => closeAll(owned) });
    await workbench.load();
    return workbench;
  } catch (error) {
    await closeAll(owned);
    throw error;
  }
}

async function newContext(browser: Browser, options: WorkbenchOptions): Promise<BrowserContext> {
  const viewport = options.size ?? { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(20_000);
  return context;
}

async function closeAll(owned: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of owned) await close().catch((error: unknown) => process.emitWarning(String(error)));
}

interface Parts {
  readonly profile: EditorProfile;
  readonly server: EditorServer;
  readonly options: WorkbenchOptions;
  readonly close: () => Promise<void>;
}

/** What a person sees and can do. */
export class Workbench {
  readonly page: Page;
  readonly statusBar: StatusBar;
  readonly sideBar: SideBar;
  readonly notifications: Notifications;
  readonly dialogs: Dialogs;
  readonly quickInput: QuickInput;
  readonly #parts: Parts;

  constructor(page: Page, parts: Parts) {
    this.page = page;
    this.#parts = parts;
    this.statusBar = new StatusBar(page);
    this.sideBar = new SideBar(page);
    this.notifications = new Notifications(page);
    this.dialogs = new Dialogs(page);
    this.quickInput = new QuickInput(page);
  }

  /** Process id of the server, whose children are the extension host and its workers. */
  get serverPid(): number {
    return this.#parts.server.pid;
  }

  get userData(): string {
    return this.#parts.profile.userData;
  }

  /** What the editor's server wrote, for the message of a failed test. */
  serverLog(): string {
    return this.#parts.server.log();
  }

  async load(): Promise<void> {
    const { server, options } = this.#parts;
    const query = new URLSearchParams(options.workspace === undefined ? { ew: 'true' } : { folder: options.workspace });
    if (options.language !== undefined) await this.#useLanguage(options.language);
    await this.page.goto(`http://${server.authority}/?${query.toString()}`);
    await this.#ready();
  }

  /** "Developer: Reload Window", after which the workbench has put everything away in its own time. */
  async reloadWindow(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.#ready();
  }

  /** The same by the browser, at a moment of its choice. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Runs a command by the name that the palette shows, e.g. `iPhone: Back Up Now`. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.quickInput.pick(title);
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  async close(): Promise<void> {
    await this.#parts.close();
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar .action-item').first().waitFor();
  }

  async #useLanguage(language: string): Promise<void> {
    await this.page.addInitScript(`localStorage.setItem('vscode.nls.locale', ${JSON.stringify(language)})`);
    const url = `http://${this.#parts.server.authority}`;
    await this.page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url }]);
  }
}
