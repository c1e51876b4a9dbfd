import { say, seconds } from '../support/say.mjs';

const sum = (results, key) => results.reduce((total, result) => total + result[key], 0);

/** Prints failures, a table and the last line; `true` when nothing failed. */
export function printSummary(results) {
  const failures = results.flatMap(({ name, failures }) => failures.map((failure) => `  ${name}: ${failure}`));
  if (failures.length > 0) say(['', 'Failed:', ...failures].join('\n'));
  say(['', row('group', 'passed', 'failed', 'skipped', 'time'), ...results.map(groupRow), ''].join('\n'));
  const failed = sum(results, 'failed');
  say(`${sum(results, 'passed')} passed, ${failed} failed`);
  return failed === 0;
}

const groupRow = (result) =>
  row(result.name, result.passed, result.failed, result.skipped, seconds(result.ms)) + (result.reason ? `  ${result.reason}` : '');

const row = (name, ...cells) => name.padEnd(10) + cells.map((cell) => String(cell).padStart(9)).join('');
