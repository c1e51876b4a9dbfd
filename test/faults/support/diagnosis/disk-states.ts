import { chmod, mkdir, readFile, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asDict, readPlist, writeBinaryPlist } from '../../../../src/plist/index.ts';
import { editRecord } from './edit-record.ts';
import { Disk, failing, hangingDisk, slowDisk } from './disks.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

const folder = { layer: 'folder', breaks: ['folder'] } as const;
const surroundings = { layer: 'disk-kind' } as const;

async function moveLibrary(world: World, ...to: string[]): Promise<void> {
  const target = world.stage.path(...to);
  await mkdir(dirname(target), { recursive: true });
  await rename(world.library, target).catch(() => mkdir(target));
  world.library = target;
}

function onDisk(bytes: number, keep: (disk: Disk) => void): NonNullable<State['options']> {
  return (afterwards) => {
    const disk = new Disk(bytes);
    keep(disk);
    afterwards(() => disk.remove());
    return { parent: disk.folder };
  };
}

/** A state on a disk of its own, which `change` changes when the world stands. */
function ofDisk(bytes: number, change: (disk: Disk) => void): Required<Pick<State, 'options' | 'set' | 'mounts'>> {
  let disk: Disk | undefined;
  return {
    mounts: true,
    options: onDisk(bytes, (made) => (disk = made)),
    set: (world: World) => {
      if (disk) change(disk);
      world.afterwards(() => disk?.remount('rw'));
    },
  };
}

async function emptyFile(world: World, name: string, bytes = 0): Promise<void> {
  const path = world.applePath(await world.newest(), name);
  await chmod(path, 0o600);
  await truncate(path, bytes);
}

export const diskStates: readonly State[] = [
  { ...folder, row: 'disk.missing', how: 'the folder and its parent are gone', set: (world) => (world.library = world.stage.path('not', 'there')) },
  {
    ...folder,
    row: 'disk.not-a-folder',
    how: 'a file in place of the folder',
    set: async (world) => {
      world.library = world.stage.path('a-file');
      await writeFile(world.library, 'a file');
    },
  },
  { ...folder, ...ofDisk(300 << 20, (disk) => disk.remount('ro')), row: 'disk.read-only', how: 'tmpfs mounted read-only' },
  { ...folder, row: 'disk.hangs', how: 'a disk on which nothing ever ends', set: hangingDisk, isSlow: true },
  { ...folder, row: 'disk.failing', how: 'EIO at each listing', set: (world) => failing(world, 'readDirectory', 'EIO') },
  { ...folder, row: 'disk.no-permission', how: 'EACCES at each write', set: (world) => failing(world, 'writeFileAtomically', 'EACCES') },
  { layer: 'disk-speed', row: 'disk.slow', how: '300 ms for each write', set: slowDisk, isSlow: true },
  { ...surroundings, row: 'disk.no-links', how: 'EPERM at each hard link', set: (world) => failing(world, 'link', 'EPERM') },
  { ...surroundings, row: 'library.in-cloud', how: 'a folder named Dropbox', set: (world) => moveLibrary(world, 'Dropbox', 'library') },
  {
    ...surroundings,
    row: 'library.in-git',
    how: 'a .git folder above',
    set: async (world) => {
      await mkdir(world.stage.path('.git'));
    },
  },
  {
    ...surroundings,
    row: 'library.in-workspace',
    how: 'a .vscode/settings.json above',
    set: async (world) => {
      await mkdir(world.stage.path('.vscode'));
      await writeFile(world.stage.path('.vscode', 'settings.json'), '{}');
    },
  },
  { layer: 'space', breaks: ['run'], ...ofDisk(300 << 20, (disk) => disk.remount(`size=${100 << 20}`)), row: 'space.host', how: 'tmpfs of 100 MB' },
  {
    layer: 'library',
    breaks: ['library', 'run'],
    row: 'library.newer',
    how: 'library.json of format 99',
    set: (world) => writeFile(join(world.library, 'library.json'), '{"format":99}'),
  },
  { layer: 'entries', breaks: ['run'], row: 'backup.empty-plist', how: 'Manifest.plist of 0 bytes', set: (world) => emptyFile(world, 'Manifest.plist') },
  { layer: 'entries', breaks: ['run'], row: 'manifest.memory', how: 'Manifest.db of 1.2 GB (sparse)', set: (world) => emptyFile(world, 'Manifest.db', 1_200_000_000) },
  {
    layer: 'entries',
    breaks: ['run'],
    row: 'backup.damaged',
    how: 'a content file is removed, and the backup verified',
    set: async (world) => {
      const entry = await world.newest();
      const { damage } = await removeOneFile(world, entry.path);
      if (damage === 0) throw new Error('Nothing was damaged');
    },
  },
  {
    layer: 'library',
    breaks: ['library', 'run'],
    row: 'library.unreadable',
    how: 'EIO in the folder of the device',
    set: (world) => failing(world, 'readDirectory', 'EIO', world.udid),
  },
  {
    layer: 'entries',
    breaks: ['run'],
    row: 'backup.value-type',
    how: 'Info.plist with a number as name of the device',
    set: async (world) => {
      const path = world.applePath(await world.newest(), 'Info.plist');
      const info = asDict(readPlist(await readFile(path))) ?? {};
      await chmod(path, 0o600);
      await writeFile(path, writeBinaryPlist({ ...info, 'Device Name': 7 }));
    },
  },
  {
    layer: 'encryption',
    row: 'password.weak-keys',
    how: 'an encrypted backup of iOS 10.0',
    isNote: true,
    options: () => ({ ios: '10.0', isEncrypted: true }),
  },
  {
    layer: 'entries',
    row: 'backup.stopped',
    how: 'the record of the backup is forty days old',
    isNote: true,
    set: async (world) => {
      const { path } = await world.newest();
      await editRecord(path, /"date": "[^"]+"/, `"date": "${new Date(Date.now() - 40 * 24 * 3_600_000).toISOString()}"`);
    },
  },
  {
    layer: 'ios',
    breaks: ['run'],
    row: 'backup.version',
    how: 'the record of the backup names iOS 19.9',
    set: async (world) => {
      const { path } = await world.newest();
      await editRecord(path, /"iosVersion": "18.5"/, '"iosVersion": "19.9"');
    },
  },
  {
    layer: 'room',
    also: ['entries'],
    row: 'size.beyond-phone',
    how: 'mood freeSpace leaves less data than the last backup holds',
    set: (world) => world.moods({ freeSpace: world.phone.phone.identity.capacity - 8_016_551_936 - 100_000 }),
  },
  {
    layer: 'drafts',
    also: ['encryption'],
    row: 'password.stored-wrong',
    how: 'an encrypted backup and another stored password',
    options: () => ({ isEncrypted: true }),
    set: (world) => (world.storedPassword = 'not the one'),
  },
];

async function removeOneFile(world: World, entryPath: string): Promise<{ damage: number }> {
  const names = await readdir(join(entryPath, world.udid), { recursive: true });
  const file = names.find((name) => /[0-9a-f]{40}$/.test(name)) ?? '';
  await rm(join(entryPath, world.udid, file));
  const report = await world.engine().verify({ level: 'structure' }, { signal: new AbortController().signal, listener: () => undefined });
  return { damage: report.entries.reduce((sum, { damage }) => sum + damage.length, 0) };
}
