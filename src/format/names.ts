/** File names inside an Apple folder (`<UDID>/`). */
export const appleFile = {
  info: 'Info.plist',
  status: 'Status.plist',
  manifest: 'Manifest.plist',
  database: 'Manifest.db',
  /** iOS 5 to 9. */
  oldDatabase: 'Manifest.mbdb',
  /** iOS 4 and older; obsolete. */
  oldIndex: 'Manifest.mbdx',
  snapshot: 'Snapshot',
} as const;

/** All files at the root of an Apple folder that are not content. */
export const namedFiles: readonly string[] = [
  appleFile.info,
  appleFile.status,
  appleFile.manifest,
  appleFile.database,
  appleFile.oldDatabase,
  appleFile.oldIndex,
];

/** `SnapshotState` of Status.plist, in the order a run goes through them. */
export type SnapshotState = 'uploading' | 'moving' | 'removing' | 'finished';
export type BackupState = 'empty' | 'old' | 'new';

/** Status.plist, as Apple writes it since iOS 10: six keys, 189 bytes when finished. */
export interface BackupStatus {
  readonly uuid: string;
  readonly date: Date;
  readonly backupState: BackupState;
  readonly snapshotState: SnapshotState;
  readonly isFullBackup: boolean;
  readonly version: string;
}

/** Row kinds of Manifest.db (`Files.flags`). */
export const fileFlag = { file: 1, directory: 2, link: 4 } as const;

/** Protection classes of files (1 to 4) and keychain items (6 to 11); the keybag has all eleven. */
export const protectionClass = {
  complete: 1,
  completeUnlessOpen: 2,
  untilFirstUnlock: 3,
  none: 4,
  recovery: 5,
  whenUnlocked: 6,
  afterFirstUnlock: 7,
  always: 8,
  whenUnlockedThisDevice: 9,
  afterFirstUnlockThisDevice: 10,
  alwaysThisDevice: 11,
} as const;

/** A UDID as Apple writes it: 40 lower-case hex digits, or 8 + `-` + 16 upper-case hex digits since A12. */
export const udidPattern = /^(?:[0-9a-f]{40}|[0-9A-F]{8}-[0-9A-F]{16})$/;

/** A content file's name: SHA-1 of `domain-relativePath`. */
export const fileIdPattern = /^[0-9a-f]{40}$/;

/** Core Data and plist dates count from 2001-01-01; this many seconds after the Unix epoch. */
export const appleEpochSeconds = 978_307_200;
