import { shardOf } from '../manifest/file-id.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { requireOk } from './host-files.ts';

const batchRemovals = 128;

/** Removes what is gone from the phone, and older indices; then the Snapshot folder with its empty folders. */
export async function removeLeftovers(context: BackupContext, snapshot: Snapshot | undefined, obsolete: readonly string[]): Promise<void> {
  await removeFiles(context, goneFiles(snapshot, obsolete));
  await removeSnapshot(context);
}

export async function removeSnapshot({ host, udid }: BackupContext): Promise<void> {
  requireOk(await host.remove([`${udid}/Snapshot`], { progress: 100 }), 'Error removing snapshot directory');
}

function* goneFiles(snapshot: Snapshot | undefined, obsolete: readonly string[]): Iterable<string> {
  if (snapshot?.hasPrevious) for (const fileId of snapshot.database.filesBeside('previous', snapshot.kept)) yield shardOf(fileId);
  yield* obsolete;
}

async function removeFiles({ host, udid }: BackupContext, paths: Iterable<string>): Promise<void> {
  const remove = async (batch: string[]): Promise<void> => requireOk(await host.remove(batch, { progress: 100 }), 'Error removing files');
  let batch: string[] = [];
  for (const path of paths) {
    batch.push(`${udid}/${path}`);
    if (batch.length < batchRemovals) continue;
    await remove(batch);
    batch = [];
  }
  if (batch.length > 0) await remove(batch);
}
