import { ascii, box, fullBox, mediaDataHead, u16, u32 } from './boxes.ts';

/**
 * Head of a HEIF picture (ISO/IEC 23008-12) that is `length` bytes long in all: the rest may hold anything.
 *
 * Its one item is coded as JPEG, which the standard allows and this project can encode; a phone's camera writes HEVC.
 */
export function heifHead(jpeg: Buffer, width: number, height: number, length: number): Buffer {
  const type = box('ftyp', ascii('mif1'), u32(0), ascii('mif1jpeg'));
  const metaLength = meta(0, jpeg.length, width, height).length;
  const dataAt = type.length + metaLength;
  return Buffer.concat([type, meta(dataAt + 16, jpeg.length, width, height), mediaDataHead(length - dataAt), jpeg]);
}

function meta(offset: number, length: number, width: number, height: number): Buffer {
  const handler = fullBox('hdlr', 0, 0, u32(0), ascii('pict'), Buffer.alloc(13));
  const primary = fullBox('pitm', 0, 0, u16(1));
  const location = fullBox('iloc', 0, 0, u16(0x4400, 1, 1, 0, 1), u32(offset, length));
  const entry = fullBox('infe', 2, 0, u16(1, 0), ascii('jpeg'), Buffer.alloc(1));
  const properties = box('ipco', fullBox('ispe', 0, 0, u32(width, height)));
  const association = fullBox('ipma', 0, 0, u32(1), u16(1), Buffer.from([1, 0x81]));
  return fullBox('meta', 0, 0, handler, primary, location, fullBox('iinf', 0, 0, u16(1), entry), box('iprp', properties, association));
}
