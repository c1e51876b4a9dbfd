// The fault tests at every message and file in place of a chosen few: hours, not minutes. Not part of npm test.
import { runMocha } from './test/mocha-group.mjs';
import { testFiles } from './test/groups.mjs';
import { Failure, main, say } from './support/say.mjs';

const hours = 3_600_000;

await main(async () => {
  const parts = process.argv.slice(2);
  const files = (await testFiles({ folder: 'test/faults' })).filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  if (files.length === 0) throw new Failure('No fault test fits.');
  const result = await runMocha({ name: 'sweep', files, testTimeout: hours, limit: 24 * hours, env: { SWEEP: 'full' } });
  say(`${result.passed} passed, ${result.failed} failed`);
  if (result.failed > 0) throw new Failure(result.failures.join('\n'));
});
