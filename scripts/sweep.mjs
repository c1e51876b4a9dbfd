// The fault tests at every message, byte, operation and barrier in place of a chosen few, and the estimates of 100 phones beside
// the truth. Not part of npm test.
// Words on the command line choose test files; SWEEP_STRIDE, POWER_CUTS, BIT_FLIPS, MUTATIONS and the like change how much.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { inProject } from './support/paths.mjs';
import { endTogether } from './support/run.mjs';
import { main, say } from './support/say.mjs';
import { testFiles } from './test/groups.mjs';
import { runMocha } from './test/mocha-group.mjs';

const hours = 3_600_000;
const log = inProject('test-results', 'sweep-positions.jsonl');
const longest = ['engine-resume.test.ts', 'library-power.test.ts', 'library-operations.test.ts', 'engine-cut.test.ts'];
const amounts = { SWEEP: 'full', SWEEP_STRIDE: '1', BIT_FLIPS: '10000', MUTATIONS: '1000000', ...given() };

await main(async () => {
  endTogether();
  const words = process.argv.slice(2);
  const all = [...(await testFiles({ folder: 'test/faults' })), 'test/interop/estimate-truth.test.ts'];
  const files = all.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  // The longest first, so that none of them runs alone in the end.
  files.sort((a, b) => longest.indexOf(basename(b)) - longest.indexOf(basename(a)));
  await mkdir(inProject('test-results'), { recursive: true });
  await rm(log, { force: true });
  const start = Date.now();
  const results = await inTurns(files, Math.min(4, availableParallelism()), sweepFile);
  await printResult(results, Date.now() - start);
});

/** What the environment says of amounts wins. */
function given() {
  const names = ['SWEEP_STRIDE', 'POWER_CUTS', 'POWER_CUTS_PER_BARRIER', 'BIT_FLIPS', 'MUTATIONS', 'RESUME_CUTS'];
  return Object.fromEntries(names.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
}

async function sweepFile(file) {
  const name = basename(file, '.test.ts');
  const start = Date.now();
  const result = await runMocha({ name: `sweep-${name}`, files: [file], testTimeout: hours, limit: 24 * hours, env: { ...amounts, SWEEP_LOG: log } });
  say(`── ${name}: ${result.passed} passed, ${result.failed} failed in ${minutes(Date.now() - start)}`);
  return { ...result, name };
}

/** Runs `work` for each item, `width` of them at a time. */
async function inTurns(items, width, work) {
  const results = [];
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

async function printResult(results, ms) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  for (const { name, failures } of results) for (const failure of failures) say(`failed: ${name}: ${failure}`);
  const parts = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n').map((line) => JSON.parse(line)) : [];
  for (const { what, positions } of parts.sort((a, b) => (a.what < b.what ? -1 : 1))) say(`${String(positions).padStart(8)}  ${what}`);
  const positions = parts.reduce((total, part) => total + part.positions, 0);
  say(`sweep: ${sum('passed')} passed, ${sum('failed')} failed; ${positions} positions in ${minutes(ms)} (${Object.entries(amounts).map((pair) => pair.join('=')).join(' ')})`);
  process.exitCode = results.length > 0 && sum('failed') === 0 ? 0 : 1;
}

function minutes(ms) {
  return `${(ms / 60_000).toFixed(1)} min`;
}
