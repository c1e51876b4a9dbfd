import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree } from './support/copy-tree.ts';
import { FaultFileSystem } from './support/fault-file-system.ts';
import { addedBy, doRun, expectGood, expectNextRun, libraryRuns, prepareLibrary, type LibraryRun } from './support/library-runs.ts';
import { memoryFolder } from './support/memory-folder.ts';
import { PowerLossModel } from './support/power-loss.ts';
import { figure, numbers, swept, testLimit } from './support/sweep.ts';

/** Cuts at other places than the barriers, drawn at random. */
const cuts = figure('POWER_CUTS', 8, 400);
/** What is lost is drawn anew each time. */
const cutsPerBarrier = figure('POWER_CUTS_PER_BARRIER', 3, 40);

interface Shape {
  readonly operations: number;
  /** Numbers of the operations that wait for the disk. */
  readonly barriers: readonly number[];
}

/** The power fails in a run; later changes are lost, torn or reordered. What was published before must be whole. */
describe('faults: power loss', function () {
  this.timeout(testLimit(240_000));
  const work = mkdtempSync(join(memoryFolder(), 'power-'));
  after(() => rmSync(work, { recursive: true, force: true }));

  for (const [turn, run] of libraryRuns.entries()) {
    it(`${run} run, cut before each barrier and in between`, async () => {
      const base = join(work, run);
      await prepareLibrary(base, run);
      const { operations, barriers } = await measure(base, run);
      assert.equal(barriers.length >= 4, run !== 'restore', `${barriers.length} barriers`);
      const random = seeded(7 + 4 * turn);
      const between = numbers(cuts).map(() => 1 + Math.floor(random() * operations));
      const atBarriers = barriers.flatMap((point) => numbers(cutsPerBarrier).map(() => point));
      for (const point of swept(`${run} run, power loss`, [...atBarriers, ...between])) await cutAt(base, run, point, random);
    });
  }

  async function measure(base: string, run: LibraryRun): Promise<Shape> {
    const barriers: number[] = [];
    const counting = new FaultFileSystem({ before: ({ name, number }) => void (name.startsWith('sync') && barriers.push(number)) });
    await doRun(copyOf(base), run, counting.fs);
    return { operations: counting.count, barriers };
  }

  async function cutAt(base: string, run: LibraryRun, point: number, random: () => number): Promise<void> {
    const root = copyOf(base);
    const model = new PowerLossModel(root, join(work, 'durable'), ({ number }) => number === point);
    const where = `${run} run, cut before operation ${point}`;
    const wasGood = await doRun(root, run, new FaultFileSystem(model.hooks).fs).then(() => true, () => false);
    model.cut(random);
    const entries = await expectGood(root, where);
    // A run that told of success, although the power failed in its house-keeping, has made its entry.
    assert.ok(entries.length >= 1 + (wasGood ? addedBy(run) : 0), where);
    await expectNextRun(root, run, entries, where);
  }

  function copyOf(base: string): string {
    const root = join(work, 'root');
    rmSync(root, { recursive: true, force: true });
    copyTree(base, root);
    return root;
  }
});

/** Park and Miller's generator, 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
