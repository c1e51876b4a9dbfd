import type { SnapshotState } from '../../../format/names.ts';
import { statusVersion, writeStatus } from '../plists/status-plist.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { uploadControl } from './host-files.ts';

/** Writes Status.plist into the host's folder: how far the run is. Answers what was written. */
export async function mark(context: BackupContext, run: Pick<Snapshot, 'uuid' | 'isFull'>, snapshotState: SnapshotState): Promise<Buffer> {
  const bytes = writeStatus({
    uuid: run.uuid,
    date: context.date,
    backupState: 'new',
    snapshotState,
    isFullBackup: run.isFull,
    version: statusVersion,
  });
  await uploadControl(context, 'Status.plist', [bytes], snapshotState === 'uploading' ? 0 : 100);
  return bytes;
}
