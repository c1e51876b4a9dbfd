import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Standard input, whole. */
  readonly input?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Hears each line of standard output as it comes. */
  readonly onLine?: ((line: string, child: ChildProcess) => void) | undefined;
  /** After this many ms it is killed. */
  readonly limit?: number | undefined;
}

/** The sources are stripped of their types once, not by each process. */
const compileCache = join(import.meta.dirname, '..', '..', '..', 'test-results', 'compile-cache');

/** Runs `iphone-backup` from its sources as a process of its own, to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), options.limit ?? 120_000);
  let [stdout, stderr] = ['', ''];
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    options.onLine?.(line, child);
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** Each line of a `--json` run; throws at one that is none. */
export function jsonLines({ stdout }: Pick<CliResult, 'stdout'>): Record<string, unknown>[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The one line of type `result`, the last of a `--json` run. */
export function resultOf(ended: CliResult): Record<string, unknown> {
  const last = jsonLines(ended).at(-1);
  if (last?.['type'] !== 'result') throw new Error(`No result: ${ended.stdout}${ended.stderr}`);
  return last;
}
