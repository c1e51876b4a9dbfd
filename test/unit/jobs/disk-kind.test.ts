import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { diskKind, kindOfDrive, kindOfMount } from '../../../src/jobs/disk-kind.ts';

/** As /sbin/mount of macOS prints it. */
const mounts = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners, noatime, fskit)
/dev/disk5s2 on /Volumes/Photos (2024) on tour (exfat, local, nodev, nosuid, noowners)
/dev/disk6s1 on /Volumes/Windows (ntfs, local, read-only)
//anna@nas._smb._tcp.local/backup on /Volumes/backup (smbfs, nodev, nosuid, mounted by anna)
nas.local:/volume1/phones on /Volumes/nfs share (nfs, nodev, nosuid, mounted by anna)
`;

describe('the kind of a disk on macOS', () => {
  const kinds: readonly [folder: string, kind: string | undefined][] = [
    ['/Users/anna/Backups', 'apfs'],
    ['/Volumes/STICK', 'FAT'],
    ['/Volumes/STICK/Backups', 'FAT'],
    ['/Volumes/STICKER', 'apfs'],
    ['/Volumes/Photos (2024) on tour/Backups', 'exFAT'],
    ['/Volumes/Windows/x', 'ntfs'],
    ['/Volumes/backup/iPhone', 'SMB'],
    ['/Volumes/nfs share', 'NFS'],
  ];
  for (const [folder, kind] of kinds) it(`of ${folder} is ${kind}`, () => assert.equal(kindOfMount(mounts, folder), kind));

  it('is not made up from nothing, or from what is no list of mounts', () => {
    for (const text of ['', 'mount: command failed', 'x on y', ' on / (', '/dev/disk1 on / ()', '\0'.repeat(1000)]) assert.equal(kindOfMount(text, '/Users'), undefined, text.slice(0, 20));
  });

  it('takes no long time over an endless line', () => {
    assert.equal(kindOfMount(`${' on /'.repeat(20_000)} (`, '/Users'), undefined);
  });
});

describe('the kind of a disk on Windows', () => {
  const answers: readonly [json: string, kind: string | undefined][] = [
    ['{"DriveType":3,"FileSystem":"NTFS"}\r\n', 'NTFS'],
    ['{"DriveType":2,"FileSystem":"FAT32"}', 'FAT'],
    ['{"DriveType":2,"FileSystem":"FAT"}', 'FAT'],
    ['{"DriveType":2,"FileSystem":"exFAT"}', 'exFAT'],
    ['{"DriveType":4,"FileSystem":"NTFS"}', 'SMB'],
    ['{"DriveType":5,"FileSystem":null}', undefined],
    ['', undefined],
    ['null', undefined],
    ['[1]', undefined],
    ['Get-CimInstance : Access denied', undefined],
    [`{"FileSystem":"${'x'.repeat(100)}"}`, undefined],
  ];
  for (const [json, kind] of answers) it(`that is told as ${json.trim().slice(0, 40) || 'nothing'} is ${kind}`, () => assert.equal(kindOfDrive(json), kind));

  it('is that of a server for its paths, and unknown where nothing answers', async () => {
    assert.equal(await diskKind(String.raw`\\nas\backup\iPhone`, 'win32'), 'SMB');
    assert.equal(await diskKind(String.raw`D:\Backups`, 'win32'), undefined);
  });
});

describe('the kind of a disk on other systems', () => {
  it('is told on Linux, and unknown elsewhere', async () => {
    if (process.platform === 'linux') assert.match((await diskKind(tmpdir())) ?? '', /./);
    assert.equal(await diskKind('/', 'freebsd'), undefined);
  });
});
