import type { AppleFolder } from './apple-folder.ts';
import type { LibraryContext } from './context.ts';
import { EntryFolder } from './entry-folder.ts';
import { startReading } from './reading-lock.ts';
import { makeScratch } from './scratch.ts';
import { spareFiles } from './spare.ts';

/** A view of an Apple folder for a restore to `target`; until it is closed, nobody moves an entry of a library away. */
export async function openEntryFolder(context: LibraryContext, apple: AppleFolder, target: string): Promise<EntryFolder> {
  const reading = await startReading(context, apple.path);
  try {
    const substitutes = await spareFiles(context, apple);
    const scratch = await makeScratch(context);
    return new EntryFolder({ fs: context.fs, apple: apple.path, source: apple.udid, target, scratch, substitutes, onClose: () => reading.release() });
  } catch (error) {
    reading.release();
    throw error;
  }
}
