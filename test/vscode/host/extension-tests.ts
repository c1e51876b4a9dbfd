import type { Browser, Page } from 'playwright-core';
import type { EditorServer } from './editor-server.ts';

export interface ExtensionTestRun {
  /** Folder of the extension under test. */
  readonly extension: string;
  /** Script that exports `run()`. */
  readonly tests: string;
  /** Folder to open as workspace. */
  readonly workspace?: string | undefined;
  readonly deadline: number;
  readonly onLine: (line: string) => void;
}

/** Opens the workbench so that its extension host runs `tests`; resolves with the exit code. */
export async function runExtensionTests(server: EditorServer, browser: Browser, run: ExtensionTestRun): Promise<number> {
  const page = await browser.newPage();
  const code = Promise.withResolvers<number>();
  const timer = setTimeout(() => code.reject(new Error(`The tests did not end within ${run.deadline / 1000} s.`)), run.deadline);
  page.on('crash', () => code.reject(new Error('The browser page crashed.')));
  try {
    await receiveReports(page, run.onLine, code.resolve);
    await page.goto(workbenchAddress(server, run));
    return await code.promise;
  } finally {
    clearTimeout(timer);
    await page.close();
  }
}

/** The workbench's smoke-test driver calls these two page functions. */
async function receiveReports(page: Page, onLine: (line: string) => void, onExit: (code: number) => void): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => onLine(logLine(args)));
  await page.exposeFunction('codeAutomationExit', (exitCode: number, logs: unknown) => {
    if (exitCode !== 0 && Array.isArray(logs) && logs.length > 0) onLine(`Logs: ${JSON.stringify(logs).slice(0, 10_000)}`);
    onExit(exitCode);
  });
}

/** Applies `console.log`'s placeholders, as the arguments come apart. */
function logLine(args: readonly unknown[]): string {
  const [format, ...values] = args;
  const rest = [...values];
  const text = typeof format === 'string' ? format.replace(/%[sdjoOic]/g, (mark) => (rest.length === 0 ? mark : show(rest.shift()))) : show(format);
  return [text, ...rest.map(show)].join(' ');
}

const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));

function workbenchAddress(server: EditorServer, run: ExtensionTestRun): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(run.extension)],
    ['extensionTestsPath', remote(run.tests)],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload), ...(run.workspace === undefined ? { ew: 'true' } : { folder: run.workspace }) });
  return `http://${server.authority}/?${query.toString()}`;
}
