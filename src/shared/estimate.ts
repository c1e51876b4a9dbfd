import type { Finding } from './finding.ts';
import type { SelectionTerm } from './selection.ts';

/** Bytes, `low <= likely <= high`; all equal where the figure is exact. */
export interface SizeRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/**
 * Where a figure comes from: the manifest of the last backup, the phone's sizes of apps, its disk-usage values, a walk of
 * the camera roll, what the phone demanded in the experiment, or earlier runs of this device.
 */
export type EstimateSourceId = 'last-backup' | 'apps' | 'disk-usage' | 'camera-roll' | 'demand' | 'earlier-runs';

export interface EstimateSource {
  readonly id: EstimateSourceId;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Why it failed or was left out. */
  readonly finding: Finding | undefined;
}

/** A line of the estimate; lines form a tree by `parent`, and a parent's size is the sum of its children. */
export interface EstimateRow {
  /** `category:photos`, `app:com.example`, `domain:HomeDomain`, `year:2025/videos` under videos, ... Stable while the estimate fills in. */
  readonly id: string;
  readonly parent: string | undefined;
  readonly kind: 'category' | 'app' | 'domain' | 'year' | 'other';
  /** English for categories, as the phone says it for apps. */
  readonly name: string;
  readonly size: SizeRange;
  readonly files: number | undefined;
  readonly source: EstimateSourceId;
  /** Bytes in the last backup. */
  readonly before: number | undefined;
  /** What choosing this line means; `undefined` where it cannot be chosen by itself. */
  readonly term: SelectionTerm | undefined;
  readonly encryption: 'any' | 'mostly-encrypted' | 'encrypted-only';
}

/** Whether a backup fits an iCloud plan of `bytes`; the sizes Apple sells. */
export interface CloudFit {
  readonly bytes: number;
  readonly fits: 'yes' | 'maybe' | 'no';
}

export interface Estimate {
  readonly udid: string;
  readonly deviceName: string | undefined;
  readonly iosVersion: string | undefined;
  readonly isEncrypted: boolean | undefined;
  readonly at: Date;
  /** No source is waiting or running. */
  readonly isComplete: boolean;
  readonly sources: readonly EstimateSource[];
  readonly rows: readonly EstimateRow[];
  readonly total: SizeRange;
  /** What an incremental run will transfer; `undefined` while unknown. */
  readonly transfer: SizeRange | undefined;
  /** Time of the next run from the speed of earlier ones of this device; `undefined` before the first. */
  readonly seconds: { readonly low: number; readonly high: number } | undefined;
  readonly lastBackup: { readonly id: string; readonly date: Date; readonly size: number } | undefined;
  /** The disk of the library, in bytes. */
  readonly disk: { readonly folder: string; readonly free: number; readonly capacity: number } | undefined;
  readonly clouds: readonly CloudFit[];
  /** Rows to switch off on the phone to stay within the free 5 GB, largest first; empty when it fits. */
  readonly uncheck: readonly { readonly rowId: string; readonly saves: number }[];
  /** What the phone asked for in the experiment, in bytes. */
  readonly demand: { readonly bytes: number; readonly isPlausible: boolean } | undefined;
  readonly findings: readonly Finding[];
}
