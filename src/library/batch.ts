/** What one stretch of a batch is of its file, both bits for a small file that came whole; or a folder to create. */
export const part = { middle: 0, first: 1, last: 2, discard: 4, folder: 8 } as const;

/** `[bits of part, number of the file within the draft, path as the device named it, start, length]`; kept flat, thousands cross the thread border a second. */
export type BatchItem = readonly [bits: number, file: number, path: string, start: number, length: number];

/** Received bytes on their way to the disk thread, in one of the slots that both threads see. */
export interface Batch {
  /** Or memory of its own, for a sender that did not wait for a free slot. */
  readonly slot: number | ArrayBuffer;
  readonly items: readonly BatchItem[];
}

/** Batches that may be under way or in the making at a time. */
const slotCount = 5;
export const slotLength = 1 << 20;

/** Memory for batches, allocated once: buffers that wander between threads keep the garbage collectors of both busy. */
export class BatchSlots {
  readonly memory: SharedArrayBuffer;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(slotCount * slotLength)) {
    this.memory = memory;
  }

  get count(): number {
    return slotCount;
  }

  bytes(slot: Batch['slot'], start = 0, length = slotLength): Buffer {
    if (typeof slot !== 'number') return Buffer.from(slot, start, length);
    return Buffer.from(this.memory, slot * slotLength + start, length);
  }
}
