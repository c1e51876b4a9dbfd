import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Library } from '../../../src/library/index.ts';
import { newestFirst } from '../../../src/library/entry-order.ts';
import { FaultFileSystem } from '../../faults/support/fault-file-system.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { runPhone, testFiles, testUdid } from './support/phone.ts';

const files = testFiles(4);

describe('library: which backup is the newest', () => {
  let home: TestLibrary;
  let now = new Date(0);
  let library: Library;
  beforeEach(async () => {
    home = new TestLibrary();
    library = await Library.open(home.root, new FaultFileSystem({}).fs, { now: () => now });
  });
  afterEach(() => home.remove());

  const ids = async (): Promise<string[]> => (await library.entries()).map(({ id }) => id);

  /** A backup made while the computer's clock shows `date`; answers its name and that of the backup it began from. */
  async function backUp(date: string): Promise<{ readonly id: string; readonly base: string | undefined }> {
    now = new Date(date);
    const draft = await library.startDraft(testRequest);
    const base = draft.start.base?.id;
    try {
      await runPhone(draft.folder, base === undefined ? { files } : { files, before: files });
      return { id: (await draft.publish()).entry.id, base };
    } finally {
      await draft.close();
    }
  }

  it('is the last one that was made, although the clock had been years ahead', async () => {
    const first = await backUp('2026-11-01T10:00:00Z');
    const ahead = await backUp('2031-01-01T00:00:00Z');
    const third = await backUp('2026-11-03T10:00:00Z');
    const fourth = await backUp('2026-11-04T10:00:00Z');
    assert.deepEqual([ahead.base, third.base, fourth.base], [first.id, ahead.id, third.id]);
    assert.deepEqual(await ids(), [fourth.id, third.id, ahead.id, first.id]);
    await library.delete(await library.entry(testUdid, fourth.id));
    assert.deepEqual(await ids(), [third.id, ahead.id, first.id]);
  });

  it('is the last one that was made, although the clock had lost its date', async () => {
    const first = await backUp('2026-11-01T10:00:00Z');
    const second = await backUp('2026-11-02T10:00:00Z');
    const behind = await backUp('1970-01-01T00:00:05Z');
    const last = await backUp('2026-11-03T10:00:00Z');
    assert.deepEqual([behind.base, last.base], [second.id, behind.id]);
    assert.deepEqual(await ids(), [last.id, behind.id, second.id, first.id]);
  });

  it('is told by their dates where no clock was wrong, as in libraries that tell nothing more', async () => {
    const one = await backUp('2026-11-01T10:00:00Z');
    const other = await backUp('2026-11-02T10:00:00Z');
    for (const { laterThan } of await library.entries()) assert.equal(laterThan, undefined);
    rmSync(join(home.root, testUdid, other.id, 'backup.json'));
    assert.deepEqual(await ids(), [other.id, one.id]);
  });

  it('becomes right with the next backup of a library that an older version left wrong', async () => {
    const good = await backUp('2026-11-01T10:00:00Z');
    const { path } = await library.entry(testUdid, (await backUp('2026-11-02T10:00:00Z')).id);
    const ahead = '2031-01-01T00-00-00Z';
    renameSync(path, join(dirname(path), ahead));
    rmSync(join(dirname(path), ahead, 'backup.json'));
    assert.deepEqual(await ids(), [ahead, good.id]);
    const next = await backUp('2026-11-03T10:00:00Z');
    assert.deepEqual(await ids(), [next.id, ahead, good.id]);
    assert.equal((await backUp('2026-11-04T10:00:00Z')).base, next.id);
  });

  it('is found among imported ones by their dates, and among devices each by its own', () => {
    const entry = (udid: string, id: string, laterThan?: string[]) => ({ udid, id, date: new Date(id), laterThan });
    const all = [entry('a', '2024-01-01'), entry('a', '2031-01-01'), entry('a', '2026-01-01', ['2031-01-01']), entry('b', '2031-01-01'), entry('b', '2025-01-01')];
    const order = ['b 2031-01-01', 'a 2026-01-01', 'a 2031-01-01', 'b 2025-01-01', 'a 2024-01-01'];
    assert.deepEqual(newestFirst(all).map(({ udid, id }) => `${udid} ${id}`), order);
  });
});
