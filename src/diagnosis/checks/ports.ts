import type { DeviceSummary, MuxDevice } from '../../device/types.ts';
import type { DraftEntry, Finding, HistoryEntry, RunRecord } from '../../library/types.ts';
import type { FailedRun } from '../../shared/diagnosis-report.ts';

/*
 * What checks look at. Every question is asked at most once in a diagnosis and rejects with an `EngineError`, or a
 * Node error of the disk; a check that meets one which the knowledge has no row for "could not find out".
 */

export interface CheckPorts {
  readonly platform: NodeJS.Platform;
  /** The computer's clock. */
  readonly now: Date;
  /** All attachments, as the muxer lists them. */
  readonly attachments: () => Promise<readonly MuxDevice[]>;
  /** Apple devices on the USB bus, whatever the muxer knows; `undefined` where the system does not tell. */
  readonly usbDevices: () => Promise<number | undefined>;
  /** Bits a second that the USB port of a device negotiated, as the system has it; `undefined` where it does not tell. */
  readonly portSpeed: (udid: string) => Promise<number | undefined>;
  readonly phone: PhonePort | undefined;
  readonly disk: DiskPort;
  readonly library: LibraryPort;
  /** What is known of the next backup after some seconds; `undefined` where that is not enough to name figures. */
  readonly nextBackup: () => Promise<NextBackup | undefined>;
  /** The stored backup password, where there is one. */
  readonly password: string | undefined;
  /** The run after whose end the checks are made. */
  readonly failed: FailedRun | undefined;
}

/** The one device that a round of checks is about. Nothing here makes it ask its owner. */
export interface PhonePort {
  readonly udid: string;
  /** Opens a session; rejects with what keeps it from starting. */
  readonly open: () => Promise<{ readonly pairedOn: Date | undefined }>;
  readonly summary: () => Promise<DeviceSummary>;
  /** Something feeds it, a charger or a computer; `undefined` where it does not tell. */
  readonly onPower: () => Promise<boolean | undefined>;
  /** The device's own clock beside this computer's at the same moment, ms ahead; `undefined` where it does not tell. */
  readonly clockOffset: () => Promise<number | undefined>;
}

/** The place where the library lies. */
export interface DiskPort {
  readonly folder: string;
  /** The folder, or where it would be made, is there. */
  readonly state: () => Promise<'there' | 'creatable' | 'missing'>;
  readonly placement: () => Promise<readonly Finding[]>;
  /** Bytes free on the disk of the folder. */
  readonly free: () => Promise<number>;
  /** With what macOS would remove by itself; `undefined` elsewhere. */
  readonly freeWithPurgeable: () => Promise<number | undefined>;
  /** `FAT`, `exFAT`, `NFS`, `SMB`, `ext4`, ...; `undefined` where the system does not tell. */
  readonly kind: () => Promise<string | undefined>;
  readonly speed: () => Promise<DiskSpeed>;
}

/** Bytes, each the likeliest. */
export interface NextBackup {
  /** Of the whole backup that comes out. */
  readonly total: number;
  /** What the device will send; `undefined` while unknown. */
  readonly transfer: number | undefined;
}

export interface DiskSpeed {
  /** Bytes a second that reach the disk. */
  readonly rate: number;
  /** To make and remove one small file. */
  readonly ms: number;
}

/** Names and sizes in bytes of the property lists and the manifest; a missing file is not in it. */
export type NamedFiles = Readonly<Record<string, number>>;

export interface OddValue {
  readonly file: string;
  readonly key: string;
}

/** What is on the disk about the device, or about all where none is chosen. */
export interface LibraryPort {
  readonly isReadOnly: () => Promise<boolean>;
  /** Newest first. */
  readonly entries: () => Promise<readonly HistoryEntry[]>;
  readonly drafts: () => Promise<readonly DraftEntry[]>;
  readonly namedFiles: (appleFolder: string) => Promise<NamedFiles>;
  /** A value in the property lists of a backup that is of another type than devices expect. */
  readonly oddValue: (appleFolder: string) => Promise<OddValue | undefined>;
  /** Whether `password` opens the newest encrypted backup. */
  readonly opens: (password: string) => Promise<boolean | undefined>;
  readonly lastRun: () => Promise<RunRecord | undefined>;
}
