import { crc32 } from 'node:zlib';

/*
 * DEFLATE (RFC 1951) with fixed Huffman codes and a greedy search. Node's zlib compresses well, but differently
 * from one processor to the next; a phone's bytes must not depend on the host.
 */

const minMatch = 3;
const maxMatch = 258;
const window = 32_768;

/** RFC 1950. */
export function zlibCompress(bytes: Buffer): Buffer {
  const trailer = Buffer.alloc(4);
  trailer.writeUInt32BE(adler32(bytes));
  return Buffer.concat([Buffer.from([0x78, 0x01]), deflate(bytes), trailer]);
}

/** RFC 1952, without name and time. */
export function gzipCompress(bytes: Buffer): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0x13]), deflate(bytes), trailer]);
}

/** RFC 1950's checksum. */
function adler32(bytes: Buffer): number {
  let a = 1;
  let b = 0;
  // So many bytes can be added before a sum passes 32 bits.
  const run = 3800;
  for (let from = 0; from < bytes.length; from += run) {
    const end = Math.min(bytes.length, from + run);
    for (let at = from; at < end; at++) {
      a += bytes[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return b * 65_536 + a;
}

function deflate(bytes: Buffer): Buffer {
  const writer = new BitWriter(bytes.length);
  writer.put(0b011, 3);
  const latest = new Int32Array(65_536).fill(-1);
  for (let at = 0; at < bytes.length; ) {
    const length = at + minMatch <= bytes.length ? matchLength(bytes, at, latest) : 0;
    if (length >= minMatch) {
      putMatch(writer, length, at - (latest[hashAt(bytes, at)] ?? 0));
    } else putLiteral(writer, bytes[at] ?? 0);
    const end = at + Math.max(1, length);
    // Within long matches one entry a byte would cost more than it finds.
    remember(bytes, at, Math.min(end, at + 16), latest);
    at = end;
  }
  writer.put(0, 7);
  return writer.finish();
}

function hashAt(bytes: Buffer, at: number): number {
  const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  return (Math.imul(three, 0x9e3779b1) >>> 16) & 0xffff;
}

function remember(bytes: Buffer, from: number, to: number, latest: Int32Array): void {
  for (let at = from; at < to && at + minMatch <= bytes.length; at++) latest[hashAt(bytes, at)] = at;
}

function matchLength(bytes: Buffer, at: number, latest: Int32Array): number {
  const candidate = latest[hashAt(bytes, at)] ?? -1;
  if (candidate < 0 || at - candidate > window) return 0;
  const limit = Math.min(maxMatch, bytes.length - at);
  let length = 0;
  while (length < limit && bytes[candidate + length] === bytes[at + length]) length++;
  return length;
}

function putLiteral(writer: BitWriter, byte: number): void {
  if (byte < 144) writer.putReversed(0x30 + byte, 8);
  else writer.putReversed(0x190 + byte - 144, 9);
}

function putMatch(writer: BitWriter, length: number, distance: number): void {
  const [lengthCode, lengthBits, lengthBase] = lengthSymbol(length);
  if (lengthCode < 280) writer.putReversed(lengthCode - 256, 7);
  else writer.putReversed(0xc0 + lengthCode - 280, 8);
  writer.put(length - lengthBase, lengthBits);
  const [distanceCode, distanceBits, distanceBase] = distanceSymbol(distance);
  writer.putReversed(distanceCode, 5);
  writer.put(distance - distanceBase, distanceBits);
}

/** Symbol, extra bits and their base (RFC 1951, 3.2.5): four symbols to each doubling. */
function lengthSymbol(length: number): [number, number, number] {
  if (length === maxMatch) return [285, 0, maxMatch];
  if (length < 11) return [254 + length, 0, length];
  const bits = 29 - Math.clz32(length - 3);
  const step = (length - 3) >> bits;
  return [257 + 4 * bits + step, bits, (step << bits) + 3];
}

function distanceSymbol(distance: number): [number, number, number] {
  if (distance < 5) return [distance - 1, 0, distance];
  const bits = 30 - Math.clz32(distance - 1);
  const step = (distance - 1) >> bits;
  return [2 * bits + step, bits, (step << bits) + 1];
}

/** Bits, least significant first. */
class BitWriter {
  #bytes: Buffer;
  #length = 0;
  #bits = 0;
  #count = 0;

  constructor(sizeHint: number) {
    this.#bytes = Buffer.allocUnsafe(Math.ceil(sizeHint * 1.2) + 64);
  }

  put(value: number, size: number): void {
    this.#bits |= value << this.#count;
    this.#count += size;
    while (this.#count >= 8) {
      this.#bytes[this.#length++] = this.#bits & 0xff;
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  /** Huffman codes go most significant bit first. */
  putReversed(value: number, size: number): void {
    let reversed = 0;
    for (let bit = 0; bit < size; bit++) reversed |= ((value >> bit) & 1) << (size - 1 - bit);
    this.put(reversed, size);
  }

  finish(): Buffer {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }
}
