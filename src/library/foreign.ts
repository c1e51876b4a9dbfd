import { join } from 'node:path';
import { usualPlaces, type UsualPlace } from '../format/usual-places.ts';
import { DataError } from '../shared/errors.ts';
import { isAppleFolder, readAppleFolder } from './apple-folder.ts';
import type { FileSystem } from './file-system.ts';
import type { Finding, ForeignEntry } from './types.ts';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ForeignBackups {
  readonly entries: readonly ForeignEntry[];
  readonly problems: readonly Finding[];
}

/** Backups of Finder, iTunes and Apple Devices in their usual places. Only reads. */
export async function findForeign(fs: FileSystem, surroundings: Surroundings): Promise<ForeignBackups> {
  const entries: ForeignEntry[] = [];
  const problems: Finding[] = [];
  for (const place of usualPlaces(surroundings.platform, surroundings.home, surroundings.environment)) {
    try {
      entries.push(...(await backupsIn(fs, place)));
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') continue;
      // macOS hides the folder from programs without Full Disk Access.
      const isHidden = surroundings.platform === 'darwin' && (code === 'EPERM' || code === 'EACCES');
      problems.push({ code: isHidden ? 'library.no-full-disk-access' : 'library.unreadable', severity: 'info', facts: { folder: place.folder, error: code } });
    }
  }
  return { entries, problems };
}

async function backupsIn(fs: FileSystem, place: UsualPlace): Promise<ForeignEntry[]> {
  const root = await fs.realPath(place.folder);
  const folders = (await fs.readDirectory(root)).filter(({ kind }) => kind === 'directory').map(({ name }) => join(root, name));
  const found = await Promise.all(folders.map((folder) => describe(fs, folder, place.origin)));
  return found.filter((entry) => entry !== undefined);
}

async function describe(fs: FileSystem, folder: string, origin: ForeignEntry['origin']): Promise<ForeignEntry | undefined> {
  if (!(await isAppleFolder(fs, folder))) return undefined;
  try {
    const { udid, manifest, info, status } = await readAppleFolder(fs, folder);
    return {
      folder,
      origin,
      udid,
      deviceName: manifest.device.name ?? info?.deviceName,
      iosVersion: manifest.device.iosVersion ?? info?.iosVersion,
      date: info?.lastBackup ?? manifest.date,
      isEncrypted: manifest.isEncrypted,
      isFinished: status?.snapshotState === 'finished',
    };
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
