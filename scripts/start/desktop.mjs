import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from '../support/paths.mjs';
import { findProgram, stopSoon } from '../support/run.mjs';
import { companion, startProfile } from './profile.mjs';

/** A window of the desktop VS Code with a profile of its own; closing it ends the session. */
export async function openDesktop({ environment }) {
  const profile = await startProfile();
  const folders = [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];
  const extensions = [inProject(), companion].map((path) => `--extensionDevelopmentPath=${path}`);
  const args = [...folders, ...extensions, '--new-window', '--wait', profile.workspace];
  const child = spawn(findProgram('code'), args, { env: { ...process.env, ...environment }, stdio: 'ignore', shell: process.platform === 'win32' });
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) stopSoon(child);
    await ended;
  };
  return { words: 'VS Code: its window opens; closing it, or Ctrl-C, ends everything.', ended, stop };
}
