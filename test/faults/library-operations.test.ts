import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { EngineError } from '../../src/shared/errors.ts';
import { copyTree } from './support/copy-tree.ts';
import { FaultFileSystem, failAt, type Fault } from './support/fault-file-system.ts';
import { addedBy, doRun, expectGood, expectNextRun, libraryRuns, prepareLibrary, type LibraryRun } from './support/library-runs.ts';
import { memoryFolder } from './support/memory-folder.ts';
import { figure, numbers, strided, swept, testLimit } from './support/sweep.ts';

const faults = ['ENOSPC', 'EIO', 'EACCES', 'short write'] as const satisfies Fault[];
const stride = figure('SWEEP_STRIDE', 61, 1);
const expected: Readonly<Record<Fault, string>> = { ENOSPC: 'host.no-space', EIO: 'host.io', EACCES: 'host.permission', 'short write': 'host.no-space' };

/** Each operation of a small run fails once: the history must stay whole, and the next run must succeed. */
describe('faults: every operation of the library fails once', function () {
  this.timeout(testLimit(240_000));
  const work = mkdtempSync(join(memoryFolder(), 'operations-'));
  after(() => rmSync(work, { recursive: true, force: true }));

  for (const run of libraryRuns) {
    describe(`${run} run`, () => {
      const base = join(work, run);
      let count = 0;
      before(async () => {
        await prepareLibrary(base, run);
        const faultless = new FaultFileSystem({});
        await inCopy(base, (root) => doRun(root, run, faultless.fs));
        count = faultless.count;
      });

      for (const [turn, fault] of faults.entries()) {
        it(fault, async () => {
          assert.ok(count > 50, `${count} operations`);
          // A different phase for each fault, so that over all of them most positions are met.
          const every = Math.min(stride, Math.ceil(count / 8));
          const phase = Math.floor((turn * every) / faults.length);
          for (const k of swept(`${run} run, ${fault}`, strided(numbers(count), every, phase))) await faultAt(base, run, fault, k);
        });
      }
    });
  }

  async function faultAt(base: string, run: LibraryRun, fault: Fault, k: number): Promise<void> {
    await inCopy(base, async (root) => {
      const where = `${run} run, ${fault} at operation ${k}`;
      const error: unknown = await doRun(root, run, new FaultFileSystem(failAt(k, fault)).fs).catch((reason: unknown) => reason);
      if (error !== undefined) {
        assert.ok(error instanceof EngineError, `${where}: ${inspect(error)}`);
        assert.equal(error.code, expected[fault], where);
      }
      const entries = await expectGood(root, where);
      assert.ok(entries.length >= 1 + (error === undefined ? addedBy(run) : 0), `${where}: ${entries.length} entries`);
      await expectNextRun(root, run, entries, where);
    });
  }

  async function inCopy(base: string, work: (root: string) => Promise<void>): Promise<void> {
    const root = mkdtempSync(join(memoryFolder(), 'fault-'));
    try {
      copyTree(base, root);
      await work(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
});
