import { basename, join } from 'node:path';
import { readInfoPlist, type InfoPlist } from '../format/info-plist.ts';
import { readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { appleFile, udidPattern, type BackupStatus } from '../format/names.ts';
import { readStatus } from '../format/status-plist.ts';
import { DataError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { onDisk } from './disk-error.ts';
import type { FileSystem } from './file-system.ts';

/** An Apple folder found somewhere, with what its property lists tell. */
export interface AppleFolder {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly udid: string;
  readonly manifest: ManifestPlist;
  readonly info: InfoPlist | undefined;
  readonly status: BackupStatus | undefined;
}

const maxPlist = 256 << 20;
const archiveSuffix = /-\d{8}-\d{6}$/;

/**
 * Finds the backup that a person means by `folder`: the Apple folder itself, or one that holds exactly one.
 * Throws `DataError('data.no-backup')`, `DataError('data.several-backups')`, `DataError('data.plist')`.
 */
export async function findAppleFolder(context: LibraryContext, folder: string): Promise<AppleFolder> {
  return await onDisk(folder, async () => {
    const path = await context.fs.realPath(folder);
    if (await isAppleFolder(context.fs, path)) return await readAppleFolder(context.fs, path);
    const inner: string[] = [];
    for (const { name, kind } of await context.fs.readDirectory(path)) {
      if (kind === 'directory' && (await isAppleFolder(context.fs, join(path, name)))) inner.push(join(path, name));
    }
    const [only, ...others] = inner;
    if (only === undefined) throw new DataError('data.no-backup', 'The folder holds no backup', { subject: folder });
    if (others.length > 0) throw new DataError('data.several-backups', 'The folder holds several backups', { subject: folder });
    return await readAppleFolder(context.fs, only);
  });
}

/** A folder's name says nothing: a manifest makes it a backup. */
export async function isAppleFolder(fs: FileSystem, path: string): Promise<boolean> {
  return (await fs.stat(join(path, appleFile.manifest)))?.kind === 'file';
}

export async function readAppleFolder(fs: FileSystem, path: string): Promise<AppleFolder> {
  const manifest = readManifestPlist(await fs.readFile(join(path, appleFile.manifest), maxPlist));
  const info = await readOptional(fs, join(path, appleFile.info), readInfoPlist);
  const status = await readOptional(fs, join(path, appleFile.status), readStatus);
  const udid = [manifest.device.udid, info?.udid, basename(path).replace(archiveSuffix, '')].map(normalUdid).find((id) => id !== undefined);
  if (udid === undefined) throw new DataError('data.plist', 'The backup does not tell its device', { subject: path });
  return { path, udid, manifest, info, status };
}

/** Info.plist has old UDIDs in upper case. */
function normalUdid(text: string | undefined): string | undefined {
  const udid = text?.length === 40 ? text.toLowerCase() : text;
  return udid !== undefined && udidPattern.test(udid) ? udid : undefined;
}

/** Hosts and devices leave these out or damage them; the backup is usable without. */
async function readOptional<T>(fs: FileSystem, path: string, parse: (bytes: Buffer) => T): Promise<T | undefined> {
  if (!(await fs.stat(path))) return undefined;
  try {
    return parse(await fs.readFile(path, maxPlist));
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
