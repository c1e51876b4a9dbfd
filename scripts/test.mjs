// Sets up, builds and runs all tests, or the groups named on the command line. The last line is "N passed, N failed".
import { setUp } from './setup.mjs';
import { endTogether } from './support/run.mjs';
import { Failure, main, say, seconds, warn } from './support/say.mjs';
import { budgets, buildGroup, groups, testFiles } from './test/groups.mjs';
import { printSummary } from './test/summary.mjs';

const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';

await main(async () => {
  endTogether();
  const chosen = chooseGroups(process.argv.slice(2));
  const results = [await runGroup({ name: 'set-up', budget: 'set-up', run: runSetUp })];
  if (results[0].failed === 0) for (const group of [buildGroup, ...chosen]) results.push(await runGroup(group));
  warnOfBudgets(results);
  process.exitCode = printSummary(results) ? 0 : 1;
});

function chooseGroups(names) {
  const unknown = names.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) throw new Failure(`No test group is called ${unknown.join(', ')}; there are ${groups.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? groups : groups.filter(({ name }) => names.includes(name));
}

async function runSetUp() {
  await setUp();
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

/** Runs one group; whatever happens in it, the next one follows. */
async function runGroup(group) {
  say(`\n━━ ${group.name} ━━`);
  const start = Date.now();
  const result = await tryGroup(group).catch((error) => ({ passed: 0, failed: 1, skipped: 0, failures: [error.message] }));
  const ms = Date.now() - start;
  say(`${group.name}: ${result.reason ?? `${result.passed} passed, ${result.failed} failed`} in ${seconds(ms)}`);
  return { ...result, name: group.name, budget: group.budget, ms };
}

async function tryGroup(group) {
  const files = group.folder ? await testFiles(group) : undefined;
  const reason = files?.length === 0 ? 'it has no tests' : await group.lacks?.();
  return reason ? notRun(reason) : group.run(files);
}

/** A group that cannot run is a failure where everything must be there. */
function notRun(reason) {
  const failures = isCi ? [`not run: ${reason}`] : [];
  return { passed: 0, failed: failures.length, skipped: 0, failures, reason: `not run: ${reason}` };
}

function warnOfBudgets(results) {
  for (const [budget, minutes] of Object.entries(budgets)) {
    const spent = results.filter((result) => result.budget === budget).reduce((sum, { ms }) => sum + ms, 0);
    if (spent > minutes * 60_000) warn(`${budget} took ${seconds(spent)}; its budget is ${minutes} minutes.`);
  }
}
