import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestReader } from '../../../src/format/manifest-reader.ts';
import type { HistoryEntry, Library } from '../../../src/library/index.ts';
import { makeKeybag } from '../format/support/make-keybag.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { encryptFiles, runPhone, testFiles, testUdid } from './support/phone.ts';

const password = 'correct horse';

describe('library: encrypted backups', () => {
  const home = new TestLibrary();
  const bag = makeKeybag({ password, rounds: 10, doubleRounds: 20 });
  const secrets = { keybag: bag.bytes, classKeys: bag.classKeys };
  const files = encryptFiles(testFiles(6), secrets);
  let library: Library;
  let entry: HistoryEntry;
  before(async () => {
    library = await home.open();
    const draft = await library.startDraft({ ...testRequest, isEncrypted: true });
    await runPhone(draft.folder, { files, secrets });
    const result = await draft.publish();
    assert.equal(result.wasCompared, false);
    entry = result.entry;
    await draft.close();
  });
  after(() => home.remove());

  const scratchIsEmpty = (): boolean => !existsSync(join(home.root, '.scratch')) || readdirSync(join(home.root, '.scratch')).length === 0;

  it('are checked by their bytes without a password, which is said', async () => {
    const { damage, notes, record } = await library.verify(entry, { level: 'unlock' });
    assert.deepEqual(damage, []);
    assert.deepEqual(notes.map(({ code }) => code), ['verify.bytes-only']);
    assert.equal(record.level, 'bytes');
  });

  it('are unlocked and compared with one, and leave no decrypted manifest behind', async () => {
    const { damage, record } = await library.verify(entry, { level: 'unlock', password });
    assert.deepEqual(damage, []);
    assert.equal(record.level, 'unlock');
    assert.ok(scratchIsEmpty());
  });

  it('tell a wrong password from damage', async () => {
    await assert.rejects(library.verify(entry, { level: 'unlock', password: 'wrong' }), { code: 'data.password' });
    assert.ok(scratchIsEmpty());
  });

  it('open their manifest for a job, and remove the copy when closed', async () => {
    const backup = await library.openBackup(join(entry.path, testUdid), password);
    const manifest = ManifestReader.open(backup.database);
    assert.equal([...manifest.contentIds()].length, 6);
    manifest.close();
    await backup.close();
    assert.ok(scratchIsEmpty());
    await assert.rejects(library.openBackup(join(entry.path, testUdid), undefined), { code: 'data.password' });
  });

  it('answer whether a password is theirs though their Manifest.plist is empty, as long as its copy is there', async () => {
    const path = join(entry.path, testUdid, 'Manifest.plist');
    const bytes = readFileSync(path);
    chmodSync(path, 0o600);
    try {
      for (const content of [bytes, Buffer.alloc(0), Buffer.from('rubbish')]) {
        writeFileSync(path, content);
        assert.equal(await library.opensKeybag(entry, password), true);
        assert.equal(await library.opensKeybag(entry, 'wrong'), false);
      }
      rmSync(join(home.root, testUdid, '.spare'), { recursive: true });
      await assert.rejects(library.opensKeybag(entry, password), { code: 'data.plist' });
    } finally {
      writeFileSync(path, bytes);
    }
  });

  it('are no base for a run without encryption', async () => {
    const draft = await library.startDraft(testRequest);
    assert.equal(draft.start.base, undefined);
    await draft.discard();
    const again = await library.startDraft({ ...testRequest, isEncrypted: true });
    assert.equal(again.start.base?.id, entry.id);
    await again.discard();
  });
});
