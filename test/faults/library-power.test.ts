import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { memoryFolder } from './support/memory-folder.ts';
import { join } from 'node:path';
import { Library, type DraftRequest } from '../../src/library/index.ts';
import { runPhone, testFiles, testUdid, type PhoneRun } from '../unit/library/support/phone.ts';
import { testRequest } from '../unit/library/support/library.ts';
import { FaultFileSystem } from './support/fault-file-system.ts';
import { PowerLossModel } from './support/power-loss.ts';

const first = testFiles(8);
const second = [...first.slice(1, 7), { ...first[7]!, content: Buffer.from('changed') }, ...testFiles(10).slice(8)];
const cuts = Number(process.env['POWER_CUTS'] ?? 10);
/** What is lost is drawn anew each time. */
const cutsPerBarrier = 4;

/** The power fails in a run; later changes are lost, torn or reordered. What was published before must be whole. */
describe('faults: power loss', function () {
  this.timeout(300_000);
  const work = mkdtempSync(join(memoryFolder(), 'power-'));
  const base = join(work, 'base');
  before(async () => {
    await backup(base, new FaultFileSystem({}), { files: first }, true);
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  for (const isFull of [false, true]) {
    const run: PhoneRun = isFull ? { files: second } : { files: second, before: first };
    it(`${isFull ? 'full' : 'incremental'} run, cut before each barrier and in between`, async () => {
      const { operations, barriers } = await countOperations(run, isFull);
      const random = seeded(isFull ? 7 : 11);
      const points = [...barriers.flatMap((point) => Array.from({ length: cutsPerBarrier }, () => point)), ...Array.from({ length: cuts }, () => 1 + Math.floor(random() * operations))];
      for (const point of points) await cutAt(run, isFull, point, random);
    });
  }

  async function countOperations(run: PhoneRun, isFull: boolean): Promise<{ operations: number; barriers: number[] }> {
    const barriers: number[] = [];
    const counting = new FaultFileSystem({ before: ({ name, number }) => void (name.startsWith('sync') && barriers.push(number)) });
    await backup(copyOfBase(), counting, run, isFull);
    return { operations: counting.count, barriers };
  }

  async function cutAt(run: PhoneRun, isFull: boolean, point: number, random: () => number): Promise<void> {
    const root = copyOfBase();
    const model = new PowerLossModel(root, join(work, 'durable'), ({ number }) => number === point);
    // A cut in the house-keeping after the last rename does not fail the run any more.
    await backup(root, new FaultFileSystem(model.hooks), run, isFull).catch(() => {});
    model.cut(random);
    const where = `cut before operation ${point}`;
    const entries = await expectAllGood(root, where);
    assert.ok(entries >= 1, where);
    await backup(root, new FaultFileSystem({}), run, isFull);
    assert.equal(await expectAllGood(root, where), entries + 1, where);
  }

  async function expectAllGood(root: string, where: string): Promise<number> {
    const library = await Library.open(root, new FaultFileSystem({}).fs);
    const entries = await library.entries();
    for (const entry of entries) {
      const { damage } = await library.verify(entry, { level: 'bytes' });
      assert.deepEqual(damage, [], `${where}: ${entry.id}`);
      assert.ok(entry.isComplete, `${where}: ${entry.id} is not complete`);
    }
    return entries.length;
  }

  function copyOfBase(): string {
    const root = join(work, 'root');
    rmSync(root, { recursive: true, force: true });
    execFileSync('cp', ['--archive', base, root]);
    return root;
  }
});

async function backup(root: string, faults: FaultFileSystem, run: PhoneRun, isFull: boolean): Promise<void> {
  const library = await Library.open(root, faults.fs);
  const request: DraftRequest = { ...testRequest, udid: testUdid, isForcedFull: isFull };
  const draft = await library.startDraft(request);
  try {
    await runPhone(draft.folder, run);
    await draft.publish();
  } finally {
    await draft.close();
  }
}

/** Park and Miller's generator, 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
