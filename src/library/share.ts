import { timingSafeEqual } from 'node:crypto';
import type { BlockingFileSystem } from './file-system.ts';
import type { FileHasher } from './hashing.ts';
import { linkOrCopy } from './clone.ts';

export type ShareResult = 'shared' | 'kept' | 'reference-damaged';

/**
 * Makes a new file share the bytes of an equal one of an earlier backup. The earlier one is read first: its disk blocks may
 * have decayed, and a link would spread that.
 */
export function shareEqual(
  files: BlockingFileSystem,
  hasher: FileHasher,
  paths: { readonly reference: string; readonly fresh: string; readonly temporary: string },
  sha256: Buffer,
): ShareResult {
  const actual = hasher.hash(paths.reference);
  if (!actual || !timingSafeEqual(actual.sha256, sha256)) return 'reference-damaged';
  files.remove(paths.temporary);
  if (!linkOrCopy(files, paths.reference, paths.temporary)) {
    files.remove(paths.temporary);
    return 'kept';
  }
  files.rename(paths.temporary, paths.fresh);
  return 'shared';
}
