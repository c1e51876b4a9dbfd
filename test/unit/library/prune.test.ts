import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { compileSelection, selectionText, type Selection } from '../../../src/selection/index.ts';
import { ContentDecipher } from '../../../src/format/content-cipher.ts';
import { ManifestReader } from '../../../src/format/manifest-reader.ts';
import { readMbFile } from '../../../src/format/mb-file.ts';
import type { CustomResult, DraftRequest, HistoryEntry, Library } from '../../../src/library/index.ts';
import { makeKeybag } from '../format/support/make-keybag.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { idOf, makeManifest, type TestFile } from './support/make-manifest.ts';
import { encryptFiles, put, runPhone, testUdid, type Secrets } from './support/phone.ts';
import { Dice, randomFiles, randomSelection, testApps } from './support/random-phone.ts';

const password = 'correct horse';
const bag = makeKeybag({ password, rounds: 10, doubleRounds: 20 });
const secrets: Secrets = { keybag: bag.bytes, classKeys: bag.classKeys };

interface Run {
  readonly files: readonly TestFile[];
  readonly selection: Selection;
  readonly secrets?: Secrets;
  readonly before?: readonly TestFile[];
}

/** A whole custom run, from the draft to the history. */
async function runCustom(library: Library, { files, selection, before, secrets: keys }: Run): Promise<CustomResult> {
  const request: DraftRequest = { ...testRequest, isEncrypted: keys !== undefined, selection: selectionText(selection) };
  const draft = await library.startDraft(request);
  try {
    await runPhone(draft.folder, { files, ...(before && { before }), ...(keys && { secrets: keys }) });
    const manifest = await draft.openManifest(keys && password);
    try {
      return await draft.publishSelected({ manifest, selection, apps: testApps });
    } finally {
      await manifest.close();
    }
  } finally {
    await draft.close();
  }
}

/** Modification time of all records of the test's manifests. */
const modified = 1_700_000_000;

/** What a selection takes by definition: each file asked by itself. */
function chosen(files: readonly TestFile[], selection: Selection, sizes: ReadonlyMap<TestFile, number>): TestFile[] {
  const matches = compileSelection(selection, testApps);
  return files.filter((file) => matches({ domain: file.domain, relativePath: file.path, size: sizes.get(file), modified }));
}

/** Ids of the directories above these files, domain roots included. */
function ancestors(files: readonly TestFile[]): Set<string> {
  const ids = new Set<string>();
  for (const { domain, path } of files) {
    const parts = path.split('/');
    for (let n = 0; n < parts.length; n++) ids.add(idOf(domain, parts.slice(0, n).join('/')));
  }
  return ids;
}

async function rowsOf(library: Library, entry: HistoryEntry, key: string | undefined): Promise<{ readonly id: string; readonly flags: number; readonly blob: Buffer }[]> {
  const backup = await library.openBackup(join(entry.path, testUdid), key);
  const reader = ManifestReader.open(backup.database);
  try {
    return [...reader.rows()].map(({ fileId, flags, blob }) => ({ id: fileId ?? '', flags: flags ?? 0, blob: blob ?? Buffer.alloc(0) }));
  } finally {
    reader.close();
    await backup.close();
  }
}

function contentIds(entry: HistoryEntry): string[] {
  const apple = join(entry.path, testUdid);
  return readdirSync(apple).filter((name) => /^[0-9a-f]{2}$/.test(name)).flatMap((shard) => readdirSync(join(apple, shard))).toSorted();
}

describe('library: custom backups', () => {
  for (const keys of [undefined, secrets]) {
    it(`hold exactly the chosen files and what lies above them, for random selections, ${keys ? 'encrypted' : 'plain'}`, async () => {
      let full = 0;
      for (let round = 0; round < 25; round++) {
        const home = new TestLibrary();
        try {
          const dice = new Dice(`${keys ? 'encrypted' : 'plain'} ${round}`);
          const plain = randomFiles(dice, 30);
          const files = keys ? encryptFiles(plain, keys) : plain;
          const selection = randomSelection(dice);
          const wanted = chosen(files, selection, new Map(files.map((file) => [file, file.content.length])));
          const library = await home.open();
          const run = { files, selection, ...(keys && { secrets: keys }) };
          if (wanted.length === 0) {
            await assert.rejects(runCustom(library, run), { code: 'data.selection-empty' });
            assert.deepEqual(await library.entries(), []);
            continue;
          }
          full++;
          const { entry, missing, unproven } = await runCustom(library, run);
          const about = `round ${round}: ${selectionText(selection)}`;
          assert.deepEqual([missing, unproven, entry.kind, entry.isComplete], [0, 0, 'custom', false], about);
          const rows = await rowsOf(library, entry, keys && password);
          const ids = wanted.map(({ domain, path }) => idOf(domain, path)).toSorted();
          assert.deepEqual(rows.filter(({ flags }) => flags === 1).map(({ id }) => id).toSorted(), ids, about);
          assert.deepEqual(contentIds(entry), ids, about);
          assert.deepEqual(rows.filter(({ flags }) => flags === 2).map(({ id }) => id).toSorted(), [...ancestors(wanted)].toSorted(), about);
          for (const file of wanted) {
            const id = idOf(file.domain, file.path);
            assert.ok(readFileSync(join(entry.path, testUdid, id.slice(0, 2), id)).equals(file.content), about);
          }
          assert.equal(entry.leftOut?.files, files.length - wanted.length);
          assert.deepEqual((await library.verify(entry, { level: keys ? 'unlock' : 'bytes', password: keys && password })).damage, [], about);
          execFileSync('sha256sum', ['-c', '--quiet', 'checksums.sha256'], { cwd: entry.path });
        } finally {
          home.remove();
        }
      }
      assert.ok(full >= 8, `only ${full} of 25 rounds chose anything`);
    });
  }

  it('contain no trace of what was not chosen, in any byte of any file', async () => {
    const home = new TestLibrary();
    try {
      const files = randomFiles(new Dice('trace'), 200);
      const selection: Selection = { include: [{ kind: 'category', id: 'messages' }, { kind: 'app', bundleId: 'com.example.notes' }], exclude: [] };
      const library = await home.open();
      const { entry } = await runCustom(library, { files, selection });
      const wanted = new Set(chosen(files, selection, new Map()));
      const bytes = Buffer.concat(filesBelow(entry.path).map((path) => readFileSync(path)));
      const others = files.filter((file) => !wanted.has(file));
      assert.ok(wanted.size > 10 && others.length > 50);
      const kept = [...wanted].map(({ path }) => path);
      for (const { domain, path, content } of others) {
        assert.ok(!bytes.includes(content), path);
        assert.ok(!bytes.includes(idOf(domain, path)), path);
        if (!kept.some((other) => other.includes(path))) assert.ok(!bytes.includes(path), path);
      }
      for (const name of ['StrangeDomain', 'CameraRollDomain', 'com.example.photos', 'HealthDomain']) assert.ok(!bytes.includes(name), name);
      assert.ok(bytes.includes('com.example.notes'));
    } finally {
      home.remove();
    }
  });

  it('have a manifest like those of phones, in one file', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const { entry } = await runCustom(library, { files: randomFiles(new Dice('schema'), 40), selection: { include: [], exclude: [{ kind: 'category', id: 'health' }] } });
      const apple = join(entry.path, testUdid);
      const header = readFileSync(join(apple, 'Manifest.db'));
      assert.deepEqual([header.readUInt16BE(16), header[18], header[19]], [4096, 2, 2]);
      assert.deepEqual(readdirSync(apple).filter((name) => name.startsWith('Manifest')).toSorted(), ['Manifest.db', 'Manifest.plist']);
      const copy = join(home.root, 'copy.db');
      execFileSync('cp', [join(apple, 'Manifest.db'), copy]);
      const database = new DatabaseSync(copy);
      const one = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0];
      assert.deepEqual([one('PRAGMA user_version'), one('PRAGMA application_id'), one('PRAGMA encoding'), one('PRAGMA integrity_check'), one('PRAGMA freelist_count')], [2, 0, 'UTF-8', 'ok', 0]);
      assert.deepEqual(
        database.prepare('SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all().map(({ name }) => name),
        ['Files', 'FilesDomainIdx', 'FilesFlagsIdx', 'FilesRelativePathIdx', 'Properties'],
      );
      database.close();
    } finally {
      home.remove();
    }
  });

  it('come out of an incremental run, take no room for what an earlier backup holds, and are no base', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const files = randomFiles(new Dice('base'), 60);
      const base = await home.backup(library, files);
      const selection: Selection = { include: [{ kind: 'domain', domain: 'HomeDomain' }], exclude: [] };
      const changed = files.map((file, n) => (n === 0 ? { ...file, domain: 'HomeDomain', path: 'Library/new', content: Buffer.alloc(5000, 'new') } : file));
      const { entry } = await runCustom(library, { files: changed, before: files, selection });
      const links = contentIds(entry).map((id) => existsSync(join(base.path, testUdid, id.slice(0, 2), id)));
      assert.equal(links.filter((isOld) => !isOld).length, 1);
      const overhead = ['Manifest.db', 'Manifest.plist', 'Status.plist'].reduce((sum, name) => sum + readFileSync(join(entry.path, testUdid, name)).length, 0);
      assert.equal(entry.ownSize, overhead + 5000 + readFileSync(join(entry.path, 'checksums.sha256')).length);
      assert.deepEqual((await library.verify(base, { level: 'bytes' })).damage, []);
      assert.ok(!existsSync(join(home.root, testUdid, '.draft')));
      assert.ok(!existsSync(join(home.root, testUdid, '.custom')));
      const next = await library.startDraft(testRequest);
      assert.equal(next.start.base?.id, base.id);
      await next.discard();
    } finally {
      home.remove();
    }
  });

  it('go on from a draft of any selection, which becomes theirs', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const files = randomFiles(new Dice('resume'), 20);
      const request = (text: string): DraftRequest => ({ ...testRequest, selection: text });
      const draft = await library.startDraft(request('messages'));
      await runPhone(draft.folder, { files, until: 'uploading' });
      await draft.close();
      const same = await library.startDraft(request('messages'));
      assert.equal(same.start.resumed?.files, files.length + 3);
      await same.close();
      assert.equal((await library.history()).drafts[0]?.selection, 'messages');
      for (const selection of ['contacts', undefined]) {
        const other = await library.startDraft({ ...testRequest, selection });
        assert.equal(other.start.resumed?.files, files.length + 3);
        assert.equal(other.start.setAside, undefined);
        await other.close();
        assert.deepEqual((await library.history()).drafts.map((each) => each.selection), [selection]);
      }
    } finally {
      home.remove();
    }
  });

  it('leave out a chosen file that did not arrive, so that they can be restored, and say so', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const files = randomFiles(new Dice('missing'), 40);
      const selection: Selection = { include: [{ kind: 'domain', domain: 'HomeDomain' }], exclude: [] };
      const draft = await library.startDraft({ ...testRequest, selection: selectionText(selection) });
      await runPhone(draft.folder, { files });
      const lost = files.find(({ domain }) => domain === 'HomeDomain');
      assert.ok(lost);
      const id = idOf(lost.domain, lost.path);
      await draft.folder.remove(`${testUdid}/${id.slice(0, 2)}/${id}`);
      const manifest = await draft.openManifest(undefined);
      const { entry, missing } = await draft.publishSelected({ manifest, selection, apps: [] });
      await manifest.close();
      await draft.close();
      assert.equal(missing, 1);
      assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
      const rows = await rowsOf(library, entry, undefined);
      assert.ok(rows.every((row) => row.id !== id));
      for (const { blob } of rows) readMbFile(blob);
    } finally {
      home.remove();
    }
  });

  it('leave out rows that nothing proves or nobody could restore, and are none where a directory is lost', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const files = randomFiles(new Dice('hostile'), 40).filter(({ domain }) => domain === 'HomeDomain');
      const selection: Selection = { include: [{ kind: 'domain', domain: 'HomeDomain' }], exclude: [] };
      const [first, second] = files;
      assert.ok(first && second);
      const id = idOf(first.domain, first.path);
      const publish = async (sql: string): Promise<CustomResult> => {
        const draft = await library.startDraft({ ...testRequest, selection: selectionText(selection) });
        try {
          await runPhone(draft.folder, { files });
          await put(draft.folder, `${testUdid}/Manifest.db`, changed(makeManifest(files), sql));
          const manifest = await draft.openManifest(undefined);
          try {
            return await draft.publishSelected({ manifest, selection, apps: [] });
          } finally {
            await manifest.close();
          }
        } finally {
          await draft.close();
        }
      };
      const lying = `UPDATE Files SET relativePath = 'Library/SMS/other' WHERE fileID = '${id}'`;
      const result = await publish(`${lying}; UPDATE Files SET file = x'62706c697374303000' WHERE fileID = '${idOf(second.domain, second.path)}'; INSERT INTO Files VALUES (NULL, NULL, NULL, 16, NULL)`);
      assert.deepEqual([result.unproven, result.entry.files], [2, files.length - 2]);
      assert.deepEqual((await library.verify(result.entry, { level: 'bytes' })).damage, []);
      await assert.rejects(publish("DELETE FROM Files WHERE relativePath = 'Library'"), { code: 'data.damaged' });
      await assert.rejects(publish("DROP TABLE Files; CREATE VIEW Files AS SELECT 1 AS fileID, 'HomeDomain' AS domain, 'x' AS relativePath, 1 AS flags, x'' AS file"), { code: 'data.manifest' });
    } finally {
      home.remove();
    }
  });

  it('that are cancelled leave the draft to the next run, and nothing beside it', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const files = randomFiles(new Dice('cancel'), 40);
      const selection: Selection = { include: [{ kind: 'domain', domain: 'HomeDomain' }], exclude: [] };
      const draft = await library.startDraft({ ...testRequest, selection: selectionText(selection) });
      await runPhone(draft.folder, { files });
      const manifest = await draft.openManifest(undefined);
      await assert.rejects(draft.publishSelected({ manifest, selection, apps: [], signal: AbortSignal.abort() }), { code: 'cancelled.host' });
      await draft.close();
      assert.deepEqual(await library.entries(), []);
      assert.ok(!existsSync(join(home.root, testUdid, '.custom')));
      const again = await library.startDraft({ ...testRequest, selection: selectionText(selection) });
      assert.equal(again.start.resumed?.files, files.length + 3);
      const { entry } = await again.publishSelected({ manifest: await again.openManifest(undefined), selection, apps: [] });
      await again.close();
      assert.equal(entry.kind, 'custom');
    } finally {
      home.remove();
    }
  });

  it('keep the password of the phone, and leave no decrypted manifest behind', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open();
      const plain = randomFiles(new Dice('secret'), 40);
      const { entry } = await runCustom(library, { files: encryptFiles(plain, secrets), secrets, selection: { include: [{ kind: 'domain', domain: 'HomeDomain' }], exclude: [] } });
      assert.notEqual(readFileSync(join(entry.path, testUdid, 'Manifest.db')).toString('latin1', 0, 6), 'SQLite');
      assert.ok(!filesBelow(home.root).some((path) => readFileSync(path).includes('SQLite format 3') && !path.endsWith('lock.sqlite')));
      await assert.rejects(library.openBackup(join(entry.path, testUdid), 'wrong'), { code: 'data.password' });
      const backup = await library.openBackup(join(entry.path, testUdid), password);
      const reader = ManifestReader.open(backup.database);
      for (const { blob, domain, relativePath, flags } of reader.rows()) {
        if (flags !== 1 || !blob || !backup.keybag) continue;
        const id = idOf(domain ?? '', relativePath ?? '');
        const aes = new ContentDecipher(backup.keybag.unwrap(readMbFile(blob).encryptionKey ?? Buffer.alloc(0)));
        const content = Buffer.concat([aes.update(readFileSync(join(entry.path, testUdid, id.slice(0, 2), id))), aes.final()]);
        assert.ok(plain.find((file) => file.domain === domain && file.path === relativePath)?.content.equals(content));
      }
      reader.close();
      await backup.close();
    } finally {
      home.remove();
    }
  });
});

/** A database after some SQL. */
function changed(database: Buffer, sql: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'changed-'));
  const path = join(folder, 'Manifest.db');
  writeFileSync(path, database);
  const opened = new DatabaseSync(path);
  opened.exec(sql);
  opened.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

function filesBelow(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
