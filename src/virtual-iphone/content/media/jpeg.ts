import { acTable, dcTable, huffmanCodes, luminanceQuantisation, zigzag, type HuffmanTable } from './jpeg-tables.ts';
import type { Raster } from './raster.ts';

/*
 * A baseline JPEG encoder (ITU-T T.81): three components without subsampling, one pair of Huffman tables.
 * Additions and multiplications only, so that every host gives the same bytes.
 */

const dc = huffmanCodes(dcTable);
const ac = huffmanCodes(acTable);

/** cos(k * pi / 16) for k = 0 to 8. */
const cosines = [
  1, 0.9807852804032304, 0.9238795325112867, 0.8314696123025452, 0.7071067811865476, 0.5555702330196022, 0.3826834323650898,
  0.19509032201612825, 0,
];
const dctMatrix = makeDctMatrix();

/** Bytes of a JPEG file. `segments` (whole APPn segments, e.g. Exif) come right after the start marker. */
export function encodeJpeg(raster: Raster, segments: Buffer = Buffer.alloc(0)): Buffer {
  return joinJpeg(segments, jpegRest(raster));
}

export function joinJpeg(segments: Buffer, rest: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segments, rest]);
}

/** Everything after the start marker and the APPn segments; costs some ms, so keep it. */
export function jpegRest(raster: Raster): Buffer {
  const quantisation = zigzag.map((position) => Math.max(1, (luminanceQuantisation[position] ?? 1) >> 1));
  const head = [
    segment(0xdb, [0, ...quantisation]),
    segment(0xc0, [8, ...word(raster.height), ...word(raster.width), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    huffmanSegment(0x00, dcTable),
    huffmanSegment(0x10, acTable),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ];
  return Buffer.concat([...head, encodeScan(raster, quantisation), Buffer.from([0xff, 0xd9])]);
}

/** An APPn segment. */
export const appSegment = (n: number, content: Buffer): Buffer => segment(0xe0 + n, [...content]);

const word = (value: number): [number, number] => [value >> 8, value & 0xff];

function segment(marker: number, content: readonly number[]): Buffer {
  return Buffer.from([0xff, marker, ...word(content.length + 2), ...content]);
}

const huffmanSegment = (id: number, table: HuffmanTable): Buffer => segment(0xc4, [id, ...table.counts, ...table.symbols]);

function makeDctMatrix(): Float64Array {
  const matrix = new Float64Array(64);
  for (let u = 0; u < 8; u++) {
    const scale = u === 0 ? 0.3535533905932738 : 0.5;
    for (let x = 0; x < 8; x++) matrix[u * 8 + x] = scale * cosine((2 * x + 1) * u);
  }
  return matrix;
}

/** cos(k * pi / 16) for any k. */
function cosine(k: number): number {
  const folded = k % 32 > 16 ? 32 - (k % 32) : k % 32;
  return folded <= 8 ? (cosines[folded] ?? 0) : -(cosines[16 - folded] ?? 0);
}

function encodeScan(raster: Raster, quantisation: readonly number[]): Buffer {
  const writer = new BitWriter();
  const block = new Float64Array(64);
  const before = [0, 0, 0];
  for (let top = 0; top < raster.height; top += 8) {
    for (let left = 0; left < raster.width; left += 8) {
      for (let component = 0; component < 3; component++) {
        loadBlock(raster, left, top, component, block);
        transform(block);
        before[component] = encodeBlock(writer, block, quantisation, before[component] ?? 0);
      }
    }
  }
  return writer.finish();
}

/** Y, Cb or Cr (JFIF's BT.601 full range), shifted to be centred at 0; edges are repeated. */
function loadBlock(raster: Raster, left: number, top: number, component: number, block: Float64Array): void {
  const [red, green, blue, shift] = weights[component] ?? [0, 0, 0, 0];
  for (let y = 0; y < 8; y++) {
    const row = Math.min(raster.height - 1, top + y) * raster.width;
    for (let x = 0; x < 8; x++) {
      const at = (row + Math.min(raster.width - 1, left + x)) * 3;
      block[y * 8 + x] = (raster.rgb[at] ?? 0) * red + (raster.rgb[at + 1] ?? 0) * green + (raster.rgb[at + 2] ?? 0) * blue + shift;
    }
  }
}

const weights: readonly (readonly [number, number, number, number])[] = [
  [0.299, 0.587, 0.114, -128],
  [-0.168736, -0.331264, 0.5, 0],
  [0.5, -0.418688, -0.081312, 0],
];

const scratch = new Float64Array(64);

/** Forward DCT in place: rows, then columns. */
function transform(block: Float64Array): void {
  multiply(block, scratch);
  multiply(scratch, block);
}

/** Transforms each row of `from` and stores it as a column of `to`. */
function multiply(from: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 64; row += 8) {
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += (from[row + x] ?? 0) * (dctMatrix[u * 8 + x] ?? 0);
      to[u * 8 + (row >> 3)] = sum;
    }
  }
}

/** Writes one block and returns its DC value. */
function encodeBlock(writer: BitWriter, block: Float64Array, quantisation: readonly number[], dcBefore: number): number {
  const coefficient = (k: number): number => Math.round((block[zigzag[k] ?? 0] ?? 0) / (quantisation[k] ?? 1));
  const dcValue = coefficient(0);
  writer.symbol(dc, 0, dcValue - dcBefore);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const value = coefficient(k);
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writer.symbol(ac, 0xf0, 0);
    writer.symbol(ac, zeros << 4, value);
    zeros = 0;
  }
  if (zeros > 0) writer.symbol(ac, 0, 0);
  return dcValue;
}

/** Bits, most significant first, with a zero byte stuffed after each 0xff. */
class BitWriter {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** `value`'s magnitude category ORed into `base` as Huffman symbol, then its bits. */
  symbol(table: { readonly codes: Uint16Array; readonly lengths: Uint8Array }, base: number, value: number): void {
    const size = 32 - Math.clz32(Math.abs(value));
    const symbol = base | size;
    this.#put(table.codes[symbol] ?? 0, table.lengths[symbol] ?? 0);
    if (size > 0) this.#put(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  #put(value: number, size: number): void {
    this.#bits = ((this.#bits << size) | value) & 0xff_ffff;
    this.#count += size;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#bits >> this.#count) & 0xff);
    }
  }

  #byte(value: number): void {
    if (this.#length + 2 > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.allocUnsafe(this.#bytes.length)]);
    this.#bytes[this.#length++] = value;
    if (value === 0xff) this.#bytes[this.#length++] = 0;
  }

  finish(): Buffer {
    if (this.#count > 0) this.#put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }
}
