import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { inProject, projectNode, root } from './paths.mjs';

/** Environment in which `node` is the project's Node 24 and tools of `node_modules/.bin` are found. */
export const projectEnv = (extra = {}) => ({
  ...process.env,
  ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
  PATH: [inProject('node_modules', '.bin'), process.env.PATH].join(delimiter),
  ...extra,
});

const running = new Set();

/** Ends what `run` started together with this process, also when it is interrupted. */
export function endTogether() {
  process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

/**
 * Runs a program to its end. Resolves with `{ code, output }`; `output` is filled when `quiet` is set, else the program
 * writes to this terminal. A program that cannot be started has code 127, one that passed `timeout` ms has code 124.
 * An abort of `signal` ends it.
 */
export function run(command, args, { cwd = root, env = projectEnv(), quiet = false, timeout, signal, input } = {}) {
  return new Promise((resolve) => {
    const stdio = [input === undefined ? 'ignore' : 'pipe', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
    const child = spawn(command, args, { cwd, env, stdio });
    const output = [];
    let timedOut = false;
    const timer = timeout && setTimeout(() => (timedOut = stopSoon(child)), timeout);
    signal?.addEventListener('abort', () => stopSoon(child), { once: true });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.stdin?.end(input);
    running.add(child);
    const finish = (code) => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : code, output: Buffer.concat(output).toString() });
    };
    child.on('error', () => finish(127));
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Asks a child to end, and insists after 5 s. */
export function stopSoon(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  return true;
}

/** Runs a program with the project's Node. */
export const runNode = (args, options) => run(projectNode, args, options);

/** The absolute path of a program, or `undefined`. */
export function findProgram(name, path = process.env.PATH ?? '') {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const candidates = path.split(delimiter).flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)));
  return candidates.find((candidate) => existsSync(candidate));
}
