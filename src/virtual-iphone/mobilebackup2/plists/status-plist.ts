import type { BackupState, BackupStatus, SnapshotState } from '../../../format/names.ts';
import { asBoolean, asDate, asDict, asString, readPlist, writeBinaryPlist, type PlistValue } from '../../../plist/index.ts';

/** Version that the phone writes since iOS 10. */
export const statusVersion = '3.3';

const backupStates: readonly string[] = ['empty', 'old', 'new'] satisfies BackupState[];
const snapshotStates: readonly string[] = ['uploading', 'moving', 'removing', 'finished'] satisfies SnapshotState[];

/** 189 bytes when finished. */
export function writeStatus(status: BackupStatus): Buffer {
  return writeBinaryPlist({
    IsFullBackup: status.isFullBackup,
    Version: status.version,
    UUID: status.uuid,
    Date: status.date,
    BackupState: status.backupState,
    SnapshotState: status.snapshotState,
  });
}

/** `undefined` when a key is missing or of another type, as the phone's own reader refuses it. */
export function readStatus(bytes: Buffer): BackupStatus | undefined {
  const dict = asDict(parse(bytes));
  const uuid = asString(dict?.['UUID']);
  const date = asDate(dict?.['Date']);
  const version = asString(dict?.['Version']);
  const isFullBackup = asBoolean(dict?.['IsFullBackup']);
  const backupState = asString(dict?.['BackupState']);
  const snapshotState = asString(dict?.['SnapshotState']);
  if (uuid === undefined || !date || version === undefined || isFullBackup === undefined) return undefined;
  if (!backupState || !backupStates.includes(backupState) || !snapshotState || !snapshotStates.includes(snapshotState)) return undefined;
  return { uuid, date, version, isFullBackup, backupState: backupState as BackupState, snapshotState: snapshotState as SnapshotState };
}

function parse(bytes: Buffer): PlistValue | undefined {
  try {
    return readPlist(bytes);
  } catch {
    return undefined;
  }
}
