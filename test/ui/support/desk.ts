import { execFile } from 'node:child_process';
import { cp, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HistoryEntry, DraftEntry } from '../../../src/library/types.ts';
import { projectFolder } from '../../vscode/host/installed-editor.ts';
import { packagedExtension } from './packaged-extension.ts';
import { VirtualIphone } from './virtual-iphone.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const run = promisify(execFile);

export interface DeskOptions {
  /** As on the command line of `virtual`. */
  readonly phone: readonly string[];
  /** Commands of the control channel before the editor starts. */
  readonly tell?: readonly string[];
  /** Makes the folder of the backups ready before the editor starts. */
  readonly prepare?: (library: string) => Promise<void>;
  /** Undoes that after the editor has ended. */
  readonly release?: () => Promise<void>;
}

/** A computer with the editor, a folder for backups and a phone on its cable. */
export interface Desk {
  readonly library: string;
  readonly phone: VirtualIphone;
  readonly workbench: Workbench;
}

/** One desk for all tests of a suite; a test that fails leaves a picture, the extension's log and an account of what was seen. Its parts are there once the tests run. */
export function useDesk({ phone, tell = [], prepare, release }: DeskOptions): Desk {
  const desk: { -readonly [Part in keyof Desk]?: Desk[Part] } = {};
  before(async () => {
    desk.library = await mkdtemp(join(tmpdir(), 'library-'));
    await prepare?.(desk.library);
    desk.phone = await VirtualIphone.start(['--iterations', '1000,10', ...phone]);
    for (const command of tell) await desk.phone.tell(command);
    const workbench = await openWorkbench({
      vsix: await packagedExtension(),
      environment: { USBMUXD_SOCKET_ADDRESS: desk.phone.address },
      settings: { 'iphoneBackup.library.folder': desk.library },
    });
    desk.workbench = workbench;
    await workbench.sideBar.open('iPhone').catch((error: unknown) => workbench.tellOf(error));
  });
  afterEach(async function record() {
    const test = this.currentTest;
    if (test?.state === 'failed' && desk.workbench !== undefined) await recordFailure(desk.workbench, test.fullTitle());
  });
  after(async () => {
    await desk.workbench?.close();
    await desk.phone?.stop();
    await release?.();
    if (desk.library !== undefined) await rm(desk.library, { recursive: true, force: true, maxRetries: 10 });
  });
  return desk as Desk;
}

/** Leaves a picture and the extension's log, and tells both in words where only those are kept. */
async function recordFailure(workbench: Workbench, title: string): Promise<void> {
  const place = join(projectFolder, 'test-results', 'ui', fileName(title));
  process.stderr.write(`${await workbench.account()}\n`);
  await workbench.screenshot(`${place}.png`).catch((error: unknown) => process.stderr.write(`no picture: ${String(error)}\n`));
  for await (const log of glob(join(workbench.userData, 'logs', '**', '*iPhone*.log'))) {
    await cp(log, `${place}.log`);
    process.stderr.write(`${(await readFile(log, 'utf8')).trimEnd().split('\n').slice(-logLines).join('\n')}\n`);
  }
}

/** Lines of the extension's log in the words on a failure. */
const logLines = 20;

const fileName = (title: string): string => title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);

/** Runs the command-line program, a process that knows nothing of the editor, with `input`; answers its last line of JSON. */
async function commandLine(args: readonly string[], input = ''): Promise<Record<string, unknown>> {
  const running = run(process.execPath, [join(projectFolder, 'dist', 'cli.js'), ...args, '--json'], { maxBuffer: 64 << 20 });
  running.child.stdin?.end(input);
  const { stdout } = await running;
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

/** What lies in the folder of the backups, as another process reads it. */
export async function readLibrary(library: string): Promise<{ entries: readonly HistoryEntry[]; drafts: readonly DraftEntry[] }> {
  const { entries, drafts } = await commandLine(['history', '--library', library]);
  return { entries: entries as HistoryEntry[], drafts: drafts as DraftEntry[] };
}

/** Reads every byte of the newest backup in two foreign ways; rejects when anything is damaged. */
export async function checkNewest(library: string): Promise<HistoryEntry> {
  await commandLine(['verify', 'latest', '--library', library]);
  const [newest] = (await readLibrary(library)).entries;
  if (!newest) throw new Error('The folder holds no backup.');
  await run('sha256sum', ['--check', '--strict', '--quiet', 'checksums.sha256'], { cwd: newest.path });
  return newest;
}

/** Backs a phone up by the command line into a folder of its own choice. */
export async function backUpByCommandLine(phone: VirtualIphone, udid: string, library: string): Promise<HistoryEntry> {
  const place = ['--library', library, '--muxer', phone.address, '--udid', udid];
  return (await commandLine(['backup', ...place]))['entry'] as HistoryEntry;
}

/** Sets a backup password as another program would, unseen by the editor. */
export async function enableEncryption(phone: VirtualIphone, password: string): Promise<void> {
  await commandLine(['encryption', 'on', '--muxer', phone.address], `${password}\n`);
}
