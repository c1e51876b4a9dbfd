import { existsSync } from 'node:fs';
import { inProject } from '../support/paths.mjs';
import { run, runNode } from '../support/run.mjs';
import { say, seconds } from '../support/say.mjs';

/** Things that are right or not, each counted as one test. */
const checks = [
  { name: 'types', run: () => run('tsc', ['--noEmit']) },
  { name: 'types of webviews', isThere: () => existsSync(inProject('webview', 'tsconfig.json')), run: () => run('tsc', ['--noEmit', '-p', 'webview']) },
  { name: 'lint', run: () => run('npm', ['run', '--silent', 'lint']) },
];

export const runBuild = () => runAll([{ name: 'build', run: () => runNode(['scripts/build.mjs']) }]);

export const runChecks = () => runAll(checks);

async function runAll(list) {
  const failures = [];
  const wanted = list.filter(({ isThere }) => isThere?.() ?? true);
  for (const check of wanted) {
    const start = Date.now();
    const { code } = await check.run();
    say(`${code === 0 ? '✔' : '✘'} ${check.name} (${seconds(Date.now() - start)})`);
    if (code !== 0) failures.push(check.name);
  }
  return { passed: wanted.length - failures.length, failed: failures.length, skipped: 0, failures };
}
