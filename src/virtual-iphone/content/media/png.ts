import { crc32 } from 'node:zlib';
import { zlibCompress } from './deflate.ts';
import type { Raster } from './raster.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Bytes of a PNG file (8 bits, RGB). */
export const encodePng = (raster: Raster): Buffer => joinPng(pngParts(raster), []);

/** A picture's chunks, kept to make files from that differ in their texts. */
export interface PngParts {
  readonly header: Buffer;
  readonly pixels: Buffer;
}

/** Costs some ms. */
export function pngParts(raster: Raster): PngParts {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(raster.width, 0);
  header.writeUInt32BE(raster.height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return { header: chunk('IHDR', header), pixels: chunk('IDAT', zlibCompress(filtered(raster))) };
}

/** `texts`: keyword and Latin-1 text of tEXt chunks. */
export function joinPng({ header, pixels }: PngParts, texts: readonly (readonly [keyword: string, text: string])[]): Buffer {
  const textChunks = texts.map(([keyword, text]) => chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1')));
  return Buffer.concat([signature, header, ...textChunks, pixels, chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(content, crc32(head.subarray(4))), 0);
  return Buffer.concat([head, content, tail]);
}

/** Filter type 2 (difference to the pixel above): flat areas and vertical runs become zeros. */
function filtered({ width, height, rgb }: Raster): Buffer {
  const stride = width * 3;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const out = y * (stride + 1);
    const row = y * stride;
    rows[out] = 2;
    for (let x = 0; x < stride; x++) rows[out + 1 + x] = (rgb[row + x] ?? 0) - (y === 0 ? 0 : (rgb[row - stride + x] ?? 0));
  }
  return rows;
}
