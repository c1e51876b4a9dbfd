import type { PlistValue } from '../plist/index.ts';

/*
 * What the rooms of the virtual iPhone agree on: its identity and state, its content, its moods.
 * Nothing here is imported from the client side, nor by it.
 */

/** One file, directory or link as the phone's file system has it, in backup terms (domain and path). */
export interface PhoneItem {
  readonly domain: string;
  /** `''` for the domain's root directory. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link';
  /** st_mode with its type bits. */
  readonly mode: number;
  readonly inode: number;
  readonly userId: number;
  readonly groupId: number;
  /** Unix seconds. */
  readonly modified: number;
  readonly changed: number;
  readonly born: number;
  /** Size at the time of stat, in bytes; for databases it may differ from the content's length. */
  readonly size: number;
  /** 0 for directories and links, else 1 to 4. */
  readonly protectionClass: number;
  readonly flags: number;
  readonly target?: string | undefined;
  readonly extendedAttributes?: Readonly<Record<string, Buffer>> | undefined;
}

/** Where the phone's files come from: generated, an existing backup, or what a restore left. */
export interface PhoneContent {
  /** All items in manifest order: grouped by domain, parents before children, each domain beginning with its root. Lazy. */
  items(): Iterable<PhoneItem>;
  /** Number of items and bytes of file content, for progress; must be cheap. */
  readonly totals: { readonly items: number; readonly bytes: number };
  /** The content of one file in chunks of at most `chunkSize` bytes. Deterministic. */
  read(item: PhoneItem, chunkSize: number): Iterable<Buffer>;
  /** Apps of the phone, user and system. */
  apps(): readonly PhoneApp[];
  /** Files reachable by AFC below `/var/mobile/Media`, e.g. `DCIM/100APPLE/IMG_0001.JPG`; `undefined` when not there. */
  media(): PhoneMedia;
  /** Goes `days` forward in the phone's life; `false` where the content cannot change by itself. */
  advance(days: number): boolean;
  close(): void;
}

export interface PhoneMedia {
  list(path: string): readonly string[] | undefined;
  item(path: string): PhoneItem | undefined;
}

export interface PhoneApp {
  readonly bundleId: string;
  readonly name: string;
  readonly version: string;
  readonly type: 'User' | 'System';
  /** Bytes of the app itself, not in a backup. */
  readonly staticUsage: number;
  /** Bytes of its data, caches included. */
  readonly dynamicUsage: number;
  /** Bytes of those that are caches: they take room on the phone and are in no backup. */
  readonly cacheUsage?: number | undefined;
  readonly groups: readonly string[];
  readonly icon: Buffer;
  readonly sinf: Buffer | undefined;
  readonly storeMetadata: Buffer | undefined;
}

export interface PhoneIdentity {
  readonly udid: string;
  readonly name: string;
  readonly serialNumber: string;
  /** `iPhone16,1` */
  readonly productType: string;
  readonly hardwareModel: string;
  readonly iosVersion: string;
  readonly buildVersion: string;
  readonly ecid: bigint;
  readonly wifiAddress: string;
  /** Bytes, marketing size in powers of ten. */
  readonly capacity: number;
}

/** All that identifies a virtual phone; equal options give equal keys, UUIDs, dates and bytes. */
export interface PhoneOptions {
  readonly seed: number;
  readonly udid?: string | undefined;
  readonly name?: string | undefined;
  readonly ios?: string | undefined;
  readonly productType?: string | undefined;
  readonly language?: string | undefined;
  /** Start of the phone's clock; the real time when absent. */
  readonly clock?: Date | undefined;
  /** PBKDF2 rounds of keybags; 10,000,000 and 10,000 as on phones unless a test asks for fewer. */
  readonly iterations?: { readonly sha256: number; readonly sha1: number } | undefined;
  readonly moods?: Partial<Moods> | undefined;
}

/** A place in a conversation where a mood acts; the first match fires once. */
export interface WirePoint {
  /** Which DeviceLink message, counted from 0 over all that the phone sends in one conversation. */
  readonly message?: number | undefined;
  /**
   * Name of a message, e.g. `DLMessageUploadFiles`; with `message` the n-th of that name. Outside DeviceLink a request to
   * lockdown, e.g. `lockdown.Pair` or, with what it asks for, `lockdown.GetValue.ProductVersion`; or a connection to a
   * service, e.g. `com.apple.afc`. `message` then counts from the moment on at which the fault was set.
   */
  readonly name?: string | undefined;
  /** Which file, counted from 0 over all uploads (backup) or downloads (restore). */
  readonly file?: number | undefined;
  /** After this many bytes of that file, or of all files together when `file` is absent. */
  readonly byte?: number | undefined;
}

export type WireFault =
  | { readonly kind: 'disconnect'; readonly at: WirePoint }
  /** TCP reset in place of an orderly close. */
  | { readonly kind: 'reset'; readonly at: WirePoint }
  | { readonly kind: 'silence'; readonly at: WirePoint; readonly ms?: number | undefined }
  /** The verdict; without a text the phone's usual one for the code. In lockdown, `text` is the error string and the code is not said. */
  | { readonly kind: 'error'; readonly at: WirePoint; readonly code: number; readonly text?: string | undefined }
  /** `DLMessageDisconnect` in place of a message: the end without a verdict. */
  | { readonly kind: 'goodbye'; readonly at: WirePoint; readonly text?: string | undefined }
  | { readonly kind: 'cancel-on-phone'; readonly at: WirePoint }
  /** One uploaded file ends with an error unit in place of success. */
  | { readonly kind: 'file-error'; readonly at: WirePoint; readonly text: string };

/** States and faults, changeable while the phone runs. All are off by default. */
export interface Moods {
  readonly trust: 'trusted' | 'ask' | 'pending' | 'denied' | 'revoked';
  /** Locked with a passcode at this moment. */
  readonly locked: boolean;
  readonly hasPasscode: boolean;
  /** What happens at the passcode prompt (iOS 16.1+, and for password changes since 13). */
  readonly passcode: 'none' | 'answered' | 'refused' | 'ignored';
  /** How long a person takes to answer, and how long the phone waits, in ms. */
  readonly passcodeDelay: number;
  readonly passcodeLimit: number;
  readonly findMy: boolean;
  readonly setupUnfinished: boolean;
  readonly supervised: boolean;
  readonly mdmForcesEncryption: boolean;
  /** Free bytes on the phone. */
  readonly freeSpace: number | undefined;
  readonly lockFileBusy: boolean;
  /** notification_proxy never answers Shutdown with ProxyDeath. */
  readonly silentProxy: boolean;
  /** Pairing gives the host no escrow bag. */
  readonly noEscrowBag: boolean;
  /** Bytes a second and ms a round trip. */
  readonly rate: number | undefined;
  readonly latency: number;
  readonly deviceLinkVersion: readonly [number, number];
  /** The answer to Hello names its version as an integer, where hosts expect a real. */
  readonly integerProtocolVersion: boolean;
  /** Uploads go into folders that the phone has not had made. */
  readonly skipFolders: boolean;
  /** Milliseconds of silence while the phone scans. */
  readonly scanTime: number;
  /** Size that the phone claims its upload has, in place of the true one. */
  readonly claimedUploadSize: bigint | undefined;
  /** Ask PurgeDiskSpace when the host has too little room (real phones since iOS 14); false ends with 105 at once. */
  readonly purge: boolean;
  readonly snapshotLeftover: boolean;
  readonly restoredWithoutRestart: boolean;
  readonly unknownKeys: boolean;
  readonly faults: readonly WireFault[];
  readonly hostile: HostileMood | undefined;
  readonly batteryLevel: number;
  readonly charging: boolean;
  readonly cloudBackupEnabled: boolean | undefined;
  readonly lastCloudBackup: Date | undefined;
  readonly refuseValues: boolean;
}

/** For our own client only: what a malicious device could send. */
export interface HostileMood {
  /**
   * Which message carries it: `UploadFiles`, `DownloadFiles`, `MoveItems:from`, `MoveItems:to`, `CopyItem:from`, `CopyItem:to`,
   * `RemoveItems`, `CreateDirectory`, `ContentsOfDirectory`. Forms other than `path` also act inside a file stream
   * (`UploadFiles:name`, `UploadFiles:chunk`) and on an answer of lockdown, e.g. `lockdown.GetValue`.
   */
  readonly message: string;
  /** Used by the form `path` only. */
  readonly path: string;
  readonly form?: 'path' | 'absurd-length' | 'deep-plist' | 'huge-plist' | 'wrong-count' | 'truncated-frame' | undefined;
}

/** Values of lockdown by domain; `''` is the root domain. Reads inside and outside a session differ (public subset). */
export type LockdownValues = ReadonlyMap<string, ReadonlyMap<string, PlistValue>>;
