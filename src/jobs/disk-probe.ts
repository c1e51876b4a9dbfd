import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes one byte into a folder and takes it away; resolves when the disk has really done so. */
export async function tryDisk(folder: string): Promise<void> {
  const path = join(folder, `.probe-${randomBytes(4).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(Buffer.alloc(1));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
