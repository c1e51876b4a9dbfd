/** What one stretch of a batch is of its file; both bits for a small file that came whole. */
export const part = { middle: 0, first: 1, last: 2, discard: 4 } as const;

/** `[bits of part, number of the file within the draft, path as the device named it, start, length]`; kept flat, thousands cross the thread border a second. */
export type BatchItem = readonly [bits: number, file: number, path: string, start: number, length: number];

/** Received bytes on their way to the disk thread; the buffer is transferred and comes back empty. */
export interface Batch {
  readonly bytes: ArrayBuffer;
  readonly items: readonly BatchItem[];
}
