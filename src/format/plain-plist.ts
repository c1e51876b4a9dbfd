const trailerLength = 32;

/** Where a collection's or string's content lies. */
interface Extent {
  readonly count: number;
  readonly start: number;
}

/**
 * Looks into a small binary plist without building it: only what is asked for is decoded. For the records of a million
 * files. Answers `undefined` for everything unusual (wide offsets, reals, shared containers are not followed), so that the
 * caller falls back to the full reader, which also tells what is wrong.
 */
export class PlainPlist {
  readonly #bytes: Buffer;
  readonly #table: number;
  readonly #offsetSize: number;
  readonly #count: number;
  readonly top: number;

  private constructor(bytes: Buffer, table: number, offsetSize: number, count: number, top: number) {
    this.#bytes = bytes;
    this.#table = table;
    this.#offsetSize = offsetSize;
    this.#count = count;
    this.top = top;
  }

  /** Only lists of fewer than 256 objects below 64 KiB, as all records are. */
  static open(bytes: Buffer): PlainPlist | undefined {
    const trailer = bytes.length - trailerLength;
    if (trailer < 8 || bytes.length > 0xffff || bytes.toString('latin1', 0, 8) !== 'bplist00') return undefined;
    const offsetSize = bytes[trailer + 6];
    if (bytes[trailer + 7] !== 1 || (offsetSize !== 1 && offsetSize !== 2)) return undefined;
    if (bytes.readUInt32BE(trailer + 8) !== 0 || bytes.readUInt32BE(trailer + 16) !== 0 || bytes.readUInt32BE(trailer + 24) !== 0) return undefined;
    const count = bytes.readUInt32BE(trailer + 12);
    const top = bytes.readUInt32BE(trailer + 20);
    const table = bytes.readUInt32BE(trailer + 28);
    if (count > 255 || top >= count || table < 8 || table + count * offsetSize > trailer) return undefined;
    return new PlainPlist(bytes, table, offsetSize, count, top);
  }

  /** Calls back with each key of a dictionary and the object it leads to; `false` when it is no dictionary. */
  forEach(object: number, visit: (key: string, value: number) => void): boolean {
    const extent = this.#extent(object, 0xd, 2);
    if (!extent) return false;
    for (let index = 0; index < extent.count; index++) {
      const key = this.string(this.#byte(extent.start + index));
      if (key === undefined) return false;
      visit(key, this.#byte(extent.start + extent.count + index));
    }
    return true;
  }

  /** Objects of an array. */
  array(object: number): Buffer | undefined {
    const extent = this.#extent(object, 0xa, 1);
    return extent && this.#bytes.subarray(extent.start, extent.start + extent.count);
  }

  string(object: number): string | undefined {
    const at = this.#at(object);
    const isWide = this.#byte(at) >> 4 === 0x6;
    const extent = this.#extent(object, isWide ? 0x6 : 0x5, isWide ? 2 : 1);
    if (!extent) return undefined;
    if (!isWide) return this.#bytes.toString('latin1', extent.start, extent.start + extent.count);
    return Buffer.from(this.#bytes.subarray(extent.start, extent.start + 2 * extent.count)).swap16().toString('utf16le');
  }

  data(object: number): Buffer | undefined {
    const extent = this.#extent(object, 0x4, 1);
    return extent && this.#bytes.subarray(extent.start, extent.start + extent.count);
  }

  /** Integers of 1, 2 and 4 bytes are unsigned, those of 8 signed; `undefined` beyond 2^53. */
  integer(object: number): number | undefined {
    const at = this.#at(object);
    const marker = this.#byte(at);
    const size = 1 << (marker & 0x0f);
    if (marker >> 4 !== 0x1 || size > 8 || at + 1 + size > this.#table) return undefined;
    if (size < 8) return this.#bytes.readUIntBE(at + 1, size);
    const high = this.#bytes.readInt32BE(at + 1);
    if (high < -0x200000 || high >= 0x200000) return undefined;
    const value = high * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 5);
    return Number.isSafeInteger(value) ? value : undefined;
  }

  /** A keyed-archiver reference. */
  uid(object: number): number | undefined {
    const at = this.#at(object);
    const size = (this.#byte(at) & 0x0f) + 1;
    if (this.#byte(at) >> 4 !== 0x8 || size > 2 || at + 1 + size > this.#table) return undefined;
    return this.#bytes.readUIntBE(at + 1, size);
  }

  /** Checks type, and that all of the object lies before the table. */
  #extent(object: number, type: number, unit: number): Extent | undefined {
    const at = this.#at(object);
    const marker = this.#byte(at);
    if (marker >> 4 !== type) return undefined;
    let count = marker & 0x0f;
    let start = at + 1;
    if (count === 0x0f) {
      const size = 1 << (this.#byte(start) & 0x0f);
      if (this.#byte(start) >> 4 !== 0x1 || size > 2 || start + 1 + size > this.#table) return undefined;
      count = this.#bytes.readUIntBE(start + 1, size);
      start += 1 + size;
    }
    return start + count * unit <= this.#table ? { count, start } : undefined;
  }

  /** Offset of an object; -1, where no byte is, when the reference is wrong. */
  #at(object: number): number {
    if (object >= this.#count) return -1;
    const entry = this.#table + object * this.#offsetSize;
    const at = this.#offsetSize === 1 ? this.#byte(entry) : this.#bytes.readUInt16BE(entry);
    return at >= 8 && at < this.#table ? at : -1;
  }

  #byte(at: number): number {
    return this.#bytes[at] ?? 0;
  }
}
