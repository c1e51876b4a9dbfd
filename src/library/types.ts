/** How far an entry was checked, and what came out. */
export interface VerificationRecord {
  readonly at: Date;
  /** `structure`: manifest against files; `bytes`: SHA-256 of every file; `unlock`: bytes, and the password opens the manifest. */
  readonly level: 'structure' | 'bytes' | 'unlock';
  readonly result: 'good' | 'damaged';
  readonly damagedFiles: number;
}

export type BackupKind = 'full' | 'incremental' | 'custom' | 'imported';

/** One finished backup of the history, as `backup.json` tells. Sizes in bytes. */
export interface HistoryEntry {
  readonly id: string;
  readonly udid: string;
  readonly deviceName: string;
  readonly productType: string | undefined;
  readonly iosVersion: string | undefined;
  readonly date: Date;
  readonly kind: BackupKind;
  readonly isEncrypted: boolean;
  readonly isComplete: boolean;
  readonly files: number;
  /** Sum of all content files. */
  readonly size: number;
  /** What this entry alone occupies: bytes that would be freed if nothing else changed. */
  readonly ownSize: number;
  /** Seconds; `undefined` for imports. */
  readonly duration: number | undefined;
  readonly isLocked: boolean;
  readonly verification: VerificationRecord | undefined;
  readonly selection: string | undefined;
  readonly note: string | undefined;
  /** Folder that holds `<UDID>/`, absolute. */
  readonly path: string;
}

/** An interrupted run that can go on. */
export interface DraftEntry {
  readonly udid: string;
  readonly deviceName: string;
  readonly started: Date;
  readonly isEncrypted: boolean;
  readonly isForcedFull: boolean;
  /** Bytes and files that the phone need not send again. */
  readonly bytes: number;
  readonly files: number;
  /** Held by a run at this moment. */
  readonly isRunning: boolean;
  readonly path: string;
}
