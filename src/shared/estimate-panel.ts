import type { CloudFit, EstimateRow, EstimateSource, SizeRange } from './estimate.ts';
import type { TickState } from './ticks.ts';

/*
 * What the estimate panel and its host say to each other. Names and sentences come cleaned and in the person's language;
 * the page adds the words of its own labels and writes figures.
 */

/** A line of the table and a cell of the picture. */
export interface PictureRow {
  readonly id: string;
  readonly parent: string | undefined;
  readonly kind: EstimateRow['kind'];
  readonly name: string;
  readonly size: SizeRange;
  readonly files: number | undefined;
  readonly source: EstimateSource['id'];
  /** Bytes in the last backup. */
  readonly before: number | undefined;
  readonly encryption: EstimateRow['encryption'];
  /** Can be chosen by itself. */
  readonly canChoose: boolean;
}

export interface PictureSource {
  readonly id: EstimateSource['id'];
  readonly state: EstimateSource['state'];
  readonly name: string;
  /** How sure its figures are, or why there are none. */
  readonly note: string;
}

export interface Remark {
  readonly severity: 'blocker' | 'warning' | 'info';
  readonly text: string;
}

/** Ticks that the host asks for, e.g. those of a plan. */
export interface AskedTicks {
  readonly ticks: TickState;
  /** Another number each time, so that the page takes them over once. */
  readonly asked: number;
}

/** The document of a plan that a changed choice goes back into. */
export interface LinkedPlan {
  readonly uri: string;
  readonly name: string;
}

/** All that the page shows; each picture replaces the one before. */
export interface EstimatePicture {
  readonly device: string;
  /** `iPhone 15 Pro · iOS 18.5 · USB` */
  readonly identity: string;
  readonly isEncrypted: boolean | undefined;
  /** When the figures were taken, in ms since 1970. */
  readonly at: number;
  readonly isRunning: boolean;
  readonly sources: readonly PictureSource[];
  readonly rows: readonly PictureRow[];
  /** `undefined` until something is known. */
  readonly total: SizeRange | undefined;
  readonly transfer: SizeRange | undefined;
  /** `4 to 6 min` */
  readonly time: string | undefined;
  readonly last: { readonly ago: string; readonly date: string; readonly size: number } | undefined;
  /** The last backup is encrypted and its password is not known here. */
  readonly needsPassword: boolean;
  readonly disk: { readonly folder: string; readonly free: number; readonly capacity: number } | undefined;
  readonly clouds: readonly CloudFit[];
  /** Rows to switch off on the phone to stay within the smallest cloud plan, and where. */
  readonly uncheck: readonly { readonly rowId: string; readonly saves: number }[];
  readonly uncheckPath: string;
  /** What the phone asked for in the experiment. */
  readonly demand: { readonly bytes: number; readonly isPlausible: boolean } | undefined;
  readonly remarks: readonly Remark[];
  readonly choice?: AskedTicks | undefined;
  /** Kept in the page's state, so that the link outlives a reload of the window. */
  readonly plan?: LinkedPlan | undefined;
}

export type ToEstimatePage =
  | { readonly type: 'picture'; readonly picture: EstimatePicture }
  /** Something was done, e.g. copied; said once. */
  | { readonly type: 'told'; readonly text: string };

export type FromEstimatePage =
  | { readonly type: 'back-up'; readonly ticks: TickState }
  | { readonly type: 'save-plan'; readonly ticks: TickState }
  | { readonly type: 'copy'; readonly format: 'markdown' | 'csv' }
  | { readonly type: 'refresh' }
  | { readonly type: 'stop' }
  | { readonly type: 'ask-phone' }
  | { readonly type: 'enter-password' };
