import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { stepsFor } from '../../src/diagnosis/diagnosed-words.ts';
import { knowledgeRow } from '../../src/diagnosis/knowledge/knowledge.ts';
import type { DiagnosisReport } from '../../src/shared/diagnosis-report.ts';
import { mayMount } from './support/diagnosis/disks.ts';
import { inState } from './support/diagnosis/in-state.ts';
import { sideBySide } from './support/diagnosis/side-by-side.ts';
import { states } from './support/diagnosis/states.ts';
import { tableFile, tableOf } from './support/diagnosis/table.ts';

const isCi = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
const tried = states.filter(({ mounts }) => mounts !== true || mayMount || isCi);

describe('the diagnosis of a single fault', function () {
  this.timeout(60_000);
  const reports = new Map<(typeof states)[number], PromiseSettledResult<DiagnosisReport>>();

  before(async function () {
    this.timeout(600_000);
    const results = await sideBySide(tried, (state) => inState([state], (world, failed) => world.diagnose(failed)));
    for (const [index, result] of results.entries()) reports.set(tried[index] as (typeof states)[number], result);
  });

  for (const state of states) {
    it(`${state.row}: ${state.how}`, function () {
      const result = reports.get(state);
      if (!result) return this.skip();
      if (result.status === 'rejected') throw result.reason;
      expectSafe(result.value);
      assert.equal(result.value.ranked[0]?.row, state.row, told(result.value));
    });
  }

  it('is the one that docs/diagnosis-table.md tells of', async () => {
    const named = new Map([...reports].map(([state, result]) => [state, result.status === 'fulfilled' ? result.value.ranked[0]?.row : undefined]));
    if (reports.size < states.length) return;
    const table = tableOf(named);
    if (process.env['DIAGNOSIS_TABLE'] === 'write') await writeFile(tableFile, table);
    assert.equal(await readFile(tableFile, 'utf8'), table, 'run: node scripts/diagnosis-table.mjs');
  });

  it('names the right cause first in at least 95 of 100, for at least 35 causes', () => {
    const right = [...reports].filter(([{ row }, result]) => result.status === 'fulfilled' && result.value.ranked[0]?.row === row);
    process.stdout.write(`      ${right.length} of ${reports.size} named first, ${new Set(right.map(([{ row }]) => row)).size} causes\n`);
    assert.ok(right.length >= 0.95 * reports.size);
    assert.ok(new Set(right.map(([{ row }]) => row)).size >= 35);
  });
});

/** No finding may begin with a step that destroys something. */
function expectSafe({ ranked, iosVersion }: DiagnosisReport): void {
  for (const { row: id } of ranked) {
    const row = knowledgeRow(id);
    assert.ok(row, id);
    assert.equal(stepsFor(row, { iosVersion })[0]?.destroys, undefined, id);
  }
}

function told({ ranked, checks }: DiagnosisReport): string {
  const unknown = checks.filter(({ state }) => state === 'unknown').map(({ check, reason }) => `${check}: ${reason}`);
  return `named: ${ranked.map(({ row }) => row).join(', ')}; unknown: ${unknown.join(', ')}`;
}
