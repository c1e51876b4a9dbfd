import { PlistError, PlistReal, PlistUid, appleEpochMs, defaultPlistLimits, emptyDict, type PlistLimits, type PlistValue } from './value.ts';

const trailerLength = 32;

/** Bytes from which on a shared string is made only once. */
const longString = 64;

/**
 * Reads a `bplist00` property list.
 *
 * Strict where libraries are lenient: bounds of every object, cycles, depth, and the number of values after
 * shared references are expanded. Throws `PlistError`.
 */
export function readBinaryPlist(bytes: Buffer, limits: PlistLimits = defaultPlistLimits): PlistValue {
  return new BinaryReader(bytes, limits).readTop();
}

class BinaryReader {
  readonly #bytes: Buffer;
  readonly #limits: PlistLimits;
  readonly #offsetSize: number;
  readonly #refSize: number;
  readonly #count: number;
  readonly #top: number;
  readonly #table: number;
  #values = 0;
  readonly #longStrings = new Map<number, string>();
  #longStringBytes = 0;

  constructor(bytes: Buffer, limits: PlistLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    if (bytes.length < 8 + trailerLength || bytes.toString('latin1', 0, 7) !== 'bplist0') throw new PlistError('Not a binary property list', 0);
    if (bytes.length > limits.maxBytes) throw new PlistError('Binary property list is over the size limit');
    const trailer = bytes.length - trailerLength;
    this.#offsetSize = bytes.readUInt8(trailer + 6);
    this.#refSize = bytes.readUInt8(trailer + 7);
    this.#count = this.#uint64(trailer + 8);
    this.#top = this.#uint64(trailer + 16);
    this.#table = this.#uint64(trailer + 24);
    const sizesOk = this.#offsetSize >= 1 && this.#offsetSize <= 8 && this.#refSize >= 1 && this.#refSize <= 8;
    if (!sizesOk || this.#count === 0 || this.#table + this.#count * this.#offsetSize > trailer) throw new PlistError('Bad trailer', trailer);
  }

  readTop(): PlistValue {
    return this.#read(this.#top, 0);
  }

  #uint64(at: number): number {
    const value = this.#bytes.readBigUInt64BE(at);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new PlistError('Number too large', at);
    return Number(value);
  }

  /** Unsigned big-endian integer of 1 to 8 bytes. */
  #uint(at: number, size: number): number {
    if (at + size > this.#table && at < this.#table) throw new PlistError('Reference past the objects', at);
    if (size <= 6) return this.#bytes.readUIntBE(at, size);
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.#bytes.readUInt8(at + i);
    if (value > Number.MAX_SAFE_INTEGER) throw new PlistError('Number too large', at);
    return value;
  }

  #read(ref: number, depth: number): PlistValue {
    if (ref >= this.#count) throw new PlistError(`Object ${ref} does not exist`);
    if (depth > this.#limits.maxDepth) throw new PlistError('Nested too deeply');
    if (++this.#values > this.#limits.maxValues) throw new PlistError('Too many values');
    const at = this.#uint(this.#table + ref * this.#offsetSize, this.#offsetSize);
    if (at < 8 || at >= this.#table) throw new PlistError(`Object ${ref} lies outside the list`, at);
    const marker = this.#bytes.readUInt8(at);
    return this.#readObject(marker >> 4, marker & 0x0f, at, depth);
  }

  #readObject(type: number, info: number, at: number, depth: number): PlistValue {
    switch (type) {
      case 0x0:
        return this.#simple(info, at);
      case 0x1:
        return this.#integer(info, at);
      case 0x2:
        return this.#real(info, at);
      case 0x3:
        return new Date(appleEpochMs + this.#slice(at + 1, 8).readDoubleBE(0) * 1000);
      case 0x4:
        return this.#sized(info, at, 1);
      case 0x5:
        return this.#string(info, at, 1);
      case 0x6:
        return this.#string(info, at, 2);
      case 0x8:
        return new PlistUid(this.#uint(this.#inside(at + 1, info + 1), info + 1));
      case 0xa:
      case 0xc:
        return this.#array(info, at, depth);
      case 0xd:
        return this.#dict(info, at, depth);
      default:
        throw new PlistError(`Unknown object type ${type}`, at);
    }
  }

  #inside(at: number, length: number): number {
    if (at + length > this.#table) throw new PlistError('Object runs past its end', at);
    return at;
  }

  #slice(at: number, length: number): Buffer {
    return this.#bytes.subarray(this.#inside(at, length), at + length);
  }

  #simple(info: number, at: number): PlistValue {
    if (info === 0) return null;
    if (info === 8 || info === 9) return info === 9;
    throw new PlistError(`Unknown simple value ${info}`, at);
  }

  #integer(info: number, at: number): number | bigint {
    const size = 1 << info;
    if (size > 16) throw new PlistError('Integer too wide', at);
    const bytes = this.#slice(at + 1, size);
    if (size <= 4) return bytes.readUIntBE(0, size);
    const value = bytes.readBigInt64BE(size - 8);
    const isSafe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return isSafe ? Number(value) : value;
  }

  #real(info: number, at: number): PlistReal {
    if (info === 2) return new PlistReal(this.#slice(at + 1, 4).readFloatBE(0));
    if (info === 3) return new PlistReal(this.#slice(at + 1, 8).readDoubleBE(0));
    throw new PlistError('Real of unknown width', at);
  }

  /** Count of a string, data or collection, and where its content begins. */
  #length(info: number, at: number): [count: number, start: number] {
    if (info !== 0x0f) return [info, at + 1];
    const marker = this.#slice(at + 1, 1).readUInt8(0);
    const size = 1 << (marker & 0x0f);
    if (marker >> 4 !== 1 || size > 8) throw new PlistError('Bad length', at);
    return [this.#uint(this.#inside(at + 2, size), size), at + 2 + size];
  }

  #sized(info: number, at: number, unit: number): Buffer {
    const [count, start] = this.#length(info, at);
    return this.#slice(start, count * unit);
  }

  /** Long strings are made once however often they are referred to, and cannot overlap: a small list must not unfold to gigabytes. */
  #string(info: number, at: number, unit: 1 | 2): string {
    const known = this.#longStrings.get(at);
    if (known !== undefined) return known;
    const bytes = this.#sized(info, at, unit);
    const text = unit === 1 ? bytes.toString('latin1') : Buffer.from(bytes).swap16().toString('utf16le');
    if (bytes.length <= longString) return text;
    this.#longStringBytes += bytes.length;
    if (this.#longStringBytes > this.#bytes.length) throw new PlistError('Strings overlap', at);
    this.#longStrings.set(at, text);
    return text;
  }

  #array(info: number, at: number, depth: number): PlistValue[] {
    const [count, start] = this.#length(info, at);
    this.#inside(start, count * this.#refSize);
    const items: PlistValue[] = [];
    for (let i = 0; i < count; i++) items.push(this.#read(this.#uint(start + i * this.#refSize, this.#refSize), depth + 1));
    return items;
  }

  #dict(info: number, at: number, depth: number): PlistValue {
    const [count, start] = this.#length(info, at);
    this.#inside(start, 2 * count * this.#refSize);
    const dict = emptyDict();
    for (let i = 0; i < count; i++) {
      const key = this.#read(this.#uint(start + i * this.#refSize, this.#refSize), depth + 1);
      if (typeof key !== 'string') throw new PlistError('Dictionary key is not a string', at);
      dict[key] = this.#read(this.#uint(start + (count + i) * this.#refSize, this.#refSize), depth + 1);
    }
    return dict;
  }
}
