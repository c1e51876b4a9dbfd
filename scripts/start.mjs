// Sets up, builds and starts VS Code with the extension and a virtual iPhone. Ctrl-C ends all of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setUpEditors } from './setup/editor.mjs';
import { setUpNodePackages } from './setup/node-packages.mjs';
import { projectNode, root } from './support/paths.mjs';
import { findProgram, projectEnv, runNode } from './support/run.mjs';
import { Failure, main } from './support/say.mjs';

await main(async () => {
  await setUpNodePackages();
  if (!findProgram('code')) await setUpEditors({ desktop: false });
  const { code } = await runNode(['scripts/build.mjs']);
  if (code !== 0) throw new Failure('Nothing to start: the build failed.');
  await runSession();
});

/** The rest needs the project's Node. This process waits for it and hands on what is to end it: Ctrl-C reaches both, `kill` only one. */
async function runSession() {
  const child = spawn(projectNode, ['scripts/start/session.mjs', ...process.argv.slice(2)], { cwd: root, env: projectEnv(), stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event === 'start') endWithoutParent(() => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

/** A killed npm takes its shell along, which hands nothing on. */
function endWithoutParent(end) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 1_000);
  timer.unref();
}
