import { asBoolean, asDate, asString, writeBinaryPlist } from '../plist/index.ts';
import { DataError } from '../shared/errors.ts';
import type { BackupState, BackupStatus, SnapshotState } from './names.ts';
import { readPlistFile } from './plist-file.ts';

const limits = { maxBytes: 64 << 10, maxValues: 200, maxDepth: 8 };
const snapshotStates: readonly SnapshotState[] = ['uploading', 'moving', 'removing', 'finished'];
const backupStates: readonly BackupState[] = ['empty', 'old', 'new'];

/** Reads Status.plist; all six keys are required, as devices require them. Throws `DataError('data.plist')`. */
export function readStatus(bytes: Uint8Array): BackupStatus {
  const dict = readPlistFile(bytes, 'Status.plist', limits);
  const status = {
    uuid: asString(dict['UUID']),
    date: asDate(dict['Date']),
    backupState: backupStates.find((state) => state === dict['BackupState']),
    snapshotState: snapshotStates.find((state) => state === dict['SnapshotState']),
    isFullBackup: asBoolean(dict['IsFullBackup']),
    version: asString(dict['Version']),
  };
  const missing = Object.entries(status).find(([, value]) => value === undefined);
  if (missing) throw new DataError('data.plist', `Status.plist lacks a usable ${missing[0]}`, { subject: 'Status.plist' });
  return status as BackupStatus;
}

/** The six keys as a binary plist, as a device writes it. */
export function writeStatus(status: BackupStatus): Buffer {
  return writeBinaryPlist({
    UUID: status.uuid,
    Date: status.date,
    BackupState: status.backupState,
    SnapshotState: status.snapshotState,
    IsFullBackup: status.isFullBackup,
    Version: status.version,
  });
}
