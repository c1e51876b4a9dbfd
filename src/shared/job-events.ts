import type { DiagnosisReport } from './diagnosis-report.ts';
import type { ErrorFacts } from './errors.ts';
import type { Estimate } from './estimate.ts';
import type { SelectionCheck } from './selection-check.ts';

/** What a job is doing; words for it are made in `vscode/`, `webview/` and `cli/`. */
export type JobPhase =
  | 'preparing'
  | 'connecting'
  | 'waiting-for-trust'
  | 'waiting-for-passcode'
  | 'waiting-for-lock'
  | 'scanning'
  | 'sending-manifest'
  | 'receiving'
  | 'moving'
  | 'removing'
  | 'verifying'
  | 'publishing'
  | 'sending'
  | 'restarting'
  | 'hashing'
  | 'pruning'
  | 'finished';

/** Figures of a running job. Bytes and files count what has passed so far; none ever decreases within a job. */
export interface JobProgress {
  readonly phase: JobPhase;
  /** 0 to 1, for the person: never decreases; `undefined` while nothing honest is known. */
  readonly fraction: number | undefined;
  readonly bytes: number;
  readonly files: number;
  /** Bytes a second over the last seconds; `undefined` until measured. */
  readonly rate: number | undefined;
  /** Seconds; `undefined` unless rate and remaining work are both known. */
  readonly remaining: number | undefined;
  /** Domain of the file being received, where it is known. */
  readonly domain: string | undefined;
}

export type JobNotice =
  /** The phone shows its passcode prompt, or has put it away. */
  | { readonly code: 'passcode-prompt'; readonly shown: boolean }
  | { readonly code: 'trust-prompt' }
  /** One file failed on the phone's side; the run goes on. */
  | { readonly code: 'file-failed'; readonly path: string; readonly text: string }
  /** The phone made a full backup although an incremental one was possible. */
  | { readonly code: 'full-instead-of-incremental' }
  /** Hard links do not work on the library's file system: each backup costs its whole size. */
  | { readonly code: 'no-hard-links' }
  | { readonly code: 'purge-requested'; readonly bytesWanted: number; readonly bytesNeeded: number; readonly bytesFree: number }
  | { readonly code: 'draft-set-aside'; readonly name: string }
  | { readonly code: 'resumed'; readonly bytesKept: number; readonly filesKept: number }
  | { readonly code: 'waiting-long'; readonly for: 'person' | 'phone' | 'program' | 'disk' | 'cable'; readonly seconds: number }
  | { readonly code: 'sleep-not-prevented' }
  /** Before a custom backup: the phone decides what it sends, and demands room for all of it; what is left out saves disk afterwards only. */
  | { readonly code: 'custom-sends-all' }
  /** Before a custom backup: what of the selection may be a slip; see `SelectionCheck`. Terms are as text. */
  | { readonly code: 'selection-unknown'; readonly terms: SelectionCheck['unknown'] }
  | { readonly code: 'selection-unsure'; readonly terms: readonly string[] }
  /** What took nothing of the last backup; no terms: the selection as a whole. */
  | { readonly code: 'selection-unmatched'; readonly terms: readonly string[]; readonly date: Date }
  /** Chosen categories (by id) that this phone leaves out, because its backups are not encrypted. */
  | { readonly code: 'needs-encryption'; readonly categories: readonly string[] }
  /** This job is about to switch encryption on: a lasting setting of the phone, for every computer. Nothing is changed yet. */
  | { readonly code: 'encryption-begins' }
  /**
   * Before a custom backup of an encrypted phone: that the password is right shows only at the end. `isNewer`: it does not open
   * the newest encrypted backup, and the person says that it was set since then; otherwise there is none to try it on.
   */
  | { readonly code: 'password-unchecked'; readonly isNewer: boolean }
  /** The password that was given does not open the new backup, which is encrypted with another one. */
  | { readonly code: 'password-wrong' }
  /** The phone's encryption setting was switched by this job. */
  | { readonly code: 'encryption-changed'; readonly encrypted: boolean };

export type JobEvent =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'notice'; readonly notice: JobNotice }
  /** What is known so far; each replaces the one before. */
  | { readonly type: 'estimate'; readonly estimate: Estimate }
  | { readonly type: 'diagnosis'; readonly report: DiagnosisReport }
  | { readonly type: 'log'; readonly level: 'debug' | 'info' | 'warn'; readonly text: string };

export type JobOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };

export type JobListener = (event: JobEvent) => void;
