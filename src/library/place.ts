import { dirname, posix, resolve, win32 } from 'node:path';
import { HostError } from '../shared/errors.ts';
import type { FileSystem } from './file-system.ts';

/** Where systems show disks. Debian and Ubuntu have `/media/USER/DISK`, administrators `/media/DISK`. */
const diskFolders: readonly RegExp[] = [/^\/Volumes\/[^/]+/, /^\/run\/media\/[^/]+\/[^/]+/, /^\/media\/[^/]+\/[^/]+/, /^\/media\/[^/]+/, /^\/mnt\/[^/]+/];

/** Folders of `path` at which an external disk may be mounted, the innermost first; none for a place on the system's own disk. */
export function diskFoldersOf(path: string, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return [win32.parse(path).root].filter((root) => root !== '');
  return diskFolders.flatMap((pattern) => pattern.exec(posix.normalize(path))?.[0] ?? []);
}

/**
 * Refuses a place for a library where the disk is not there: making the folder would put it on another disk. Throws
 * `host.missing`, with the name of the disk where it is known, or `host.not-a-folder`.
 */
export async function expectPlace(fs: FileSystem, place: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const folder = resolve(place);
  const facts = await statFolder(fs, folder);
  for (const disks of [diskFoldersOf(folder, platform), await mountPointOf(fs, folder, platform)]) {
    const isAtDisk = facts === undefined || disks.includes(folder);
    if (!isAtDisk || disks.length === 0 || (await isAnyThere(fs, disks, platform))) continue;
    throw new HostError('host.missing', 'The disk of the library is not connected', { subject: folder, facts: { disk: nameOf(disks[0] ?? folder) } });
  }
  if (facts === undefined && !(await statFolder(fs, dirname(folder)))) {
    throw new HostError('host.missing', 'The folder that shall hold the library is not there', { subject: folder });
  }
}

const maxTable = 1 << 20;

/** The innermost folder of `path` at which the administrator of a Linux computer has a disk mounted, whether or not it is now; at most one. */
async function mountPointOf(fs: FileSystem, path: string, platform: NodeJS.Platform): Promise<string[]> {
  if (platform !== 'linux') return [];
  const table = await fs.readFile('/etc/fstab', maxTable).catch(() => Buffer.alloc(0));
  return mountPointsIn(table.toString('utf8')).filter((point) => path === point || path.startsWith(`${point}/`)).toSorted((a, b) => b.length - a.length).slice(0, 1);
}

/** The second word of each line of `fstab(5)`, without the root; blanks in it are `\040`. */
export const mountPointsIn = (table: string): string[] =>
  table
    .split('\n')
    .map((line) => line.trim().split(/[ \t]+/))
    .flatMap(([device = '', point = '']) => (device.startsWith('#') || !point.startsWith('/') ? [] : [posix.normalize(point.replaceAll('\\040', ' ')).replace(/\/$/, '')]))
    .filter((point) => point !== '');

/** A link may lead to a folder; whether it does is seen when it is followed. */
async function statFolder(fs: FileSystem, path: string): ReturnType<FileSystem['stat']> {
  const facts = await fs.stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOTDIR' ? notAFolder(path) : error;
  });
  if (facts && facts.kind !== 'directory' && facts.kind !== 'link') throw notAFolder(path);
  return facts;
}

const notAFolder = (path: string): HostError => new HostError('host.not-a-folder', 'The place of the library is not a folder', { subject: path });

async function isAnyThere(fs: FileSystem, disks: readonly string[], platform: NodeJS.Platform): Promise<boolean> {
  for (const disk of disks) if (await isThere(fs, disk, platform)) return true;
  return false;
}

/** A mount point whose disk is away is missing, or an empty folder of the disk around it. */
async function isThere(fs: FileSystem, disk: string, platform: NodeJS.Platform): Promise<boolean> {
  const facts = await fs.stat(disk);
  if (!facts) return false;
  if (platform === 'win32' || facts.kind !== 'directory') return true;
  const around = await fs.stat(dirname(disk));
  const isMounted = facts.identity.split(':')[0] !== around?.identity.split(':')[0];
  return isMounted || (await fs.readDirectory(disk)).length > 0;
}

const nameOf = (disk: string): string => posix.basename(disk) || disk;
