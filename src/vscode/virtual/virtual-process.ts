import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { withDeadline } from '../../shared/cancel.ts';
import { CrashError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';

/** How long the process may take to print its address, and to end when asked, in ms. */
const startLimit = 20_000;
const stopLimit = 1_500;

const addressLine = /^(?:export )?USBMUXD_SOCKET_ADDRESS=(\S+)$/;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface VirtualProcess {
  readonly seed: number;
  /** `127.0.0.1:PORT` of its muxer. */
  readonly address: string;
  readonly ended: Promise<unknown>;
  stop(): void;
}

export interface VirtualProcessOptions {
  readonly cliPath: string;
  readonly seed: number;
  readonly log: Log;
}

/**
 * Starts `iphone-backup virtual` with this editor's own runtime.
 *
 * Its standard input stays open as long as this window lives: its end tells the phone to stop, also when the window dies.
 */
export async function startVirtualPhone({ cliPath, seed, log }: VirtualProcessOptions): Promise<VirtualProcess> {
  const child: Child = spawn(process.execPath, virtualArguments(cliPath, seed), {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const ended = once(child, 'exit').catch(() => undefined);
  // A phone that has gone closes its end; writing nothing more, only the error event would be left over.
  child.stdin.on('error', () => undefined);
  createInterface(child.stderr).on('line', (line) => log.debug(`virtual ${seed}: ${line}`));
  try {
    const address = await withDeadline(readAddress(child, log, seed), startLimit, () => new CrashError('crash.worker', 'The virtual iPhone did not start'));
    return { seed, address, ended, stop: () => stop(child) };
  } catch (error) {
    stop(child);
    throw error;
  }
}

function virtualArguments(cliPath: string, seed: number): string[] {
  const name = seed === 1 ? 'Virtual iPhone' : 'Second Virtual iPhone';
  return [cliPath, 'virtual', '--control', '--content', 'demo', '--seed', String(seed), '--name', name];
}

function readAddress(child: Child, log: Log, seed: number): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const address = addressLine.exec(line.trim())?.[1];
      if (address === undefined) log.debug(`virtual ${seed}: ${line}`);
      else resolve(address);
    });
    child.once('error', (cause) => reject(new CrashError('crash.worker', 'The virtual iPhone could not be started', { cause })));
    child.once('exit', () => reject(new CrashError('crash.worker', 'The virtual iPhone ended at once')));
  });
}

function stop(child: Child): void {
  child.stdin.end();
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), stopLimit);
  child.once('exit', () => clearTimeout(force));
  force.unref();
}
