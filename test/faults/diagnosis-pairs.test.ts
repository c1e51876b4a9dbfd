import assert from 'node:assert/strict';
import { withDeadline } from '../../src/shared/cancel.ts';
import { inState } from './support/diagnosis/in-state.ts';
import { mayMount } from './support/diagnosis/disks.ts';
import { shuffled } from './support/diagnosis/seeded.ts';
import { sideBySide } from './support/diagnosis/side-by-side.ts';
import { areCompatible, type State } from './support/diagnosis/state.ts';
import { states } from './support/diagnosis/states.ts';
import { figure, isSweep } from './support/sweep.ts';

/** Of one pair, ms. */
const limit = 120_000;
const seed = figure('PAIR_SEED', 1, 1);
const count = figure('PAIRS', 30, 200);

const usable = states.filter(({ mounts, isSlow }) => (mounts !== true || mayMount) && (isSweep || isSlow !== true));
const pairs = usable.flatMap((a, index) => usable.slice(index + 1).filter((b) => areCompatible(a, b)).map((b): [State, State] => [a, b]));
const chosen = shuffled(pairs, seed).slice(0, count);

const namedIn = (pair: readonly State[]): Promise<string[]> =>
  inState(pair, async (world, failed) => (await world.diagnose(failed)).ranked.map(({ row }) => row));

/** Pairs of which one once hid the other. */
const hiddenOnce: readonly (readonly [string, string])[] = [['backup.empty-plist', 'password.stored-wrong']];

describe('the diagnosis of two faults at once', function () {
  this.timeout(3_600_000);

  for (const rows of hiddenOnce) {
    it(`finds both: ${rows.join(' + ')}`, async () => {
      const pair = rows.map((row) => states.find((state) => state.row === row)).filter((state) => state !== undefined);
      assert.deepEqual((await namedIn(pair)).slice(0, 2).toSorted(), rows.toSorted());
    });
  }

  it(`names both before all else in at least 90 of 100: ${chosen.length} of ${pairs.length} pairs, seed ${seed}`, async () => {
    const results = await sideBySide(chosen, (pair) => withDeadline(namedIn(pair), limit, () => new Error('no answer in two minutes')));
    const wrong = results.flatMap((result, index) => {
      const rows = (chosen[index] ?? []).map(({ row }) => row);
      if (result.status === 'rejected') return [`${rows.join(' + ')}: ${String(result.reason)}`];
      const [first = '', second = ''] = result.value;
      return rows.includes(first) && rows.includes(second) ? [] : [`${rows.join(' + ')}: ${result.value.slice(0, 4).join(', ')}`];
    });
    const right = chosen.length - wrong.length;
    process.stdout.write(`      ${right} of ${chosen.length} pairs named first\n${wrong.map((line) => `        not: ${line}\n`).join('')}`);
    assert.ok(right >= 0.9 * chosen.length);
  });
});
