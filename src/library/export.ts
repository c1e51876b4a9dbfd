import { join } from 'node:path';
import { DataError, HostError } from '../shared/errors.ts';
import { checksumName } from './checksum-file.ts';
import type { LibraryContext } from './context.ts';
import type { CopyAppleRequest } from './copy-apple.ts';
import { onDisk } from './disk-error.ts';
import type { FileSystem } from './file-system.ts';
import { expectRoom } from './room.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import type { HistoryEntry } from './types.ts';

/**
 * Copies an entry's Apple folder to `folder/<UDID>` for another program, which may change it. Each byte is compared with
 * its checksum on the way: throws `DataError('data.damaged')` after the rest is copied. Throws `host.exists` when the
 * target is there already, and `host.no-space` before anything is written. What is cancelled or fails otherwise leaves nothing in `folder`.
 */
export async function exportBackup(context: LibraryContext, entry: HistoryEntry, folder: string, options: TaskOptions): Promise<{ readonly path: string }> {
  const { fs } = context;
  const path = join(folder, entry.udid);
  return await onDisk(path, async () => {
    await fs.makeDirectory(folder, { recursive: true });
    if (await fs.stat(path)) throw new HostError('host.exists', 'Something lies where the export should go', { subject: path });
    const from = join(entry.path, entry.udid);
    await expectRoom(fs, from, folder, options.signal);
    await claim(fs, path);
    const damaged = await copyWhole(fs, { from, to: path, checksums: join(entry.path, checksumName), isWritable: true }, options);
    if (damaged.length > 0) throw new DataError('data.damaged', 'The backup is damaged', { subject: damaged.slice(0, 5).join(', ') });
    return { path };
  });
}

/** While room was measured another program may have begun there: what is not ours is never written to, nor removed. */
async function claim(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.makeDirectory(path, { isNew: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new HostError('host.exists', 'Something lies where the export should go', { subject: path, cause: error });
  }
}

/** Answers the names of what is damaged; half a copy would be in the way of the next one. */
async function copyWhole(fs: FileSystem, request: CopyAppleRequest, options: TaskOptions): Promise<readonly string[]> {
  try {
    const { damaged } = await runTask(fs, 'copyApple', request, options);
    await fs.sync(request.to);
    return damaged;
  } catch (error) {
    await fs.removeTree(request.to).catch(() => {});
    throw error;
  }
}
