import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { memoryFolder } from './support/memory-folder.ts';
import { join } from 'node:path';
import { Library, type DraftRequest } from '../../src/library/index.ts';
import { EngineError } from '../../src/shared/errors.ts';
import { runPhone, testFiles, testUdid } from '../unit/library/support/phone.ts';
import { testRequest } from '../unit/library/support/library.ts';
import { FaultFileSystem, failAt, type Fault } from './support/fault-file-system.ts';

const first = testFiles(10);
const second = [...first.slice(1, 8), { ...first[9]!, content: Buffer.from('changed') }, ...testFiles(12).slice(10)];
const stride = Number(process.env['SWEEP_STRIDE'] ?? 41);
const expected: Readonly<Record<Fault, string>> = { ENOSPC: 'host.no-space', EIO: 'host.io', EACCES: 'host.permission', 'short write': 'host.no-space' };

/** Each operation of a small run fails once: the history must stay whole, and the next run must succeed. */
describe('faults: every operation of the library fails once', function () {
  this.timeout(240_000);
  const base = mkdtempSync(join(memoryFolder(), 'faults-'));
  before(async () => {
    const library = await Library.open(base, new FaultFileSystem({}).fs, { now: () => new Date(Date.UTC(2026, 0, 1)) });
    await backup(library, { files: first });
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  for (const kind of ['incremental', 'full'] as const) {
    for (const fault of ['ENOSPC', 'EIO', 'EACCES', 'short write'] as const) {
      it(`${kind} run, ${fault}`, async () => {
        const count = await countOperations(kind);
        // A different phase for each fault, so that over all of them most positions are met.
        const start = 1 + (fault.length % stride);
        for (let k = start; k <= count; k += stride) await faultAt(kind, fault, k);
      });
    }
  }

  async function countOperations(kind: 'full' | 'incremental'): Promise<number> {
    const faults = new FaultFileSystem({});
    await inCopy(async (root) => {
      await backup(await Library.open(root, faults.fs), phoneRun(kind), kind);
    });
    return faults.count;
  }

  async function faultAt(kind: 'full' | 'incremental', fault: Fault, k: number): Promise<void> {
    await inCopy(async (root) => {
      const where = `${kind}, ${fault} at operation ${k}`;
      const outcome = await attempt(root, new FaultFileSystem(failAt(k, fault)), kind);
      if (outcome instanceof Error) {
        assert.ok(outcome instanceof EngineError, `${where}: ${outcome.stack}`);
        assert.equal(outcome.code, expected[fault], where);
      }
      const clean = await Library.open(root, new FaultFileSystem({}).fs);
      const entries = await expectAllGood(clean, where);
      assert.ok(entries.length >= (outcome === undefined ? 2 : 1), `${where}: ${entries.length} entries`);
      await backup(clean, phoneRun(kind), kind);
      assert.equal((await expectAllGood(clean, where)).length, entries.length + 1, where);
      assert.ok(!existsSync(join(root, testUdid, 'lock.json')), `${where}: a lock is left`);
      assert.deepEqual(readdirSync(join(root, testUdid)).filter((name) => name === '.draft'), [], where);
    });
  }

  async function expectAllGood(library: Library, where: string): Promise<string[]> {
    const entries = await library.entries();
    for (const entry of entries) {
      const { damage } = await library.verify(entry, { level: 'bytes' });
      assert.deepEqual(damage, [], `${where}: ${entry.id}`);
    }
    return entries.map(({ id }) => id);
  }

  async function attempt(root: string, faults: FaultFileSystem, kind: 'full' | 'incremental'): Promise<unknown> {
    try {
      await backup(await Library.open(root, faults.fs), phoneRun(kind), kind);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  async function inCopy(work: (root: string) => Promise<void>): Promise<void> {
    const root = mkdtempSync(join(memoryFolder(), 'fault-'));
    try {
      cpSync(base, root, { recursive: true, preserveTimestamps: true });
      await work(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
});

const phoneRun = (kind: 'full' | 'incremental') => (kind === 'full' ? { files: second } : { files: second, before: first });

async function backup(library: Library, run: Parameters<typeof runPhone>[1], kind: 'full' | 'incremental' = 'full'): Promise<void> {
  const request: DraftRequest = { ...testRequest, isForcedFull: kind === 'full' };
  const draft = await library.startDraft(request);
  try {
    await runPhone(draft.folder, run);
    await draft.publish();
  } finally {
    await draft.close();
  }
}
