import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject, projectNode } from '../support/paths.mjs';
import { projectEnv, run } from '../support/run.mjs';

/** Where a group's figures are written, `test-results/NAME.json`. */
export const reportFile = (name) => inProject('test-results', `${name}.json`);

const reporter = inProject('scripts', 'test', 'reporter.cjs');
const mocha = inProject('node_modules', 'mocha', 'bin', 'mocha.js');

/** Runs test files in plain Node, of their tests those whose titles fit `grep` (a regular expression, or `{ not }` one); answers the group's result. */
export function runMocha({ name, files, testTimeout, limit, style, grep, env = {} }) {
  return runReporting({ name, args: mochaArguments({ name, files, testTimeout, style, grep }), limit, env });
}

/** Mocha and its options, for whatever runs JavaScript. */
export function mochaArguments({ name, files, testTimeout, style = 'spec', grep }) {
  const colour = process.stdout.isTTY ? [] : ['--no-color'];
  const options = [...colour, '--no-config', '--no-package', '--forbid-only', `--timeout=${testTimeout}`, '--reporter', reporter];
  const figures = ['--reporter-option', `output=${reportFile(name)},style=${style}`];
  const choice = grep === undefined ? [] : grep.not === undefined ? ['--grep', grep] : ['--grep', grep.not, '--invert'];
  return [mocha, ...options, ...figures, ...choice, ...files];
}

/** Runs a Node script that writes the group's figures; a script that does not end by itself afterwards counts as a failure. */
export async function runReporting({ name, command = projectNode, args, limit, env }) {
  const output = reportFile(name);
  await mkdir(dirname(output), { recursive: true });
  await rm(output, { force: true });
  const stop = new AbortController();
  const options = { timeout: limit, signal: stop.signal, env: projectEnv(env) };
  const ended = run(command, args, options).then(({ code }) => code);
  const lingering = stopWhenLingering(output, stop, ended);
  const code = await ended;
  const figures = existsSync(output) ? JSON.parse(await readFile(output, 'utf8')) : undefined;
  return judge({ code, figures, lingered: await lingering, limit });
}

function judge({ code, figures, lingered, limit }) {
  const base = { passed: figures?.passed ?? 0, failed: figures?.failed ?? 0, skipped: figures?.skipped ?? 0, failures: figures?.failures ?? [] };
  const fail = (reason) => ({ ...base, failed: base.failed + 1, failures: [...base.failures, reason] });
  if (lingered) return fail('the process did not end after its tests: something was left open');
  if (!figures) return fail(code === 124 ? `not finished after ${limit / 60_000} minutes` : `ended with code ${code} before its tests were done`);
  if (code !== 0 && base.failed === 0) return fail(`ended with code ${code} although its tests passed`);
  return base;
}

/** Gives a process 20 s after its last test; `true` when it had to be stopped. */
async function stopWhenLingering(output, stop, ended) {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver && !existsSync(output)) await Promise.race([ended, delay(500)]);
  await Promise.race([ended, delay(20_000, undefined, { ref: false })]);
  if (isOver) return false;
  stop.abort();
  return true;
}
