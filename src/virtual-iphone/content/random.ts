import { createHash } from 'node:crypto';

/**
 * A deterministic stream of numbers (sfc32), keyed by seed and label.
 *
 * Only integer arithmetic and exact divisions: equal on every host and JavaScript engine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, label: string) {
    const digest = createHash('sha256').update(`${seed}/${label}`).digest();
    this.#a = digest.readInt32LE(0);
    this.#b = digest.readInt32LE(4);
    this.#c = digest.readInt32LE(8);
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** 0 up to but without 1. */
  fraction(): number {
    return this.uint32() / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const item = from[this.integer(0, from.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }

  /** Heavy-tailed: `low` times a random power of two up to `high`; the median lies near the geometric mean. */
  spread(low: number, high: number): number {
    let value = low;
    let rest = this.fraction() * doublings(low, high);
    for (; rest >= 1; rest--) value *= 2;
    return Math.min(high, Math.floor(value * (1 + rest)));
  }

  bytes(length: number): Buffer {
    const buffer = Buffer.allocUnsafe((length + 3) & ~3);
    for (let at = 0; at < length; at += 4) buffer.writeUInt32LE(this.uint32(), at);
    return buffer.subarray(0, length);
  }

  /** Random (version 4) UUID, upper case as Apple writes it. */
  uuid(): string {
    const bytes = this.bytes(16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex').toUpperCase();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

/** log2(high / low), by halving and a linear rest. */
function doublings(low: number, high: number): number {
  let count = 0;
  let value = Math.max(1, low);
  for (; value * 2 <= high; value *= 2) count++;
  return count + (high - value) / value;
}

/** One 32-bit number from two; every bit of the input reaches every bit of the output. */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** FNV-1a of the UTF-16 units, finished by `mix`. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash, text.length);
}
