import { HostError } from '../shared/errors.ts';
import type { FileSystem } from './file-system.ts';
import { runTask } from './run-task.ts';

/** Throws `host.no-space`, with the figures, where a copy of the Apple folder `apple` does not fit on the disk of `folder`. */
export async function expectRoom(fs: FileSystem, apple: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const { bytes: needed } = await runTask(fs, 'measureApple', { apple }, { signal });
  const free = await fs.freeSpace(folder);
  if (free < BigInt(needed)) throw new HostError('host.no-space', 'The copy does not fit', { subject: folder, facts: { needed, free: Number(free) } });
}
