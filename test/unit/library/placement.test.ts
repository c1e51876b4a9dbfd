import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem, checkPlacement, cloudOf, type FileSystem } from '../../../src/library/index.ts';
import { FaultFileSystem, errnoError } from '../../faults/support/fault-file-system.ts';
import { idOf } from './support/make-manifest.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import { runPhone, testFiles, testUdid } from './support/phone.ts';

const failing = (names: readonly string[], code: string) =>
  new FaultFileSystem({
    before: ({ name }) => {
      if (names.includes(name)) throw errnoError(code, name);
    },
  }).fs;

describe('library: where it lies', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'placement-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const codes = async (path: string, fs: FileSystem = new NodeFileSystem()): Promise<string[]> =>
    (await checkPlacement(fs, path, 'darwin')).map(({ code }) => code);

  it('has nothing to say of a good place', async () => assert.deepEqual(await codes(folder), []));

  it('knows folders that a cloud or git or VS Code watches', async () => {
    mkdirSync(join(folder, 'Dropbox', 'Backups'), { recursive: true });
    assert.deepEqual(await codes(join(folder, 'Dropbox', 'Backups')), ['library.in-cloud-folder']);
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, '.vscode'));
    mkdirSync(join(folder, 'sub'));
    assert.deepEqual(await codes(join(folder, 'sub')), ['library.in-git-folder']);
    writeFileSync(join(folder, '.gitignore'), 'dist/\n/sub/\n');
    assert.deepEqual(await codes(join(folder, 'sub')), [], 'a folder that the repository ignores');
    writeFileSync(join(folder, '.vscode', 'settings.json'), '{}');
    assert.deepEqual(await codes(join(folder, 'sub')), [], 'also when VS Code works on it');
    rmSync(join(folder, '.gitignore'));
    assert.deepEqual(await codes(join(folder, 'sub')), ['library.in-git-folder', 'library.in-workspace']);
  });

  it('names what another program keeps in it, and not what is its own or the system\'s', async () => {
    writeFileSync(join(folder, 'library.json'), '{}');
    for (const name of ['.Trashes', '.trash', '$RECYCLE.BIN', testUdid]) mkdirSync(join(folder, name));
    assert.deepEqual(await codes(folder), []);
    writeFileSync(join(folder, testUdid, 'Manifest.db'), '');
    const ofApple = await checkPlacement(new NodeFileSystem(), folder, 'darwin');
    assert.deepEqual(ofApple.map(({ code, facts }) => [code, facts['name']]), [['library.not-alone', testUdid]]);
    rmSync(join(folder, testUdid, 'Manifest.db'));
    writeFileSync(join(folder, 'Taxes.xlsx'), '');
    assert.deepEqual(await codes(folder), ['library.not-alone']);
  });

  it('says when hardly any room is left', async () => {
    const full = Object.assign(new NodeFileSystem(), { freeSpace: async () => 4_000_000_000n });
    const [finding] = await checkPlacement(full, folder, 'linux');
    assert.deepEqual([finding?.code, finding?.facts], ['library.low-space', { free: 4_000_000_000 }]);
  });

  it('knows clouds by their paths on each platform', () => {
    const paths: readonly (readonly [string, string | undefined])[] = [
      ['/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
      ['C:\\Users\\a\\iCloudDrive\\x', 'iCloud Drive'],
      ['C:\\Users\\a\\OneDrive - Contoso\\x', 'OneDrive'],
      ['/Users/a/Library/CloudStorage/OneDrive-Personal/x', 'OneDrive'],
      ['/home/a/Dropbox', 'Dropbox'],
      ['/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/My Drive', 'Google Drive'],
      ['/home/a/dropbox-api-client', undefined],
      ['/home/a/iPhone Backups', undefined],
    ];
    for (const [path, provider] of paths) assert.equal(cloudOf(path), provider, path);
  });

  it('tells a missing folder, missing rights and a read-only disk', async () => {
    assert.deepEqual(await codes(join(folder, 'none')), ['library.missing']);
    assert.deepEqual(await codes(folder, failing(['readDirectory'], 'EPERM')), ['library.no-full-disk-access']);
    assert.deepEqual(await codes(folder, failing(['readDirectory'], 'EIO')), ['library.unreadable']);
    assert.deepEqual(await codes(folder, failing(['writeFileAtomically'], 'EROFS')), ['library.read-only']);
    assert.deepEqual(await codes(folder, failing(['link'], 'ENOTSUP')), ['library.no-hard-links']);
  });

  it('says that a file is too large for FAT32, and that it is not the disk', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open(failing(['write'], 'EFBIG'));
      await assert.rejects(home.backup(library, testFiles(2)), { kind: 'host', code: 'host.file-too-large' });
    } finally {
      home.remove();
    }
  });

  it('makes incremental backups by copies where links do not work', async () => {
    const home = new TestLibrary();
    try {
      const library = await home.open(failing(['link'], 'EPERM'));
      const files = testFiles(5);
      const first = await home.backup(library, files);
      const draft = await library.startDraft(testRequest);
      assert.deepEqual(await draft.content, { files: 5, copied: 5 });
      await runPhone(draft.folder, { files, before: files });
      const { entry } = await draft.publish();
      await draft.close();
      const name = idOf(files[0]!.domain, files[0]!.path);
      assert.equal(statSync(join(entry.path, testUdid, name.slice(0, 2), name)).nlink, 1);
      assert.ok(entry.ownSize > entry.size);
      for (const good of [first, entry]) assert.deepEqual((await library.verify(good, { level: 'bytes' })).damage, []);
    } finally {
      home.remove();
    }
  });
});
