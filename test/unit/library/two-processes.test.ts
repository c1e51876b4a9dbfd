import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobRun } from '../../../src/jobs/api.ts';
import { createEngine } from '../../../src/jobs/engine.ts';
import { FaultFileSystem, type Operation } from '../../faults/support/fault-file-system.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { testFiles, testUdid } from './support/phone.ts';

const files = testFiles(4);

/** Writes a note into the newest record again and again, and counts how often it was gone a moment later. */
const noteScript = `
import { Library } from ${JSON.stringify(new URL('../../../src/library/index.ts', import.meta.url).href)};
const library = await Library.open(process.argv[1]);
const [{ udid, id }] = await library.entries();
let lost = 0;
console.log('begins');
for (let round = 0; round < 150; round++) {
  await library.setNote({ udid, id }, String(round));
  if ((await library.entry(udid, id)).note !== String(round)) lost++;
}
console.log('lost ' + lost);
`;

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

  it('verify all backups while the other deletes one of them', async () => {
    const library = await home.open();
    const gone = await home.backup(library, files);
    const kept = await home.backup(library, files, files);
    const hook = ({ name, args }: Operation): void => {
      const isFirst = name === 'openToRead' && String(args[0]).startsWith(join(kept.path, testUdid)) && existsSync(gone.path);
      if (isFirst) renameSync(gone.path, join(home.root, '.elsewhere'));
    };
    const engine = createEngine({ library: home.root }, { fs: new FaultFileSystem({ before: hook }).fs });
    const run: JobRun = { signal: new AbortController().signal, listener: () => undefined };
    const { entries } = await engine.verify({ level: 'bytes' }, run);
    assert.deepEqual(entries.map(({ entry, record }) => [entry.id, record.result]), [[kept.id, 'good']]);
    await assert.rejects(engine.verify({ entry: { udid: testUdid, id: gone.id }, level: 'bytes' }, run), { code: 'host.missing' });
    await engine.close();
  });

  it('tell the disk that was taken away while all are verified from backups that were deleted', async () => {
    const library = await home.open();
    await home.backup(library, files);
    const newest = await home.backup(library, files, files);
    const hook = ({ name, args }: Operation): void => {
      if (name === 'openToRead' && String(args[0]).startsWith(join(newest.path, testUdid)) && existsSync(home.root)) renameSync(home.root, `${home.root}-away`);
    };
    const engine = createEngine({ library: home.root }, { fs: new FaultFileSystem({ before: hook }).fs });
    try {
      await assert.rejects(engine.verify({ level: 'bytes' }, { signal: new AbortController().signal, listener: () => undefined }));
    } finally {
      await engine.close();
      renameSync(`${home.root}-away`, home.root);
    }
  });

  it('leave alone what another program begins where an export is to go', async () => {
    const entry = await home.backup(await home.open(), files);
    const other = join(home.root, '.other');
    const theirs = join(other, testUdid, 'Manifest.plist');
    const hook = ({ name, args }: Operation): void => {
      if (name !== 'freeSpace' || args[0] !== other) return;
      mkdirSync(join(other, testUdid));
      writeFileSync(theirs, 'theirs');
    };
    const library = await home.open(new FaultFileSystem({ before: hook }).fs);
    await assert.rejects(library.exportBackup(entry, other), { code: 'host.exists' });
    assert.equal(readFileSync(theirs, 'utf8'), 'theirs');
  });

  it('change the record of a backup, and neither loses what the other wrote', async () => {
    const library = await home.open();
    const { udid, id } = await home.backup(library, files);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', noteScript, home.root], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const ended = once(child, 'close').then(() => true);
    await once(child.stdout, 'data');
    let lost = 0;
    for (let isOver = false, isLocked = false; !isOver; isOver = await Promise.race([ended, Promise.resolve(false)])) {
      isLocked = !isLocked;
      await library.setLocked({ udid, id }, isLocked);
      if ((await library.entry(udid, id)).isLocked !== isLocked) lost++;
    }
    assert.deepEqual([lost, told], [0, 'begins\nlost 0\n']);
  }).timeout(60_000);

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
