import type { ConnectionKind, DeviceSummary } from '../device/types.ts';
import type { Damage, DraftEntry, ForeignEntry, HistoryEntry, RunRecord, TrashEntry, VerificationRecord } from '../library/types.ts';
import type { DiagnosisReport, FailedRun } from '../shared/diagnosis-report.ts';
import type { Estimate } from '../shared/estimate.ts';
import type { Finding } from '../shared/finding.ts';
import type { PlanFacts, SelectionSize } from '../shared/plan-facts.ts';
import type { SelectionCheck } from '../shared/selection-check.ts';
import type { Selection } from '../shared/selection.ts';
import type { JobListener } from '../shared/job-events.ts';

export type { Damage, ForeignEntry, RunRecord, TrashEntry } from '../library/types.ts';
export type { Finding } from '../shared/finding.ts';

/*
 * The engine as `vscode/` and `cli/` see it. Every call rejects with an `EngineError`; every long one takes an
 * `AbortSignal` and reports `JobEvent`s. Passwords are plain strings that live only as long as the call.
 */

export interface EngineOptions {
  /** Folder of the library; created when it does not exist. */
  readonly library: string;
  /** `127.0.0.1:PORT` or `UNIX:/path`; `USBMUXD_SOCKET_ADDRESS`, then the platform's default when absent. */
  readonly muxer?: string | undefined;
}

export interface Engine {
  devices(signal?: AbortSignal): Promise<DeviceSummary[]>;
  /** Calls `onChange` with the whole list after each change (attach, detach, trust, lock), until disposed. Errors of the muxer go to `onError`, then it tries again. */
  watchDevices(onChange: (devices: readonly DeviceSummary[]) => void, onError: (error: unknown) => void): { dispose(): void };
  pair(request: PairRequest, run: JobRun): Promise<void>;

  backup(request: BackupRequest, run: JobRun): Promise<HistoryEntry>;
  changeEncryption(request: EncryptionRequest, run: JobRun): Promise<void>;
  preflightRestore(request: RestoreRequest, signal?: AbortSignal): Promise<Finding[]>;
  restore(request: RestoreRequest, run: JobRun): Promise<RestoreResult>;

  history(): Promise<History>;
  verify(request: VerifyRequest, run: JobRun): Promise<VerifyReport>;
  setLocked(entry: EntryRef, locked: boolean): Promise<void>;
  /** Moves an entry to the library's trash. */
  delete(entry: EntryRef): Promise<DeleteResult>;
  undelete(trashId: string): Promise<void>;
  emptyTrash(run: JobRun): Promise<{ readonly bytesFreed: number }>;
  importFolder(request: { readonly folder: string }, run: JobRun): Promise<HistoryEntry>;
  /** Copies an entry's Apple folder to `folder/<UDID>`; never links. */
  exportEntry(request: { readonly entry: EntryRef; readonly folder: string }, run: JobRun): Promise<{ readonly path: string }>;
  /** Deletes one draft of the device, `path` as in its `DraftEntry`, or all of them where it is absent. */
  discardDraft(udid: string, path?: string): Promise<void>;
  /** Whether `password` opens the newest encrypted backup of the device; `undefined` when there is none to try. */
  testPassword(udid: string, password: string, signal?: AbortSignal): Promise<boolean | undefined>;

  /** Reports an `estimate` event each time more is known; resolves with the last of them. */
  estimate(request: EstimateRequest, run: JobRun): Promise<Estimate>;
  /** What the newest backup of the device (of any device when absent) and the connected devices tell to a plan. */
  planFacts(request: { readonly udid?: string | undefined; readonly password?: string | undefined }, signal?: AbortSignal): Promise<PlanFacts>;
  /** What may be a slip in the selection of a custom backup: names that nobody knows, terms that took nothing. Changes nothing. */
  checkSelection(request: SelectionRequest, signal?: AbortSignal): Promise<SelectionCheck>;
  /** How much of a backup each selection takes. */
  measureSelections(request: MeasureRequest, signal?: AbortSignal): Promise<readonly SelectionSize[]>;
  /** Photos and videos straight from the camera roll, without a backup; what is there already is skipped. */
  copyMedia(request: MediaRequest, run: JobRun): Promise<MediaResult>;
  /** Reports a `diagnosis` event after each check; resolves with the whole. */
  diagnose(request: DiagnosisRequest, run: JobRun): Promise<DiagnosisReport>;
  close(): Promise<void>;
}

export interface EstimateRequest {
  readonly udid: string;
  /** Ask the phone what it demands: starts a backup that is cut before anything is written, and may ask for the passcode. */
  readonly experiment: boolean;
  /** Opens the last backup when it is encrypted; without it that backup gives its total only. */
  readonly password?: string | undefined;
}

export interface SelectionRequest {
  readonly udid: string;
  readonly selection: Selection;
  /** Opens the last backup where it is encrypted. */
  readonly password?: string | undefined;
}

export interface MeasureRequest {
  readonly entry: EntryRef;
  readonly password?: string | undefined;
  readonly selections: readonly Selection[];
}

export interface MediaRequest {
  readonly udid: string;
  /** Where to; `undefined` for the library's own folder of the device's media. */
  readonly folder?: string | undefined;
  /** Days as `yyyy-MM-dd`, inclusive. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

export interface MediaResult {
  readonly folder: string;
  readonly copied: number;
  readonly skipped: number;
  readonly bytes: number;
  /** Files that the phone did not give, by path. */
  readonly failed: readonly string[];
}

export interface DiagnosisRequest {
  /** `undefined`: all that is connected. */
  readonly udid?: string | undefined;
  /** Ids of the checks to run again; all when absent. */
  readonly checks?: readonly string[] | undefined;
  /** Opens the newest backup, for the check whether it does. */
  readonly password?: string | undefined;
  /** The run after whose end the checks are made: what it ran into is named first. */
  readonly failed?: FailedRun | undefined;
}

export interface JobRun {
  readonly signal: AbortSignal;
  readonly listener: JobListener;
}

export interface PairRequest {
  readonly udid: string;
  /** How long to wait for the tap on Trust, in ms. */
  readonly patience: number;
}

export interface BackupRequest {
  readonly udid: string;
  readonly full: boolean;
  /** `keep`: as the phone is set; `on`: switch encryption on first when it is off, with `password`. */
  readonly encryption: 'keep' | 'on';
  readonly password?: string | undefined;
  /** The person says that `password` was set since the newest encrypted backup: that it does not open that one is no refusal then. */
  readonly passwordIsNewer?: boolean | undefined;
  readonly connection?: ConnectionKind | undefined;
  /** A custom backup of this choice: pruned after the phone's final answer. `password` is needed on an encrypted phone. */
  readonly selection?: Selection | undefined;
  /** What `checkSelection` told of it: not looked at again unless the last backup, or what is known of it, has changed. */
  readonly checked?: SelectionCheck | undefined;
}

export type EncryptionRequest =
  | { readonly udid: string; readonly action: 'on'; readonly newPassword: string }
  | { readonly udid: string; readonly action: 'change'; readonly oldPassword: string; readonly newPassword: string }
  | { readonly udid: string; readonly action: 'off'; readonly oldPassword: string };

export type EntryRef = { readonly udid: string; readonly id: string };

export interface RestoreRequest {
  /** An entry of the library, or any Apple folder (`…/<UDID>`). */
  readonly source: EntryRef | { readonly folder: string };
  readonly udid: string;
  readonly password?: string | undefined;
  readonly options: RestoreOptions;
}

/** As the protocol has them; the defaults are the safe ones. */
export interface RestoreOptions {
  readonly systemFiles: boolean;
  readonly reboot: boolean;
  readonly preserveSettings: boolean;
  /** Deletes everything on the phone that the backup lacks. */
  readonly removeItemsNotRestored: boolean;
  readonly reinstallApps: boolean;
}

export const defaultRestoreOptions: RestoreOptions = {
  systemFiles: true,
  reboot: true,
  preserveSettings: true,
  removeItemsNotRestored: false,
  reinstallApps: true,
};

export interface RestoreResult {
  /** The phone restarted and came back while we watched. */
  readonly deviceReturned: boolean;
  readonly bytes: number;
  readonly files: number;
}

export interface History {
  /** Newest first, also where a clock was wrong. */
  readonly entries: readonly HistoryEntry[];
  readonly drafts: readonly DraftEntry[];
  readonly trash: readonly TrashEntry[];
  /** The last runs that did not end well, or go on at this moment; one of a device at most. */
  readonly runs: readonly RunRecord[];
  /** Backups of other programs found in their usual places; read only. */
  readonly foreign: readonly ForeignEntry[];
  readonly problems: readonly Finding[];
}

export interface DeleteResult {
  readonly trashId: string;
  /** Bytes that emptying the trash will really free. */
  readonly bytesToFree: number;
}

export interface VerifyRequest {
  /** Absent: every entry of the library. */
  readonly entry?: EntryRef | undefined;
  readonly level: VerificationRecord['level'];
  readonly password?: string | undefined;
}

export interface VerifyReport {
  readonly entries: readonly { readonly entry: EntryRef; readonly record: VerificationRecord; readonly damage: readonly Damage[]; readonly notes: readonly Finding[] }[];
}

