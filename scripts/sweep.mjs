// The fault tests at every message, byte, operation and barrier in place of a chosen few, and the estimates of 100 phones beside
// the truth. Not part of npm test. It ends with a result, also when it is interrupted.
// Words on the command line choose test files; SWEEP_STRIDE, POWER_CUTS, BIT_FLIPS, MUTATIONS and the like change how much.
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { inProject } from './support/paths.mjs';
import { endTogether } from './support/run.mjs';
import { main, say } from './support/say.mjs';
import { testFiles } from './test/groups.mjs';
import { runMocha } from './test/mocha-group.mjs';
import { SweepResult, minutes } from './test/sweep-result.mjs';

const hours = 3_600_000;
const log = inProject('test-results', 'sweep-positions.jsonl');
/** One more than there are processors: phones that fall silent are waited for. */
const width = Math.min(5, availableParallelism() + 1);
/** The longest first, so that none of them runs alone in the end. */
const longest = [
  'engine-cut', 'library-operations', 'engine-restore-cut', 'estimate-truth', 'library-power', 'diagnosis-healthy', 'engine-resume', 'diagnosis-pairs', 'wire-mutations',
];
/** By the titles of their tests, the longest are run in parts; the rest is one more part, so that none is left out. */
const cuts = {
  'engine-cut': [' incremental,', ' full,', ' encrypted,'],
  'library-operations': [' (full|incremental|restore) run '],
  'engine-restore-cut': [' by (ENOSPC|EIO) '],
};
const amounts = { SWEEP: 'full', SWEEP_STRIDE: '1', BIT_FLIPS: '10000', MUTATIONS: '1000000', ...given() };

await main(async () => {
  const words = process.argv.slice(2);
  const all = [...(await testFiles({ folder: 'test/faults' })), 'test/interop/estimate-truth.test.ts'];
  const files = all.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  files.sort((a, b) => rank(a) - rank(b));
  await mkdir(inProject('test-results'), { recursive: true });
  await rm(log, { force: true });
  const parts = files.flatMap(partsOf);
  const result = new SweepResult({ log, names: parts.map(({ name }) => name), amounts });
  // Before all is ended together.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => result.print());
  endTogether();
  await inTurns(parts, async (part) => result.add(await sweepPart(part)));
  process.exitCode = result.print() ? 0 : 1;
});

/** What the environment says of amounts wins. */
function given() {
  const names = ['SWEEP_STRIDE', 'POWER_CUTS', 'POWER_CUTS_PER_BARRIER', 'BIT_FLIPS', 'MUTATIONS', 'RESUME_CUTS', 'PAIRS', 'HEALTHY'];
  return Object.fromEntries(names.filter((name) => process.env[name]).map((name) => [name, process.env[name]]));
}

function nameOf(file) {
  return basename(file, '.test.ts');
}

function rank(file) {
  const index = longest.indexOf(nameOf(file));
  return index < 0 ? longest.length : index;
}

function partsOf(file) {
  const titles = cuts[nameOf(file)];
  if (!titles) return [{ file, name: nameOf(file) }];
  return [...titles, { not: titles.join('|') }].map((grep, index) => ({ file, name: `${nameOf(file)}-${index + 1}`, grep }));
}

async function sweepPart({ file, name, grep }) {
  const start = Date.now();
  // The sources are stripped of their types once, not by each process.
  const env = { NODE_COMPILE_CACHE: inProject('test-results', 'compile-cache'), ...amounts, SWEEP_LOG: log };
  const result = await runMocha({ name: `sweep-${name}`, files: [file], grep, testTimeout: hours, limit: 24 * hours, env });
  const ms = Date.now() - start;
  say(`── ${name}: ${result.passed} passed, ${result.failed} failed in ${minutes(ms)}`);
  return { ...result, name, ms };
}

/** Runs `work` for each item, `width` of them at a time. */
async function inTurns(items, work) {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
