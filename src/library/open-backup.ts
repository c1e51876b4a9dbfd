import { join } from 'node:path';
import { parseKeybag } from '../format/keybag.ts';
import { hasEncryptedDatabase, readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { ManifestReader } from '../format/manifest-reader.ts';
import { appleFile } from '../format/names.ts';
import { unlockKeybag, type UnlockedKeybag } from '../format/unlock.ts';
import { DataError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { onDisk } from './disk-error.ts';
import { runTask } from './run-task.ts';
import { makeScratch } from './scratch.ts';

/** A backup whose manifest can be read. `close` removes the decrypted copy. */
export interface OpenBackup {
  readonly manifest: ManifestPlist;
  /** Absolute path of a plain Manifest.db: the backup's own, or a decrypted copy in a private folder. */
  readonly database: string;
  /** `undefined` for a backup that is not encrypted. */
  readonly keybag: UnlockedKeybag | undefined;
  close(): Promise<void>;
}

const maxPlist = 64 << 20;

/**
 * Opens an Apple folder's manifest. Throws `DataError`: `data.password` when the password is missing or wrong,
 * `data.keybag`, `data.manifest` or `data.damaged` when the backup is damaged.
 */
export async function openBackup(context: LibraryContext, apple: string, password: string | undefined, signal?: AbortSignal): Promise<OpenBackup> {
  return await onDisk(apple, async () => {
    const manifest = readManifestPlist(await context.fs.readFile(join(apple, appleFile.manifest), maxPlist));
    const keybag = manifest.isEncrypted ? await unlock(manifest, password, signal) : undefined;
    const { manifestKey } = manifest;
    if (!hasEncryptedDatabase(manifest) || !keybag || !manifestKey) {
      return { manifest, keybag, database: join(apple, appleFile.database), close: async () => {} };
    }
    const copy = await decryptDatabase(context, join(apple, appleFile.database), keybag.unwrap(manifestKey), signal);
    return { manifest, keybag, ...copy };
  });
}

/** The slow part, and the test whether a password is right. */
export async function unlock(manifest: ManifestPlist, password: string | undefined, signal?: AbortSignal): Promise<UnlockedKeybag> {
  if (!manifest.keybag) throw new DataError('data.keybag', 'The backup has no keybag', { subject: appleFile.manifest });
  if (password === undefined) throw new DataError('data.password', 'The backup is encrypted and no password was given');
  return await unlockKeybag(parseKeybag(manifest.keybag), password, signal);
}

async function decryptDatabase(context: LibraryContext, from: string, key: Buffer, signal?: AbortSignal): Promise<Pick<OpenBackup, 'database' | 'close'>> {
  const scratch = await makeScratch(context);
  const close = (): Promise<void> => onDisk(scratch, () => context.fs.removeTree(scratch));
  const database = join(scratch, appleFile.database);
  try {
    await runTask(context.fs, 'decryptFile', { from, to: database, key }, { signal });
    ManifestReader.open(database).close();
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}
