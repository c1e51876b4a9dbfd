import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem, type Draft, type Library } from '../../../src/library/index.ts';
import { idOf } from './support/make-manifest.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { put, runPhone, testFiles, testUdid } from './support/phone.ts';

const id = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';

describe('library: the folder a device writes to', () => {
  let home: TestLibrary;
  let library: Library;
  let draft: Draft;
  let outside = '';
  beforeEach(async () => {
    home = new TestLibrary();
    library = await home.open(new NodeFileSystem());
    draft = await library.startDraft(testRequest);
    outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'precious'), 'untouched');
  });
  afterEach(async () => {
    await draft.close();
    assert.deepEqual(readdirSync(outside), ['precious']);
    assert.equal(readFileSync(join(outside, 'precious'), 'utf8'), 'untouched');
    home.remove();
    rmSync(outside, { recursive: true });
  });

  const inDraft = (path: string): string => join(home.root, testUdid, '.draft', path);

  it('refuses a hostile path in every call, at once', async () => {
    const { folder } = draft;
    const refused = { code: 'data.path' };
    for (const path of ['../x', '/etc/passwd', `${testUdid}/../../x`, `${testUdid}/3d/../../../x`, `${testUdid}/incoming/0`, `${testUdid}/a\0`]) {
      assert.throws(() => folder.write(path), refused);
      for (const call of [folder.createDirectory(path), folder.list(path), folder.read(path), folder.remove(path)]) await assert.rejects(call, refused);
      for (const call of [folder.move(path, `${testUdid}/Info.plist`), folder.move(`${testUdid}/Info.plist`, path), folder.copy(path, testUdid), folder.copy(testUdid, path)]) {
        await assert.rejects(call, refused);
      }
    }
    await assert.rejects(folder.list(`${testUdid}/Info.plist`), refused);
    await assert.rejects(folder.read(`${testUdid}/3d`), refused);
  });

  it('never follows a link that lies in the draft', async () => {
    symlinkSync(outside, inDraft(`${testUdid}/Snapshot`));
    await assert.rejects(put(draft.folder, `${testUdid}/Snapshot/3d/${id}`, Buffer.from('x')).then(() => draft.folder.list(testUdid)), { code: 'host.not-a-folder' });
    await draft.close();
    rmSync(inDraft(`${testUdid}/Snapshot`));

    draft = await library.startDraft(testRequest);
    symlinkSync(join(outside, 'precious'), inDraft(`${testUdid}/Info.plist`));
    await assert.rejects(draft.folder.read(`${testUdid}/Info.plist`), { code: 'host.not-a-file' });
    await put(draft.folder, `${testUdid}/Info.plist`, Buffer.from('replaces the link'));
    await draft.folder.drain();
    assert.equal(readFileSync(inDraft(`${testUdid}/Info.plist`), 'utf8'), 'replaces the link');
    symlinkSync(join(outside, 'precious'), inDraft(`${testUdid}/Manifest.db`));
    const listed = await draft.folder.list(testUdid);
    assert.equal(listed.find(({ name }) => name === 'Manifest.db')?.kind, 'other');
    await draft.folder.remove(`${testUdid}/Manifest.db`);
  });

  it('keeps files apart that come at the same time, and drops a discarded one', async () => {
    const contents = Array.from({ length: 4 }, () => randomBytes(900_000));
    const writers = contents.map((_, index) => draft.folder.write(`${testUdid}/0${index}/0${index}${id.slice(2)}`));
    for (let at = 0; at < 900_000; at += 10_000) {
      for (const [index, writer] of writers.entries()) await writer.write(contents[index]!.subarray(at, at + 10_000));
    }
    writers[3]!.discard();
    for (const writer of writers.slice(0, 3)) await writer.finish();
    await draft.folder.drain();
    for (let index = 0; index < 3; index++) assert.ok(readFileSync(inDraft(`${testUdid}/0${index}/0${index}${id.slice(2)}`)).equals(contents[index]!));
    assert.deepEqual(await draft.folder.list(`${testUdid}/03`), []);
    assert.deepEqual(readdirSync(inDraft('incoming')), []);
  });

  it('shows a file only when it is whole', async () => {
    const writer = draft.folder.write(`${testUdid}/3d/${id}`);
    await writer.write(Buffer.alloc(2_000_000));
    assert.deepEqual(await draft.folder.list(`${testUdid}/3d`), []);
    await writer.finish();
    const [file] = await draft.folder.list(`${testUdid}/3d`);
    assert.deepEqual([file?.name, file?.kind, file?.size], [id, 'file', 2_000_000]);
  });

  it('lists nothing for a folder that is not there, and says so of a move from nowhere', async () => {
    assert.deepEqual(await draft.folder.list(`${testUdid}/Snapshot`), []);
    assert.equal(await draft.folder.read(`${testUdid}/Status.plist`), undefined);
    await draft.folder.remove(`${testUdid}/Snapshot`);
    await assert.rejects(draft.folder.move(`${testUdid}/Snapshot/3d/${id}`, `${testUdid}/3d/${id}`), { code: 'host.missing' });
  });

  it('tells a failure that comes late at the next call, and never publishes after it', async () => {
    await draft.folder.list(testUdid);
    mkdirSync(inDraft(`${testUdid}/3d`));
    writeFileSync(inDraft(`${testUdid}/3d/${id}`), 'there already');
    mkdirSync(inDraft('incoming/0'));
    await put(draft.folder, `${testUdid}/3d/${id}`, Buffer.from('x'));
    await assert.rejects(draft.folder.list(testUdid), { code: 'host.io' });
    await assert.rejects(draft.publish(), { code: 'host.io' });
    assert.deepEqual(await library.entries(), []);
  });

  it('never changes what it shares with the last backup', async () => {
    const files = testFiles(6);
    await runPhone(draft.folder, { files });
    const { entry } = await draft.publish();
    draft = await library.startDraft(testRequest);
    const ids = files.map((file) => idOf(file.domain, file.path));
    const [a, b, c] = ids.map((name) => `${testUdid}/${name.slice(0, 2)}/${name}`);
    await put(draft.folder, a!, Buffer.from('overwritten'));
    await draft.folder.move(b!, a!);
    await draft.folder.copy(c!, a!);
    await draft.folder.copy(testUdid, `${testUdid}-20240131-235959`);
    await draft.folder.remove(testUdid);
    await draft.folder.createDirectory(testUdid);
    assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
  });

  it('reads again what the device moved about as whole folders', async () => {
    const files = testFiles(5);
    await runPhone(draft.folder, { files, until: 'uploading' });
    const archive = `${testUdid}-20240131-235959`;
    await draft.folder.move(testUdid, archive);
    await draft.folder.move(archive, testUdid);
    await runPhone(draft.folder, { files });
    const { entry } = await draft.publish();
    assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
  });

  it('drops what a power cut tore, and keeps what is whole', async () => {
    const files = testFiles(6);
    await runPhone(draft.folder, { files, until: 'uploading' });
    await draft.close();
    const name = idOf(files[2]!.domain, files[2]!.path);
    const torn = inDraft(`${testUdid}/Snapshot/${name.slice(0, 2)}/${name}`);
    const size = readFileSync(torn).length;
    rmSync(torn);
    writeFileSync(torn, Buffer.alloc(size));
    draft = await library.startDraft(testRequest);
    assert.deepEqual(draft.start.resumed, { files: 8, bytes: draft.start.resumed!.bytes, dropped: 1 });
    assert.deepEqual(await draft.folder.list(`${testUdid}/Snapshot/${name.slice(0, 2)}`), []);
  });
});
