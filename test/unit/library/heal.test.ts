import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry, Library } from '../../../src/library/index.ts';
import { FaultFileSystem, errnoError } from '../../faults/support/fault-file-system.ts';
import { makeKeybag } from '../format/support/make-keybag.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { idOf, type TestFile } from './support/make-manifest.ts';
import { encryptFiles, runPhone, testFiles, testUdid } from './support/phone.ts';

const files = testFiles(6);
const pathOf = ({ path }: HistoryEntry, file: TestFile): string => join(path, testUdid, idOf(file.domain, file.path).replace(/^(..)/, '$1/$1'));

/** Changes the first byte, as a decaying disk does. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
}

describe('library: damaged files of older backups', () => {
  let home: TestLibrary;
  beforeEach(() => (home = new TestLibrary()));
  afterEach(() => home.remove());

  const isGood = async (library: Library, entry: HistoryEntry): Promise<boolean> => (await library.verify(entry, { level: 'bytes' })).record.result === 'good';

  it('are healed by a full backup, also where the newest has good ones of its own', async () => {
    // Without hard links each backup has its own copies.
    const noLinks = new FaultFileSystem({
      before: ({ name }) => {
        if (name === 'link') throw errnoError('EPERM', name);
      },
    });
    const library = await home.open(noLinks.fs);
    const oldest = await home.backup(library, files);
    const newer = await home.backup(library, files, files);
    for (const file of files.slice(0, 3)) damage(pathOf(oldest, file));
    rmSync(pathOf(oldest, files[3]!));
    const { notes, damage: found } = await library.verify(oldest, { level: 'bytes' });
    assert.deepEqual([found.length, notes.map(({ code, facts }) => [code, facts])], [4, [['verify.healable', { count: 4 }]]]);
    await home.backup(library, files, files);
    assert.equal(await isGood(library, oldest), false, 'an incremental run brings nothing to heal with');
    await home.backup(library, files, undefined, { isForcedFull: true });
    assert.equal(await isGood(library, oldest), true);
    assert.equal(await isGood(library, newer), true);
    for (const file of files) assert.deepEqual(readFileSync(pathOf(oldest, file)), file.content);
  });

  it('are healed in all that share them, and no file gets bytes that it did not have', async () => {
    const library = await home.open();
    const oldest = await home.backup(library, files);
    const changed = [{ ...files[0]!, content: Buffer.from('new') }, ...files.slice(1)];
    const newer = await home.backup(library, changed, files);
    damage(pathOf(oldest, files[0]!));
    damage(pathOf(newer, files[1]!));
    for (const entry of [oldest, newer]) assert.equal(await isGood(library, entry), false);
    await home.backup(library, changed, undefined, { isForcedFull: true });
    assert.equal(await isGood(library, newer), true);
    const { damage: left } = await library.verify(oldest, { level: 'bytes' });
    assert.deepEqual(left.map(({ relativePath }) => relativePath), [files[0]!.path], 'what the phone no longer has stays damaged');
  });

  it('are called beyond repair where they are encrypted', async () => {
    const bag = makeKeybag({ password: 'correct horse' });
    const secrets = { keybag: bag.bytes, classKeys: bag.classKeys };
    const library = await home.open();
    const draft = await library.startDraft({ ...testRequest, isEncrypted: true });
    const sealed = encryptFiles(files, secrets);
    await runPhone(draft.folder, { files: sealed, secrets });
    const { entry } = await draft.publish();
    await draft.close();
    const codes = async (): Promise<string[]> => (await library.verify(entry, { level: 'bytes' })).notes.map(({ code }) => code);
    assert.deepEqual(await codes(), ['verify.bytes-only', 'verify.weak-key'], 'a bag without the first stage is of iOS 10.1 or older');
    damage(pathOf(entry, sealed[2]!));
    assert.deepEqual(await codes(), ['verify.bytes-only', 'verify.weak-key', 'verify.not-healable']);
  });
});
