import assert from 'node:assert/strict';
import { PlistError, PlistReal, PlistUid, readBinaryPlist, readPlist, writeBinaryPlist, type PlistValue } from '../../../src/plist/index.ts';

/** Builds a binary plist from raw objects; references are one byte wide. */
function assemble(objects: readonly (readonly number[])[], top = 0): Buffer {
  const head = Buffer.from('bplist00');
  const offsets: number[] = [];
  let at = head.length;
  for (const object of objects) {
    offsets.push(at);
    at += object.length;
  }
  const trailer = Buffer.alloc(32);
  trailer.writeUInt8(2, 6);
  trailer.writeUInt8(1, 7);
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(top), 16);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  const table = Buffer.alloc(offsets.length * 2);
  offsets.forEach((offset, i) => table.writeUInt16BE(offset, i * 2));
  return Buffer.concat([head, Buffer.from(objects.flat()), table, trailer]);
}

describe('binary plist', () => {
  it('has the byte counts that logs of real sessions show', () => {
    assert.equal(writeBinaryPlist(['DLMessageVersionExchange', 300, 0]).length, 80);
    assert.equal(writeBinaryPlist(['DLMessageVersionExchange', 400, 0]).length, 80);
    const empty = '___EmptyParameterString___';
    assert.equal(writeBinaryPlist(['DLMessageStatusResponse', 0, empty, empty]).length, 106);
    assert.equal(writeBinaryPlist(['DLMessageStatusResponse', 0, empty, {}]).length, 108);
  });

  it('writes Status.plist in the 189 bytes that every log shows', () => {
    const status = (snapshot: string, backup = 'new') =>
      writeBinaryPlist({
        IsFullBackup: true,
        Version: '3.3',
        UUID: '0B5D9E4A-93A8-4C55-8F63-6C6C2C1F9A11',
        Date: new Date('2026-11-22T10:00:00Z'),
        BackupState: backup,
        SnapshotState: snapshot,
      }).length;
    assert.deepEqual([status('finished'), status('uploading'), status('moving'), status('finished', 'empty')], [189, 190, 187, 191]);
  });

  it('writes negative status codes in eight bytes, as devices read them', () => {
    const bytes = writeBinaryPlist(['DLMessageStatusResponse', -13, 'Multi status', {}]);
    assert.ok(bytes.includes(Buffer.from('13fffffffffffffff3', 'hex')));
  });

  it('keeps every type apart over a round trip', () => {
    const value: PlistValue[] = [
      0, 255, 256, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, -(2 ** 40), 2n ** 62n, -(2n ** 62n),
      new PlistReal(2), new PlistReal(0.979702214), true, false, '', 'ASCII', 'Zoë 😀', new Date('2001-01-01T00:00:00Z'),
      Buffer.from([0, 1, 2]), new PlistUid(7), [], [[1]], { a: { b: 'c' } },
    ];
    const read = readPlist(writeBinaryPlist(value)) as PlistValue[];
    assert.deepEqual(JSON.parse(JSON.stringify(read, bigAsText)), JSON.parse(JSON.stringify(value, bigAsText)));
    assert.ok(read[10] instanceof PlistReal && read[19] instanceof PlistUid && read[17] instanceof Date && Buffer.isBuffer(read[18]));
  });

  it('keeps a key named __proto__ as an ordinary key', () => {
    const text = [...Buffer.from('__proto__')];
    const read = readBinaryPlist(assemble([[0xd1, 1, 2], [0x59, ...text], [0x09]])) as Record<string, unknown>;
    assert.deepEqual(Object.keys(read), ['__proto__']);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('refuses a container that holds itself', () => {
    assert.throws(() => readBinaryPlist(assemble([[0xa1, 0]])), PlistError);
  });

  it('refuses shared references that expand without bound', () => {
    const levels = Array.from({ length: 30 }, (_, i) => [0xaa, ...Array<number>(10).fill(i + 1)]);
    assert.throws(() => readBinaryPlist(assemble([...levels, [0x09]])), /Too many values/);
  });

  it('refuses counts, offsets and references that leave the input', () => {
    const bad = [
      [[0xaf, 0x12, 0xff, 0xff, 0xff, 0xff]],
      [[0xa1, 9]],
      [[0x4f, 0x11, 0xff, 0xff]],
      [[0x6f, 0x10, 0xff]],
      [[0xd1, 1, 2], [0x08], [0x08]],
      [[0x15]],
      [[0x70]],
    ];
    for (const objects of bad) assert.throws(() => readBinaryPlist(assemble(objects)), PlistError, JSON.stringify(objects));
    assert.throws(() => readBinaryPlist(assemble([[0x09]], 4)), PlistError);
  });

  it('reads integers of sixteen bytes as their low 64 bits', () => {
    assert.equal(readBinaryPlist(assemble([[0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]])), 5);
  });
});

const bigAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
