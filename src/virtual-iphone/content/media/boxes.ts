/* Boxes of the ISO base media file format (ISO/IEC 14496-12), which QuickTime films and HEIF pictures are made of. */

/** A box: 32-bit size, four-character type, content. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0), 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}

/** A box with version and flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Buffer[]): Buffer => {
  return box(type, u32(version * 0x1000000 + flags), ...content);
};

/** Head of a media data box of `length` bytes in all, with a 64-bit size so that any length fits. */
export function mediaDataHead(length: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write('mdat', 4, 'latin1');
  head.writeBigUInt64BE(BigInt(length), 8);
  return head;
}

export function u32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value >>> 0, index * 4));
  return buffer;
}

export function u16(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => buffer.writeUInt16BE(value & 0xffff, index * 2));
  return buffer;
}

export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
