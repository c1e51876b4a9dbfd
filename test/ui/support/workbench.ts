import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../vscode/host/browser.ts';
import { createProfile, type EditorProfile, type Settings } from '../../vscode/host/editor-profile.ts';
import { type EditorServer, type Environment, installExtension, startEditorServer } from '../../vscode/host/editor-server.ts';
import { account, Complaints } from './account.ts';
import { Dialogs } from './dialogs.ts';
import { clickOnce, patience } from './insist.ts';
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

/** A window may take long to load on a machine that has just unpacked everything, in ms. */
const loadLimit = 120_000;

/** Lines of the server's log in an account. */
const serverLines = 10;

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
    const workbench = new Workbench(await newPage(context), { profile, server, options, close: () => closeAll(owned) });
    await workbench.load().catch((error: unknown) => workbench.tellOf(error));
    return workbench;
  } catch (error) {
    await closeAll(owned);
    throw error;
  }
}

async function newContext(browser: Browser, options: WorkbenchOptions): Promise<BrowserContext> {
  const viewport = options.size ?? { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(patience);
  return context;
}

/** `UI_SLOWDOWN=4` in the environment makes the window four times slower than this computer: what it shows then, it shows anywhere. */
async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const rate = Number(process.env['UI_SLOWDOWN'] ?? 1);
  if (rate > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
  return page;
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
  readonly #complaints: Complaints;

  constructor(page: Page, parts: Parts) {
    this.page = page;
    this.#parts = parts;
    this.#complaints = new Complaints(page);
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

  /** What a person would see now, and the last words of page and server, for the log of a failed test. */
  async account(): Promise<string> {
    const talk = this.#parts.server.log().split('\n').slice(-serverLines);
    return [...(await account(this.page)), ...this.#complaints.lines.map((line) => `console: ${line}`), ...talk.map((line) => `server: ${line}`)].join('\n');
  }

  /** Throws what went wrong with an account of it. */
  async tellOf(cause: unknown): Promise<never> {
    throw new Error(`${String(cause)}\n${await this.account()}`, { cause });
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
    await Promise.all([this.page.waitForEvent('load'), this.runCommand('Developer: Reload Window')]);
    await this.#ready();
  }

  /** The same by the browser, at a moment of its choice. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Runs a command by the name that the palette shows, e.g. `iPhone: Back Up Now`. */
  async runCommand(title: string): Promise<void> {
    const { input } = this.quickInput;
    const line = this.quickInput.labelled(title);
    // A palette that opens while the one before is still closing goes away with it; a person presses F1 once more.
    await clickOnce(line, async (timeout) => {
      if (!(await input.isVisible())) await this.page.keyboard.press('F1');
      await input.fill(`>${title}`, { timeout });
    });
    await line.waitFor({ state: 'hidden' });
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  async close(): Promise<void> {
    await this.#parts.close();
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: loadLimit });
    await this.page.locator('.activitybar .action-item').first().waitFor();
  }

  async #useLanguage(language: string): Promise<void> {
    await this.page.addInitScript(`localStorage.setItem('vscode.nls.locale', ${JSON.stringify(language)})`);
    const url = `http://${this.#parts.server.authority}`;
    await this.page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url }]);
  }
}
