import type { SizeRange } from './estimate.ts';

/** What is known of devices and past backups, for the completion, hovers and checks of plan files. */
export interface PlanFacts {
  readonly devices: readonly { readonly udid: string; readonly name: string | undefined }[];
  readonly apps: readonly { readonly bundleId: string; readonly name: string | undefined; readonly bytes: number | undefined }[];
  readonly domains: readonly { readonly name: string; readonly bytes: number; readonly files: number }[];
  readonly categories: readonly { readonly id: string; readonly bytes: number; readonly files: number }[];
  /** The backup that the sizes come from. */
  readonly from: { readonly udid: string; readonly id: string; readonly date: Date } | undefined;
  /** What the next run will transfer, and all that it would without that backup as its base; `undefined` where that is not known. */
  readonly ahead?: { readonly transfer: SizeRange; readonly total: SizeRange; readonly isEncrypted: boolean } | undefined;
  /** Bytes on the disk of the library. */
  readonly diskFree: number | undefined;
}

/** Content files of a backup that a selection takes. */
export interface SelectionSize {
  readonly bytes: number;
  readonly files: number;
}
