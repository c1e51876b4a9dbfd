import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inProject } from '../support/paths.mjs';
import { stopSoon } from '../support/run.mjs';
import { Failure } from '../support/say.mjs';

const startLimit = 60_000;

/** Another phone than those of the command "Connect Virtual iPhone", which count their seeds from 1. */
const identity = ['--seed', '11', '--name', 'Demo iPhone'];

/** Starts `iphone-backup virtual`; with `--control` it also ends when this process is gone and its input closes. */
export async function startVirtualPhone(content) {
  const args = [inProject('dist', 'cli.js'), 'virtual', '--control', '--content', content, ...identity];
  // Not of this terminal's group: Ctrl-C is for this process, which ends the phone after the editor.
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const stop = async () => {
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) stopSoon(child);
    await ended;
  };
  const address = await Promise.race([readAddress(child), ended.then(() => undefined)]);
  if (address !== undefined) return { address, ended, stop };
  await stop();
  throw new Failure('The virtual iPhone did not start; its words stand above.');
}

function readAddress(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), startLimit);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^USBMUXD_SOCKET_ADDRESS=(\S+)/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}
