import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `tryDisk` writes: a moment's work of any disk that is fit for backups. */
export const probeBytes = 4 << 20;

/** Writes `probeBytes` into a folder and takes them away; resolves when the disk has really done so. */
export async function tryDisk(folder: string): Promise<void> {
  const path = join(folder, `.probe-${randomBytes(4).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(probeBytes));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
