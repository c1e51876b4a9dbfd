import { linkStatus } from '../../../format/mb-errors.ts';
import type { BackupContext } from './backup-context.ts';
import { requireOk } from './host-files.ts';

/** The 256 names of the folders that hold content. */
export const shards: readonly string[] = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));

/** Creates all folders a backup needs; hosts do not make parents by themselves. */
export async function createFolders({ host, udid }: BackupContext): Promise<void> {
  for (const top of [udid, `${udid}/Snapshot`]) {
    await createFolder(top);
    for (const shard of shards) await createFolder(`${top}/${shard}`);
  }

  async function createFolder(path: string): Promise<void> {
    const status = await host.createDirectory(path);
    if (status.code !== linkStatus.exists) requireOk(status, `Error creating directory at path "${path}"`);
  }
}
