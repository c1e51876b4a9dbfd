import { asDict } from './access.ts';
import { PlistError, PlistReal, PlistUid, appleEpochMs, type PlistDict, type PlistValue } from './value.ts';

/** A scalar, or a container whose items are object numbers; the keys of a dictionary stand before its values. */
type Flat = Exclude<PlistValue, PlistValue[] | PlistDict> | { readonly marker: 0xa0 | 0xd0; readonly count: number; readonly refs: number[] };

const maxDepth = 512;

/**
 * Writes a `bplist00` property list: equal strings are stored once, integers as narrow as they fit (1, 2, 4 or 8 bytes),
 * negative ones in 8 bytes. Throws `PlistError` for numbers that are neither safe integers nor `PlistReal`.
 */
export function writeBinaryPlist(value: PlistDict | PlistValue[]): Buffer {
  const objects = new Flattener().flatten(value);
  const refSize = byteWidth(objects.length);
  const parts: Buffer[] = [Buffer.from('bplist00')];
  const offsets: number[] = [];
  let at = 8;
  for (const object of objects) {
    offsets.push(at);
    const bytes = objectBytes(object, refSize);
    parts.push(bytes);
    at += bytes.length;
  }
  const offsetSize = byteWidth(at);
  const table = Buffer.allocUnsafe(offsets.length * offsetSize);
  offsets.forEach((offset, i) => table.writeUIntBE(offset, i * offsetSize, offsetSize));
  return Buffer.concat([...parts, table, trailer(offsetSize, refSize, objects.length, at)]);
}

class Flattener {
  readonly #objects: Flat[] = [];
  readonly #strings = new Map<string, number>();

  flatten(value: PlistValue): readonly Flat[] {
    this.#add(value, 0);
    return this.#objects;
  }

  #add(value: PlistValue, depth: number): number {
    if (depth > maxDepth) throw new PlistError('Nested too deeply to be written');
    if (typeof value === 'string') return this.#addString(value);
    const number = this.#objects.length;
    const dict = Array.isArray(value) ? undefined : asDict(value);
    if (Array.isArray(value)) this.#addContainer(0xa0, value.length, value, depth);
    else if (dict) this.#addContainer(0xd0, Object.keys(dict).length, [...Object.keys(dict), ...Object.values(dict)], depth);
    else this.#objects.push(value as Flat);
    return number;
  }

  #addString(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, this.#objects.length);
    return this.#objects.push(text) - 1;
  }

  #addContainer(marker: 0xa0 | 0xd0, count: number, items: readonly PlistValue[], depth: number): void {
    const refs: number[] = [];
    this.#objects.push({ marker, count, refs });
    for (const item of items) refs.push(this.#add(item, depth + 1));
  }
}

function objectBytes(value: Flat, refSize: number): Buffer {
  if (typeof value === 'string') return stringBytes(value);
  if (typeof value === 'number' || typeof value === 'bigint') return integerBytes(value);
  if (typeof value === 'boolean') return Buffer.from([value ? 0x09 : 0x08]);
  if (value === null) return Buffer.from([0x00]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(0x40, value.length), value]);
  if (value instanceof Date) return doubleBytes(0x33, (value.getTime() - appleEpochMs) / 1000);
  if (value instanceof PlistReal) return doubleBytes(0x23, value.value);
  if (value instanceof PlistUid) return uidBytes(value.index);
  const refs = Buffer.allocUnsafe(value.refs.length * refSize);
  value.refs.forEach((ref, i) => refs.writeUIntBE(ref, i * refSize, refSize));
  return Buffer.concat([head(value.marker, value.count), refs]);
}

function stringBytes(text: string): Buffer {
  const isAscii = Buffer.byteLength(text) === text.length;
  if (isAscii) return Buffer.concat([head(0x50, text.length), Buffer.from(text, 'latin1')]);
  return Buffer.concat([head(0x60, text.length), Buffer.from(text, 'utf16le').swap16()]);
}

function integerBytes(value: number | bigint): Buffer {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new PlistError(`${value} is not an integer; wrap reals`);
  if (value >= 0 && value <= 0xff) return Buffer.from([0x10, Number(value)]);
  const isWide = value < 0 || value > 0xffffffff;
  const width = isWide ? 8 : value > 0xffff ? 4 : 2;
  const bytes = Buffer.allocUnsafe(1 + width);
  bytes.writeUInt8(0x10 | Math.log2(width), 0);
  if (isWide) bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)), 1);
  else bytes.writeUIntBE(Number(value), 1, width);
  return bytes;
}

function doubleBytes(marker: number, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(9);
  bytes.writeUInt8(marker, 0);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function uidBytes(index: number): Buffer {
  const width = byteWidth(index);
  const bytes = Buffer.allocUnsafe(1 + width);
  bytes.writeUInt8(0x80 | (width - 1), 0);
  bytes.writeUIntBE(index, 1, width);
  return bytes;
}

/** Marker and count of a string, data or container; counts from 15 on follow as an integer. */
function head(marker: number, count: number): Buffer {
  return count < 15 ? Buffer.from([marker | count]) : Buffer.concat([Buffer.from([marker | 0x0f]), integerBytes(count)]);
}

/** Bytes that hold the unsigned number: 1, 2, 4 or 6. */
const byteWidth = (value: number): number => (value <= 0xff ? 1 : value <= 0xffff ? 2 : value <= 0xffffffff ? 4 : 6);

function trailer(offsetSize: number, refSize: number, count: number, table: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt8(offsetSize, 6);
  bytes.writeUInt8(refSize, 7);
  bytes.writeBigUInt64BE(BigInt(count), 8);
  bytes.writeBigUInt64BE(BigInt(table), 24);
  return bytes;
}
