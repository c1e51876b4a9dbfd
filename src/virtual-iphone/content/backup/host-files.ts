import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { asDict, PlistError, readPlist, type PlistDict } from '../../../plist/index.ts';
import type { PhoneItem } from '../../contract.ts';
import { fileIdOf } from '../../mobilebackup2/manifest/file-id.ts';
import { BackupContentError } from './errors.ts';

/** Info.plist carries icons and licences of all apps: some 10 MB on real hosts. */
const maxPlistBytes = 64 << 20;
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Facts about an ordinary file, `undefined` when there is none; links and special files count as none. */
export function fileStat(path: string): Stats | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat : undefined;
}

/** Where a backup keeps the content of a file. */
export function contentPath(folder: string, { domain, path }: Pick<PhoneItem, 'domain' | 'path'>): string {
  const fileId = fileIdOf(domain, path);
  return join(folder, fileId.slice(0, 2), fileId);
}

/** The dictionary in a property list file; `undefined` when there is no such file. */
export function readPlistFile(path: string): PlistDict | undefined {
  const stat = fileStat(path);
  if (stat === undefined) return undefined;
  if (stat.size > maxPlistBytes) throw new BackupContentError('damaged', 'The property list is absurdly large', path);
  try {
    const dict = asDict(readPlist(readFileSync(path)));
    if (dict === undefined) throw new PlistError('Not a dictionary');
    return dict;
  } catch (error) {
    const [fault, what] = error instanceof PlistError ? (['damaged', 'parsed'] as const) : (['unreadable', 'read'] as const);
    throw new BackupContentError(fault, `The property list cannot be ${what}`, path, error);
  }
}

/** Bytes of a file in chunks of at most `chunkSize`, each a buffer of its own. */
export function* fileChunks(path: string, chunkSize: number): Iterable<Buffer> {
  const file = open(path);
  try {
    let rest = fstatSync(file).size;
    while (rest > 0) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, rest));
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (count === 0) return;
      rest -= count;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | noFollow);
  } catch (error) {
    throw new BackupContentError('unreadable', 'The file cannot be read', path, error);
  }
}
