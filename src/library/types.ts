import type { Diagnosed } from '../shared/diagnosis-report.ts';

/** How far an entry was checked, and what came out. */
export interface VerificationRecord {
  readonly at: Date;
  /** `structure`: manifest against files; `bytes`: SHA-256 of every file; `unlock`: bytes, and the password opens the manifest. */
  readonly level: 'structure' | 'bytes' | 'unlock';
  readonly result: 'good' | 'damaged';
  readonly damagedFiles: number;
}

export interface TransferRecord {
  /** Bytes that passed, manifests included. */
  readonly bytes: number;
  readonly connection: 'usb' | 'network';
  /** In which the device was sending; unknown of older entries. */
  readonly seconds?: number | undefined;
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
  /** What the device sent in this run, and how; unknown of older entries and imports. */
  readonly transfer?: TransferRecord | undefined;
  readonly isLocked: boolean;
  readonly verification: VerificationRecord | undefined;
  /** Of a custom backup, a term a line: what it holds, and after `except ` what it does not. */
  readonly selection: string | undefined;
  /** What the device sent and a custom backup does not hold. */
  readonly leftOut?: { readonly files: number; readonly bytes: number } | undefined;
  readonly note: string | undefined;
  /** Files of its own list that the device did not deliver; absent when none. */
  readonly missing?: number | undefined;
  /** Ids of backups of the device that were there before it although they are dated later: a clock was wrong. Absent when none. */
  readonly laterThan?: readonly string[] | undefined;
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
  /** Of a custom backup, as text. */
  readonly selection: string | undefined;
  /** Bytes and files that the phone need not send again. */
  readonly bytes: number;
  readonly files: number;
  /** Held by a run at this moment. */
  readonly isRunning: boolean;
  /** Of another kind than the run after it, or refused by the phone: kept, but no run goes on from it. */
  readonly isSetAside: boolean;
  readonly path: string;
}

/** A run of a device that has begun and not ended well; nothing in it names a person. */
export interface RunRecord {
  readonly udid: string;
  /** `backup`, `restore`, ... */
  readonly job: string;
  readonly started: Date;
  /** `undefined` while it goes on, and for ever when it was ended by force. `code` is that of its error. */
  readonly end: RunEnd | undefined;
}

/** How a run failed. */
export interface RunEnd {
  readonly at: Date;
  readonly code: string;
  readonly phase: string | undefined;
  /** What the error concerned, where that is an id of this program. */
  readonly subject?: string | undefined;
  /** Figures of the error; see `impersonalFacts`. */
  readonly facts?: Diagnosed['facts'] | undefined;
  /** Codes of what the run had remarked before. */
  readonly notices?: readonly string[] | undefined;
  /** What a look around has named afterwards, the likeliest cause first; absent before that. */
  readonly diagnosis?: readonly Diagnosed[] | undefined;
}

export type { Finding } from '../shared/finding.ts';

/** A deleted backup that the trash still holds. */
export interface TrashEntry {
  readonly trashId: string;
  readonly udid: string;
  readonly id: string;
  readonly deletedAt: Date;
  readonly ownSize: number;
}

/** A backup of another program, found where Apple's programs keep theirs. */
export interface ForeignEntry {
  readonly folder: string;
  readonly origin: 'finder' | 'itunes' | 'apple-devices' | 'other';
  readonly udid: string;
  readonly deviceName: string | undefined;
  readonly iosVersion: string | undefined;
  readonly date: Date | undefined;
  readonly isEncrypted: boolean | undefined;
  readonly isFinished: boolean;
}

/** One damaged or missing file, named as a person knows it where the manifest can be read. */
export interface Damage {
  readonly code: 'missing' | 'changed' | 'extra' | 'unreadable' | 'row' | 'manifest' | 'status';
  /** Relative to the entry. */
  readonly path: string;
  readonly domain: string | undefined;
  readonly relativePath: string | undefined;
}
