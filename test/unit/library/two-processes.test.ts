import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { FaultFileSystem } from '../../faults/support/fault-file-system.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { testFiles, testUdid } from './support/phone.ts';

const files = testFiles(4);

describe('library: two processes on one', () => {
  let home: TestLibrary;
  beforeEach(() => (home = new TestLibrary()));
  afterEach(() => home.remove());

  it('show no backup that the other deletes in the same moment', async () => {
    const library = await home.open();
    const kept = await home.backup(library, files);
    const gone = await home.backup(library, files, files);
    let isMoved = false;
    const reader = await home.open(
      new FaultFileSystem({
        after: ({ name, args }) => {
          if (isMoved || name !== 'readDirectory' || args[0] !== join(home.root, testUdid)) return;
          isMoved = true;
          renameSync(gone.path, join(home.root, '.elsewhere'));
        },
      }).fs,
    );
    const { entries, problems } = await reader.history();
    assert.ok(isMoved);
    assert.deepEqual(entries.map(({ id }) => id), [kept.id]);
    assert.ok(!problems.some(({ code }) => code === 'library.unreadable-entry'));
  });

  it('let one of them back a device up, and both read meanwhile', async () => {
    const [one, other] = [await home.open(), await home.open()];
    const entry = await home.backup(one, files);
    const draft = await one.startDraft(testRequest);
    for (const refused of [() => other.startDraft(testRequest), () => other.delete(entry), () => other.discardDrafts(testUdid)]) {
      await assert.rejects(refused, { kind: 'host', code: 'host.locked' });
    }
    const { entries, drafts } = await other.history();
    assert.deepEqual([entries.map(({ id }) => id), drafts.map(({ isRunning }) => isRunning)], [[entry.id], [true]]);
    assert.deepEqual((await other.verify(entry, { level: 'bytes' })).damage, []);
    await draft.discard();
    await (await other.startDraft(testRequest)).discard();
  });
});
