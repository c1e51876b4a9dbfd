import assert from 'node:assert/strict';
import { readAnyMbFile, type MbFile } from '../../../src/format/mb-file.ts';
import { readMbFileFast } from '../../../src/format/mb-file-fast.ts';
import { PlistUid, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../src/plist/index.ts';

const uid = (index: number): PlistUid => new PlistUid(index);
const archive = (file: PlistDict, ...objects: PlistValue[]): Buffer =>
  writeBinaryPlist({ $version: 100000, $archiver: 'NSKeyedArchiver', $top: { root: uid(1) }, $objects: ['$null', file, ...objects] });
const numbers = { Mode: 33188, Size: 5_000_000_000, InodeNumber: 2 ** 50, ProtectionClass: 3, UserID: 501, GroupID: 501, LastModified: -5, LastStatusChange: 1, Birth: 2 ** 31, Flags: 0 };
const mbFile = { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] };
const mutableData = { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] };

const blobs = [
  archive({ $class: uid(3), RelativePath: uid(2), ...numbers, Mode: 16877, Size: 0 }, '', mbFile),
  archive({ $class: uid(3), RelativePath: uid(2), ...numbers }, 'Library/Ünïcode/日本語.txt', mbFile),
  archive({ $class: uid(4), RelativePath: uid(2), Target: uid(3), ...numbers, Mode: 41453 }, 'a', '/target', mbFile),
  archive(
    { $class: uid(7), RelativePath: uid(2), Digest: uid(3), EncryptionKey: uid(4), ExtendedAttributes: uid(6), ...numbers },
    'Library/SMS/sms.db',
    Buffer.alloc(20, 1),
    { 'NS.data': Buffer.alloc(44, 7), $class: uid(5) },
    mutableData,
    Buffer.from('attributes'),
    mbFile,
  ),
  archive({ RelativePath: uid(2), EncryptionKey: uid(3), Mode: 1 }, 'x', { 'NS.data': uid(4) }, Buffer.alloc(44)),
];

function slow(blob: Buffer): MbFile | undefined {
  try {
    return readAnyMbFile(blob);
  } catch {
    return undefined;
  }
}

describe('format: fast file records', () => {
  it('reads what iOS writes exactly as the full reader', () => {
    for (const blob of blobs.slice(0, 4)) assert.deepEqual(readMbFileFast(blob), slow(blob));
    assert.equal(readMbFileFast(blobs[4]!), undefined);
  });

  it('agrees with the full reader or leaves it the word, on 40,000 mutations', () => {
    let seed = 99;
    const random = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    let read = 0;
    for (let round = 0; round < 40_000; round++) {
      const blob = Buffer.from(blobs[random(blobs.length)]!);
      for (let change = random(3); change >= 0; change--) blob.writeUInt8(random(256), random(blob.length));
      const fast = readMbFileFast(blob);
      if (!fast) continue;
      read++;
      const full = slow(blob);
      if (full) assert.deepEqual(fast, full, blob.toString('hex'));
    }
    assert.ok(read > 5000);
  });
});
