import { join } from 'node:path';
import { HostError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { libraryFile } from './layout.ts';
import { expectPlace } from './place.ts';

/**
 * Makes the folder of a device, where it is missing, in a library that is still there: its disk may have gone since it was opened, and
 * what is written to its mount point then lies on another disk. Answers its path. Throws `host.missing`.
 */
export async function makeDeviceFolder({ fs, layout }: LibraryContext, udid: string): Promise<string> {
  const folder = layout.device(udid);
  if (await fs.stat(folder)) return folder;
  await expectPlace(fs, layout.root);
  if (!(await fs.stat(join(layout.root, libraryFile.library)))) throw new HostError('host.missing', 'The library is not there any more', { subject: layout.root });
  await fs.makeDirectory(folder);
  return folder;
}
