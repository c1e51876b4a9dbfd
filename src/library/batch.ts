import { CrashError } from '../shared/errors.ts';
import type { LegalPath } from './legal-path.ts';
import { packPath, packedLength, unpackPath } from './packed-path.ts';

/** What one stretch of a batch is of its file, both bits for a small file that came whole; or a folder to create. */
export const part = { middle: 0, first: 1, last: 2, discard: 4, folder: 8 } as const;

/** A stretch of received bytes: bits of `part`, the number of the file within the draft, and where its bytes lie in the slot. */
export interface BatchItem {
  readonly bits: number;
  readonly file: number;
  readonly path: LegalPath;
  readonly start: number;
  readonly length: number;
}

/** Received bytes on their way to the disk thread, in one of the slots that both threads see. */
export interface Batch {
  /** Or memory of its own, for a sender that did not wait for a free slot. */
  readonly slot: number | ArrayBuffer;
  /** Items that lie behind the bytes. */
  readonly count: number;
}

/** Batches that may be under way or in the making at a time. */
const slotCount = 5;
/** Received bytes of a slot. */
export const slotLength = 1 << 20;
/** Items of a slot. */
export const maxItems = 1024;

const itemField = { bits: 0, file: 4, start: 8, length: 12, path: 16 } as const;
const itemLength = 40;
const slotSize = slotLength + maxItems * itemLength;
if (itemField.path + packedLength > itemLength) throw new RangeError('An item has no room for its path');

export const ownSlot = (): ArrayBuffer => new ArrayBuffer(slotSize);

/** Memory for batches, allocated once: buffers that wander between threads keep the garbage collectors of both busy. */
export class BatchSlots {
  readonly memory: SharedArrayBuffer;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(slotCount * slotSize)) {
    this.memory = memory;
  }

  get count(): number {
    return slotCount;
  }

  /** Where the received bytes of a batch lie. */
  bytes(slot: Batch['slot']): Buffer {
    return this.#view(slot, 0, slotLength);
  }

  /** Where its items lie. */
  items(slot: Batch['slot']): Buffer {
    return this.#view(slot, slotLength, maxItems * itemLength);
  }

  #view(slot: Batch['slot'], start: number, length: number): Buffer {
    if (typeof slot !== 'number') return Buffer.from(slot, start, length);
    return Buffer.from(this.memory, slot * slotSize + start, length);
  }
}

export function writeItem(items: Buffer, index: number, { bits, file, path, start, length }: BatchItem): void {
  const at = index * itemLength;
  items.writeUInt32LE(bits, at + itemField.bits);
  items.writeUInt32LE(file, at + itemField.file);
  items.writeUInt32LE(start, at + itemField.start);
  items.writeUInt32LE(length, at + itemField.length);
  if (!packPath(path, items, at + itemField.path)) throw new CrashError('crash.internal', 'A batch has a path that cannot be packed');
}

export function readItem(items: Buffer, index: number, udid: string): BatchItem {
  const at = index * itemLength;
  return {
    bits: items.readUInt32LE(at + itemField.bits),
    file: items.readUInt32LE(at + itemField.file),
    path: unpackPath(items, at + itemField.path, udid),
    start: items.readUInt32LE(at + itemField.start),
    length: items.readUInt32LE(at + itemField.length),
  };
}

/** Moves, packed; `undefined` where one has no packed form. */
export function packMoves(moves: readonly (readonly [from: LegalPath, to: LegalPath])[]): Uint8Array | undefined {
  const bytes = Buffer.alloc(moves.length * 2 * packedLength);
  const isPacked = moves.every(([from, to], index) => packPath(from, bytes, 2 * index * packedLength) && packPath(to, bytes, (2 * index + 1) * packedLength));
  return isPacked ? bytes : undefined;
}

export function unpackMoves(moves: Uint8Array, udid: string): (readonly [from: LegalPath, to: LegalPath])[] {
  const bytes = Buffer.from(moves.buffer, moves.byteOffset, moves.byteLength);
  const count = bytes.length / (2 * packedLength);
  return Array.from({ length: count }, (_, index) => [unpackPath(bytes, 2 * index * packedLength, udid), unpackPath(bytes, (2 * index + 1) * packedLength, udid)]);
}
