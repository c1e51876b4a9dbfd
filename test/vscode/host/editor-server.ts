import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { EditorProfile } from './editor-profile.ts';
import { serverScript } from './installed-editor.ts';

export interface EditorServer {
  /** `127.0.0.1:PORT`, also the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  readonly pid: number;
  /** What the server wrote so far. */
  log(): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const startLimit = 120_000;
const stopLimit = 5_000;

/** Options of every start; with `--enable-remote-auto-shutdown` a server whose starter was killed ends as well. */
const serverOptions = [
  '--host=127.0.0.1',
  '--without-connection-token',
  '--accept-server-license-terms',
  '--telemetry-level=off',
  '--disable-workspace-trust',
  '--enable-remote-auto-shutdown',
];

const folderOptions = (profile: EditorProfile): string[] => [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];

export interface ServerOptions {
  /** Reaches the extension host. */
  readonly environment?: Environment | undefined;
  /** For tests in the extension host: reports through page functions, and shows no notifications. */
  readonly testDriver?: boolean | undefined;
  /** A free one when absent. */
  readonly port?: number | undefined;
}

/** Starts a VS Code server on a free port of the loopback. */
export async function startEditorServer(profile: EditorProfile, options: ServerOptions = {}): Promise<EditorServer> {
  const driver = options.testDriver ? ['--enable-smoke-test-driver'] : [];
  const child = spawnServer([...serverOptions, `--port=${options.port ?? 0}`, ...driver, ...folderOptions(profile)], options.environment ?? {});
  const lines: string[] = [];
  const keep = (line: string): void => void (lines.length < 5000 && lines.push(line));
  createInterface({ input: child.stderr! }).on('line', keep);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = (): Promise<void> => stopServer(child);
  try {
    const port = await listeningPort(child, keep);
    return { authority: `127.0.0.1:${port}`, pid: child.pid!, log: () => lines.join('\n'), ended, stop };
  } catch (error) {
    await stop();
    throw new Error(`The VS Code server did not start: ${(error as Error).message}\n${lines.slice(-20).join('\n')}`, { cause: error });
  }
}

/** Installs a VSIX as a person does by "Install from VSIX…". */
export async function installExtension(profile: EditorProfile, vsix: string): Promise<void> {
  const child = spawnServer([`--install-extension=${vsix}`, '--force', '--accept-server-license-terms', ...folderOptions(profile)], {});
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 || !output.includes('successfully installed')) throw new Error(`Installing ${vsix} failed:\n${output}`);
}

/** Nothing of an editor that this runs inside of, and no extension gallery. */
const editorEnvironment: Environment = { VSCODE_IPC_HOOK_CLI: undefined, ELECTRON_RUN_AS_NODE: undefined, EXTENSIONS_GALLERY: '{}' };

function spawnServer(args: readonly string[], environment: Environment): ChildProcess {
  const env = { ...process.env, ...editorEnvironment, ...environment };
  // A group of its own: the extension host and its children end with it.
  return spawn(process.execPath, [serverScript(), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

async function listeningPort(child: ChildProcess, keep: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer for ${startLimit / 1000} s`)), startLimit);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`it ended with code ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      keep(line);
      const port = /agent listening on (\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid!, 'SIGKILL'), stopLimit);
  await ended;
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
