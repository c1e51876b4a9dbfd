import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileFacts } from '../../../src/library/file-system.ts';
import { Library, NodeFileSystem, type FileSystem } from '../../../src/library/index.ts';
import { diskFoldersOf, expectPlace, mountPointsIn } from '../../../src/library/place.ts';

/** A disk of folders by path, each with the device it is on and how much it holds; other paths are missing. */
function disks(folders: Readonly<Record<string, readonly [device: number, names: number]>>, table = ''): FileSystem {
  const found = (path: string): readonly [number, number] | undefined => folders[path];
  const facts = ([device]: readonly [number, number]): FileFacts => ({
    kind: 'directory', size: 0, modified: new Date(0), mode: 0o700, links: 1, identity: `${device}:1`,
  });
  return Object.assign(new NodeFileSystem(), {
    stat: async (path: string) => (found(path) ? facts(found(path)!) : undefined),
    readFile: async () => Buffer.from(table),
    readDirectory: async (path: string) => Array.from({ length: found(path)?.[1] ?? 0 }, (_, index) => ({ name: String(index), kind: 'file' as const })),
  });
}

describe('library: where a new one may be made', () => {
  it('knows the folders of external disks', () => {
    assert.deepEqual(diskFoldersOf('/Volumes/Backup/iPhone', 'darwin'), ['/Volumes/Backup']);
    assert.deepEqual(diskFoldersOf('/run/media/ann/Backup', 'linux'), ['/run/media/ann/Backup']);
    assert.deepEqual(diskFoldersOf('/media/ann/Backup/x', 'linux'), ['/media/ann/Backup', '/media/ann']);
    assert.deepEqual(diskFoldersOf('/mnt/data/../backup/x', 'linux'), ['/mnt/backup']);
    assert.deepEqual(diskFoldersOf('E:\\Backups\\iPhone', 'win32'), ['E:\\']);
    assert.deepEqual(diskFoldersOf('/home/ann/iPhone Backups', 'linux'), []);
  });

  const missing = (disk?: string) => ({ code: 'host.missing', facts: disk === undefined ? undefined : { disk } });
  const root = { '/': [1, 9], '/mnt': [1, 1], '/media': [1, 1], '/media/ann': [1, 1], '/Volumes': [1, 1] } as const;

  it('is not the system\'s own disk in place of one that is away', async () => {
    await assert.rejects(expectPlace(disks(root), '/Volumes/Backup/iPhone', 'darwin'), missing('Backup'));
    await assert.rejects(expectPlace(disks(root), '/media/bob/Backup/iPhone', 'linux'), missing('Backup'));
    await assert.rejects(expectPlace(disks({ ...root, '/mnt/backup': [1, 0] }), '/mnt/backup/iPhone', 'linux'), missing('backup'));
    await assert.rejects(expectPlace(disks({ ...root, '/mnt/backup': [1, 0] }), '/mnt/backup', 'linux'), missing('backup'));
  });

  it('is a disk that is there, or a folder that somebody uses', async () => {
    await expectPlace(disks({ ...root, '/Volumes/Backup': [2, 0] }), '/Volumes/Backup/iPhone', 'darwin');
    await expectPlace(disks({ ...root, '/media/ann/Backup': [2, 0] }), '/media/ann/Backup', 'linux');
    await expectPlace(disks({ ...root, '/mnt/data': [1, 3] }), '/mnt/data/iPhone', 'linux');
    await expectPlace(disks({ ...root, '/mnt/data': [1, 1], '/mnt/data/iPhone': [1, 0] }), '/mnt/data/iPhone', 'linux');
  });

  it('is not the disk around the mount point of a disk that the system knows and that is away', async () => {
    const table = 'UUID=1 / ext4\nUUID=2 /home ext4\nUUID=3 /backup ext4 noauto 0 2\nUUID=4 /home/ann/disk ext4';
    const folders = { ...root, '/home': [2, 1], '/home/ann': [2, 5], '/home/ann/disk': [2, 0], '/backup': [1, 0] } as const;
    await assert.rejects(expectPlace(disks(folders, table), '/backup', 'linux'), missing('backup'));
    await assert.rejects(expectPlace(disks(folders, table), '/backup/iPhone', 'linux'), missing('backup'));
    await assert.rejects(expectPlace(disks(folders, table), '/home/ann/disk/iPhone', 'linux'), missing('disk'));
    await expectPlace(disks(folders, table), '/home/ann/iPhone Backups', 'linux');
    await expectPlace(disks({ ...folders, '/backup': [3, 1] }, table), '/backup/iPhone', 'linux');
  });

  it('knows the mount points of the table of file systems', () => {
    const table = '# a comment /dev/x /not ext4\n\nUUID=1\t/  ext4\n  LABEL=b /srv/my\\040disk/ xfs defaults 0 0\nUUID=3 none swap sw\n';
    assert.deepEqual(mountPointsIn(table), ['/srv/my disk']);
  });

  it('is a folder in a folder that exists', async () => {
    await expectPlace(disks({ ...root, '/home/ann': [1, 5] }), '/home/ann/iPhone Backups', 'linux');
    await assert.rejects(expectPlace(disks({ ...root, '/home/ann': [1, 5] }), '/home/ann/away/Backups', 'linux'), missing());
  });

  it('is no file, nor below one, and nothing is made on the way', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'place-'));
    try {
      writeFileSync(join(folder, 'file'), '');
      await assert.rejects(Library.open(join(folder, 'file')), { kind: 'host', code: 'host.not-a-folder' });
      await assert.rejects(Library.open(join(folder, 'file', 'library')), { kind: 'host', code: 'host.not-a-folder' });
      await assert.rejects(Library.open(join(folder, 'away', 'library')), { kind: 'host', code: 'host.missing' });
      assert.deepEqual(readdirSync(folder), ['file']);
      mkdirSync(join(folder, 'real'));
      symlinkSync(join(folder, 'real'), join(folder, 'link'));
      assert.equal((await Library.open(join(folder, 'link'))).folder, join(folder, 'real'));
      symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
      await assert.rejects(Library.open(join(folder, 'dangling')), { kind: 'host', code: 'host.missing' });
      assert.ok(!existsSync(join(folder, 'gone')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not made anew by a library whose disk went while it was open', async () => {
    const place = mkdtempSync(join(tmpdir(), 'place-'));
    const folder = join(place, 'library');
    try {
      const library = await Library.open(folder);
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      const udid = '00008110-001A18D40EFB801E';
      const run = { udid, job: 'backup', started: new Date(), end: undefined };
      const request = { udid, deviceName: '', productType: undefined, iosVersion: undefined, isForcedFull: false, isEncrypted: false };
      for (const write of [() => library.noteRun(run), () => library.discardDrafts(udid), () => library.startDraft(request)]) {
        await assert.rejects(write, { code: 'host.missing' });
      }
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});
