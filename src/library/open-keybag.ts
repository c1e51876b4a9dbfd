import { join } from 'node:path';
import { readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { appleFile } from '../format/names.ts';
import { DataError, EngineError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { unlock } from './open-backup.ts';
import type { HistoryEntry } from './types.ts';

const maxPlist = 64 << 20;

/**
 * Whether `password` opens the keybag of an entry. A Manifest.plist that is empty, damaged or gone is no answer: then the copy
 * counts that is kept beside the newest entries. Throws `data.plist` or `data.keybag` when neither can be read.
 */
export async function opensKeybag(context: LibraryContext, entry: Pick<HistoryEntry, 'udid' | 'id' | 'path'>, password: string, signal?: AbortSignal): Promise<boolean> {
  const manifest = await readManifest(context, join(entry.path, entry.udid)).catch(async (error: unknown) => {
    const spare = join(context.layout.spare(entry.udid), entry.id);
    return await readManifest(context, spare).catch(() => {
      throw error;
    });
  });
  try {
    await unlock(manifest, password, signal);
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'data.password') return false;
    throw error;
  }
}

async function readManifest({ fs }: LibraryContext, folder: string): Promise<ManifestPlist> {
  const manifest = readManifestPlist(await fs.readFile(join(folder, appleFile.manifest), maxPlist));
  if (!manifest.keybag) throw new DataError('data.keybag', 'The backup has no keybag', { subject: appleFile.manifest });
  return manifest;
}
