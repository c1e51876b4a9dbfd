import assert from 'node:assert/strict';
import { backupRecordJson, isIntact } from '../../../src/library/backup-record.ts';
import { isJsonObject } from '../../../src/library/json-file.ts';

describe('library: the record of a backup', () => {
  it('shows every single bit that changes in it', () => {
    const json = backupRecordJson({ udid: '00008110-001A18D40EFB801E', files: 12, size: 34_567, isEncrypted: false, deviceName: 'Anna’s iPhone' }, { future: [1, { two: 2 }] });
    const text = Buffer.from(`${JSON.stringify(json, undefined, 2)}\n`);
    const unseen = Array.from({ length: text.length * 8 }, (_, bit) => bit).filter((bit) => seemsIntact(flipped(text, bit)));
    assert.deepEqual(unseen.map((bit) => text.toString('utf8', (bit >> 3) - 5, (bit >> 3) + 5)), []);
    assert.ok(seemsIntact(text));
  });
});

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
}

function seemsIntact(bytes: Buffer): boolean {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return isJsonObject(json) && isIntact(json);
  } catch {
    return false;
  }
}
