import type { BackupFolder } from '../mobilebackup2/index.ts';

/** Writes one small file of our own into a backup folder. */
export async function writeFile(folder: BackupFolder, path: string, bytes: Buffer): Promise<void> {
  const writer = folder.write(path);
  await writer.write(bytes);
  await writer.finish();
}
