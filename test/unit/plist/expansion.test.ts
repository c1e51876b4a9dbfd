import assert from 'node:assert/strict';
import { PlistError, asArray, readBinaryPlist } from '../../../src/plist/index.ts';

function sized(marker: number, count: number, content: Buffer): Buffer {
  const head = Buffer.from([marker, 0x12, 0, 0, 0, 0]);
  head.writeUInt32BE(count, 2);
  return Buffer.concat([head, content]);
}

/** A binary plist of objects laid out as given, whose table has these offsets; the first is the top one. */
function binary(objects: Buffer, offsets: readonly number[], refSize: number): Buffer {
  const table = Buffer.alloc(4 * offsets.length);
  for (const [index, offset] of offsets.entries()) table.writeUInt32BE(offset, 4 * index);
  const trailer = Buffer.alloc(32);
  trailer.writeUInt8(4, 6);
  trailer.writeUInt8(refSize, 7);
  trailer.writeBigUInt64BE(BigInt(offsets.length), 8);
  trailer.writeBigUInt64BE(BigInt(8 + objects.length), 24);
  return Buffer.concat([Buffer.from('bplist00'), objects, table, trailer]);
}

describe('binary plists that unfold', () => {
  it('share a long string that is referred to often', () => {
    const count = 20_000;
    const array = sized(0xaf, count, Buffer.alloc(count, 1));
    const text = sized(0x5f, 4 << 20, Buffer.alloc(4 << 20, 0x61));
    const before = process.memoryUsage().rss;
    const value = readBinaryPlist(binary(Buffer.concat([array, text]), [8, 8 + array.length], 1));
    assert.equal(asArray(value)?.length, count);
    assert.ok(process.memoryUsage().rss - before < 100 << 20);
  });

  it('are refused when long strings lie over each other', () => {
    const count = 5_000;
    const header = sized(0x5f, 1 << 20, Buffer.alloc(0));
    const refs = Buffer.alloc(2 * count);
    for (let index = 0; index < count; index++) refs.writeUInt16BE(index + 1, 2 * index);
    const array = sized(0xaf, count, refs);
    const strings = Buffer.concat([...Array.from({ length: count }, () => header), Buffer.alloc(1 << 20)]);
    const offsets = [8, ...Array.from({ length: count }, (_, index) => 8 + array.length + index * header.length)];
    assert.throws(() => readBinaryPlist(binary(Buffer.concat([array, strings]), offsets, 2)), PlistError);
  });
});
