import assert from 'node:assert/strict';
import { fileId } from '../../../src/format/file-id.ts';
import { kindOfMode, readMbFile } from '../../../src/format/mb-file.ts';
import { PlistUid, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../src/plist/index.ts';

const archive = (file: PlistDict, ...objects: PlistValue[]): Buffer =>
  writeBinaryPlist({ $version: 100000, $archiver: 'NSKeyedArchiver', $top: { root: new PlistUid(1) }, $objects: ['$null', file, ...objects] });

const mbFileClass = { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] };
const mutableData = { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] };
const key = Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.alloc(40, 7)]);

describe('format: file records', () => {
  it('reads an encrypted file with digest and attributes', () => {
    const uid = (index: number): PlistUid => new PlistUid(index);
    const blob = archive(
      { $class: uid(7), RelativePath: uid(2), Digest: uid(3), EncryptionKey: uid(4), ExtendedAttributes: uid(6), Mode: 33188, Size: 5_000_000_000, InodeNumber: 77, ProtectionClass: 3, UserID: 501, GroupID: 501, LastModified: -5, LastStatusChange: 1, Birth: 2, Flags: 0 },
      'Library/SMS/sms.db',
      Buffer.alloc(20, 1),
      { 'NS.data': key, $class: uid(5) },
      mutableData,
      Buffer.from('attributes'),
      mbFileClass,
    );
    const file = readMbFile(blob);
    assert.equal(file.relativePath, 'Library/SMS/sms.db');
    assert.equal(file.size, 5_000_000_000);
    assert.equal(file.modified, -5);
    assert.equal(file.inode, 77n);
    assert.deepEqual(file.encryptionKey, key);
    assert.deepEqual(file.digest, Buffer.alloc(20, 1));
    assert.equal(file.extendedAttributes?.toString(), 'attributes');
    assert.equal(kindOfMode(file.mode), 'file');
  });

  it('reads a link, and a record whose NS.data is a reference', () => {
    const link = readMbFile(archive({ RelativePath: new PlistUid(2), Target: new PlistUid(3), Mode: 41453 }, 'a/b', '/target', mbFileClass));
    assert.deepEqual([link.target, kindOfMode(link.mode), link.size], ['/target', 'link', undefined]);
    const file = readMbFile(archive({ RelativePath: new PlistUid(2), EncryptionKey: new PlistUid(3), Mode: 33188 }, 'x', { 'NS.data': new PlistUid(4) }, key));
    assert.deepEqual(file.encryptionKey, key);
  });

  it('refuses what is no record', () => {
    for (const blob of [Buffer.alloc(0), Buffer.from('bplist00'), archive({ Mode: 1 }), writeBinaryPlist({}), writeBinaryPlist(['x'])]) {
      assert.throws(() => readMbFile(blob), { code: 'data.manifest' });
    }
  });

  it('names content as the phone does', () => {
    assert.equal(fileId('HomeDomain', 'Library/SMS/sms.db'), '3d0d7e5fb2ce288813306e4d4636395e047a3d28');
    assert.equal(fileId('AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'ChatStorage.sqlite'), '7c7fba66680ef796b916b067077cc246adacf01d');
  });
});
