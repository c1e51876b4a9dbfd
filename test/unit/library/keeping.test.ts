import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem, type HistoryEntry, type Library } from '../../../src/library/index.ts';
import type { EngineError } from '../../../src/shared/errors.ts';
import { treePrint } from '../../faults/support/engine-tree.ts';
import { FaultFileSystem, type Operation } from '../../faults/support/fault-file-system.ts';
import { idOf } from './support/make-manifest.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { put, runPhone, testFiles, testUdid } from './support/phone.ts';
import { readOnlyDisk } from './support/read-only-disk.ts';

describe('library: keeping backups', () => {
  let home: TestLibrary;
  let library: Library;
  let other = '';
  beforeEach(async () => {
    home = new TestLibrary();
    library = await home.open();
    other = mkdtempSync(join(tmpdir(), 'other-'));
  });
  afterEach(() => {
    home.remove();
    rmSync(other, { recursive: true, force: true });
  });

  const first = testFiles(20);
  const second = first.map((file, index) => (index < 5 ? { ...file, content: Buffer.from(`new ${index}`) } : file));
  const good = async (entry: HistoryEntry): Promise<void> => assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
  const fileOf = (entry: HistoryEntry, index: number): string => {
    const id = idOf(first[index]!.domain, first[index]!.path);
    return join(entry.path, testUdid, id.slice(0, 2), id);
  };
  const blocks = (): number => Number(execFileSync('du', ['--apparent-size', '--bytes', '--summarize', home.root], { encoding: 'utf8' }).split('\t')[0]);

  it('says what deleting frees, keeps it until the trash is emptied, and frees that much', async () => {
    const a = await home.backup(library, first);
    const b = await home.backup(library, second, first);
    assert.ok(b.ownSize < a.size + 100_000);
    const { trashId, bytesToFree } = await library.delete(a);
    assert.deepEqual((await library.entries()).map(({ id }) => id), [b.id]);
    await library.undelete(trashId);
    await good(a);
    await library.delete(a);
    const before = blocks();
    assert.deepEqual(await library.emptyTrash(), { bytesFreed: bytesToFree });
    const freed = before - blocks();
    assert.ok(freed >= bytesToFree, `${freed} of ${bytesToFree}`);
    await good(b);
    const [only] = await library.entries();
    assert.ok(only!.ownSize > only!.size, 'all of its files are its own now');
  });

  it('does not delete a locked entry, nor the base of an interrupted run', async () => {
    const entry = await home.backup(library, first);
    await library.setLocked(entry, true);
    await assert.rejects(library.entry(testUdid, entry.id).then((locked) => library.delete(locked)), { code: 'host.entry-locked' });
    await library.setLocked(entry, false);
    const draft = await library.startDraft(testRequest);
    await assert.rejects(library.delete(entry), { code: 'host.locked' });
    await draft.close();
    await assert.rejects(library.delete(entry), { code: 'host.base-of-draft' });
    await library.discardDrafts(testUdid);
    await library.delete(entry);
  });

  it('exports a copy that shares nothing, and imports it again', async () => {
    const entry = await home.backup(library, first);
    const { path } = await library.exportBackup(entry, other);
    appendFileSync(join(path, 'Info.plist'), 'changed by another program');
    for (const shard of readdirSync(path).filter((name) => name.length === 2)) {
      for (const name of readdirSync(join(path, shard))) assert.equal(statSync(join(path, shard, name)).nlink, 1);
    }
    await good(entry);
    await library.delete(entry);
    await library.emptyTrash();
    for (const folder of [path, other]) {
      const imported = await library.importBackup(folder);
      assert.deepEqual({ kind: imported.kind, files: imported.files, isComplete: imported.isComplete }, { kind: 'imported', files: 20, isComplete: true });
      await good(imported);
    }
    assert.equal((await library.entries()).length, 2);
    assert.ok(statSync(fileOf((await library.entries())[0]!, 3)).nlink === 2, 'equal files are shared');
    await assert.rejects(library.exportBackup((await library.entries())[0]!, other), { code: 'host.exists' });
  });

  it('neither exports nor imports what does not fit, and leaves nothing of what was cancelled', async () => {
    const entry = await home.backup(library, first);
    const full = await home.open(Object.assign(new NodeFileSystem(), { freeSpace: async () => 10_000n }));
    for (const refused of [() => full.exportBackup(entry, other), () => full.importBackup(entry.path)]) {
      await assert.rejects(refused, (error: EngineError) => error.code === 'host.no-space' && error.facts?.['free'] === 10_000 && Number(error.facts['needed']) >= entry.size);
    }
    assert.deepEqual(readdirSync(other), []);
    const stop = new AbortController();
    const before = ({ name, args }: Operation): void => {
      if (name === 'create' && String(args[0]).startsWith(other)) stop.abort();
    };
    const cancelled = await home.open(new FaultFileSystem({ before }).fs);
    await assert.rejects(cancelled.exportBackup(entry, other, { signal: stop.signal }), { kind: 'cancelled' });
    assert.deepEqual(readdirSync(other), []);
    await library.exportBackup(entry, other);
  });

  it('keeps copies of the lists of whatever entry is the newest, and of none that is gone', async () => {
    const spares = (): string[] => readdirSync(join(home.root, testUdid, '.spare'));
    const a = await home.backup(library, first);
    const b = await home.backup(library, second, first);
    assert.deepEqual(spares(), [b.id]);
    const { trashId } = await library.delete(b);
    assert.deepEqual(spares(), [a.id, b.id], 'a deleted entry can come back');
    rmSync(join(a.path, testUdid, 'Manifest.db'));
    assert.deepEqual(await library.repair(a), ['Manifest.db']);
    await good(a);
    await library.undelete(trashId);
    await library.delete(b);
    await library.emptyTrash();
    assert.deepEqual(spares(), [a.id]);

    await library.exportBackup(a, other);
    const c = await home.backup(library, second, first);
    const d = await home.backup(library, first, second);
    mkdirSync(join(home.root, testUdid, '.spare', a.id));
    await library.delete(d);
    await library.emptyTrash();
    assert.deepEqual(spares(), [a.id, c.id], 'those of an entry that is there stay');
    for (const entry of [a, c]) await library.delete(entry);
    await library.emptyTrash();
    assert.deepEqual(spares(), []);
    const imported = await library.importBackup(other);
    assert.deepEqual(spares(), [imported.id]);
    rmSync(join(imported.path, testUdid, 'Manifest.plist'));
    assert.deepEqual(await library.repair(imported), ['Manifest.plist']);
    await good(imported);
  });

  it('reads, verifies, exports and restores on a disk that has become read-only', async () => {
    const a = await home.backup(library, first);
    const b = await home.backup(library, second, first);
    writeFileSync(join(b.path, testUdid, 'Info.plist'), 'rotten');
    rmSync(join(b.path, testUdid, 'Manifest.plist'));
    const hostName = hostname().replaceAll(/[^A-Za-z0-9]/g, '');
    mkdirSync(join(home.root, '.scratch', `${hostName}-999999999-dead`), { recursive: true });
    await (await library.startDraft(testRequest)).close();
    const inEntries = (): unknown => [a, b].map(({ path }) => treePrint(path));
    const before = inEntries();

    const frozen = await home.open(readOnlyDisk(home.root));
    const { entries, drafts, problems } = await frozen.history();
    assert.deepEqual([entries.map(({ id }) => id), drafts.length], [[b.id, a.id], 1]);
    assert.ok(problems.some(({ code }) => code === 'library.read-only'));
    assert.deepEqual((await frozen.verify(a, { level: 'bytes' })).damage, []);
    assert.deepEqual(await frozen.repair(b), []);
    assert.deepEqual((await frozen.verify(b, { level: 'bytes' })).damage.map(({ path }) => path.slice(testUdid.length + 1)), ['Manifest.plist', 'Info.plist']);
    await frozen.exportBackup(a, other);
    const folder = await frozen.openForRestore(await frozen.findAppleFolder(a.path), testUdid);
    await folder.createDirectory(`${testUdid}/Snapshot`);
    await folder.close();
    for (const change of [() => frozen.startDraft(testRequest), () => frozen.delete(a), () => frozen.importBackup(other)]) await assert.rejects(change, { code: 'host.read-only' });
    assert.deepEqual(inEntries(), before);
  });

  it('heals damaged files of older entries by a full run', async () => {
    const a = await home.backup(library, first);
    const b = await home.backup(library, second, first);
    chmodSync(fileOf(a, 10), 0o600);
    writeFileSync(fileOf(a, 10), 'rotten');
    assert.equal((await library.verify(b, { level: 'bytes' })).damage.length, 1);
    const c = await home.backup(library, second, undefined, { isForcedFull: true });
    for (const entry of [a, b, c]) await good(entry);
    assert.equal(statSync(fileOf(c, 10)).nlink, 3);
  });

  it('rebuilds a record that was lost', async () => {
    const entry = await home.backup(library, first);
    rmSync(join(entry.path, 'backup.json'));
    rmSync(join(home.root, 'library.json'));
    const reopened = await home.open();
    const [again] = await reopened.entries();
    assert.deepEqual([again!.id, again!.kind, again!.isComplete], [entry.id, 'full', false]);

    const { damage } = await reopened.verify(again!, { level: 'bytes' });
    assert.deepEqual(damage.map(({ code, path }) => [code, path]), [['changed', 'backup.json']]);
    assert.equal((await reopened.verify(again!, { level: 'bytes' })).record.result, 'good');
    const [whole] = await reopened.entries();
    assert.deepEqual([whole!.files, whole!.size, whole!.isComplete], [entry.files, entry.size, true]);
    const next = await reopened.startDraft(testRequest);
    assert.equal(next.start.base?.id, entry.id);
    await next.discard();
  });

  it('reads a library of a newer version and changes nothing in it', async () => {
    const entry = await home.backup(library, first);
    writeFileSync(join(home.root, 'library.json'), JSON.stringify({ format: 99, future: 'field' }));
    const newer = await home.open();
    assert.equal((await newer.entries()).length, 1);
    await assert.rejects(newer.startDraft(testRequest), { code: 'host.newer-library' });
    await assert.rejects(newer.delete(entry), { code: 'host.newer-library' });
    assert.equal((await newer.history()).problems[0]?.code, 'library.newer');
    assert.match(readFileSync(join(home.root, 'library.json'), 'utf8'), /future/);
  });

  it('sets a draft of another kind aside and shows it', async () => {
    const draft = await library.startDraft(testRequest);
    await runPhone(draft.folder, { files: first, until: 'uploading' });
    await assert.rejects(library.startDraft(testRequest), { code: 'host.locked' });
    await draft.close();
    const next = await library.startDraft({ ...testRequest, isForcedFull: true });
    assert.match(next.start.setAside ?? '', /^\.set-aside-/);
    await next.close();
    const { drafts } = await library.history();
    assert.deepEqual(drafts.map(({ isForcedFull, isSetAside, files }) => `${isForcedFull} ${isSetAside} ${files > 0}`).toSorted(), ['false true true', 'true false false']);
    await library.discardDrafts(testUdid);
    assert.deepEqual((await library.history()).drafts, []);
  });

  it('deletes the draft that is asked for, and leaves the others of the device', async () => {
    for (const isForcedFull of [false, true]) await (await library.startDraft({ ...testRequest, isForcedFull })).close();
    const begun = (await library.history()).drafts;
    const [aside, open] = [begun.find(({ isSetAside }) => isSetAside)!, begun.find(({ isSetAside }) => !isSetAside)!];
    const staging = join(home.root, testUdid, '.custom');
    mkdirSync(staging);
    await library.discardDrafts(testUdid, join(aside.path, '..', 'lock.sqlite'));
    await library.discardDrafts(testUdid, aside.path);
    assert.deepEqual((await library.history()).drafts.map(({ path }) => path), [open.path]);
    assert.ok(!existsSync(staging), 'half of a custom backup is left');
    await (await library.startDraft(testRequest)).close();
    await library.discardDrafts(testUdid, open.path);
    const [left] = (await library.history()).drafts;
    assert.equal(left?.isSetAside, true);
    rmSync(join(left.path, 'draft.json'));
    assert.deepEqual((await library.history()).drafts.map(({ path, isSetAside }) => [path, isSetAside]), [[left.path, true]], 'also without its record');
    await library.discardDrafts(testUdid, left.path);
    assert.deepEqual((await library.history()).drafts, []);
  });

  it('lets a restore write, move and remove without changing the entry', async () => {
    const entry = await home.backup(library, first);
    const apple = await library.findAppleFolder(entry.path);
    const view = await library.openForRestore(apple, '00008110-000000000000001E');
    const id = idOf(first[2]!.domain, first[2]!.path);
    const path = `${testUdid}/${id.slice(0, 2)}/${id}`;
    const read = async (from: string): Promise<string | undefined> => {
      const reader = await view.read(from);
      const chunks: Buffer[] = [];
      for await (const chunk of reader?.chunks(100) ?? []) chunks.push(Buffer.from(chunk));
      return reader && Buffer.concat(chunks).toString();
    };
    assert.equal(await read(path), first[2]!.content.toString());
    await view.copy(testUdid, `${testUdid}-20240131-235959`);
    await put(view, path, Buffer.from('overwritten'));
    assert.equal(await read(path), 'overwritten');
    await view.move(path, `${testUdid}/Info.plist`);
    assert.equal(await read(path), undefined);
    assert.equal(await read(`${testUdid}/Info.plist`), 'overwritten');
    await view.remove(`${testUdid}/Manifest.db`);
    assert.equal(await read(`${testUdid}/Manifest.db`), undefined);
    const names = (await view.list(testUdid)).map(({ name }) => name);
    assert.ok(!names.includes('Manifest.db') && names.includes('Info.plist') && names.includes('Status.plist'));
    await view.remove(testUdid);
    assert.deepEqual(await view.list(testUdid), []);
    await view.createDirectory('00008110-000000000000001E');
    await put(view, '00008110-000000000000001E/Status.plist', Buffer.from('x'));
    await assert.rejects(view.read('../etc/passwd'), { code: 'data.path' });
    await view.close();
    assert.ok(!existsSync(join(home.root, '.scratch')) || readdirSync(join(home.root, '.scratch')).length === 0);
    await good(entry);
  });
});
