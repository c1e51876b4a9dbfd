import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { PhoneItem } from '../../../../src/virtual-iphone/contract.ts';
import { asArray, asDict, asString, PlistUid, readPlist, type PlistDict } from '../../../../src/plist/index.ts';
import { databaseBytes, setRollbackMode } from '../../../../src/virtual-iphone/mobilebackup2/manifest/database-file.ts';
import { fileIdOf } from '../../../../src/virtual-iphone/mobilebackup2/manifest/file-id.ts';
import { ManifestDatabase } from '../../../../src/virtual-iphone/mobilebackup2/manifest/manifest-database.ts';
import { isSameRecord } from '../../../../src/virtual-iphone/mobilebackup2/manifest/record-compare.ts';
import { readRecord } from '../../../../src/virtual-iphone/mobilebackup2/manifest/record-reader.ts';
import { writeRecord } from '../../../../src/virtual-iphone/mobilebackup2/manifest/record-writer.ts';
import { dropScratch, scratchPath } from '../../../../src/virtual-iphone/state/scratch.ts';

const file: PhoneItem = {
  domain: 'HomeDomain', path: 'Library/SMS/sms.db', kind: 'file', mode: 0o100644, inode: 4_295_123_456, userId: 501, groupId: 501,
  modified: 1_700_000_000, changed: 1_700_000_001, born: 1_600_000_000, size: 65_536, protectionClass: 3, flags: 0,
};
const directory: PhoneItem = { ...file, path: 'Library', kind: 'directory', mode: 0o40755, size: 0, protectionClass: 0 };
const key = Buffer.alloc(44, 0xab);
const digest = Buffer.alloc(20, 0xcd);

function objectsOf(blob: Buffer): { readonly names: string[]; readonly root: PlistDict } {
  const objects = asArray(asDict(readPlist(blob))?.['$objects']) ?? [];
  const names = objects.map((value) => {
    if (Buffer.isBuffer(value)) return `${value.length} bytes`;
    const dict = asDict(value);
    if (!dict) return asString(value) ?? 'unexpected';
    const name = asString(dict['$classname']);
    return name === undefined ? Object.keys(dict).filter((key) => key === 'NS.data' || key === 'Mode').join() : `class ${name}`;
  });
  return { names, root: asDict(objects[1]) ?? {} };
}

describe('a file record as iOS archives it', () => {
  it('has the object order of a directory', () => {
    const { names, root } = objectsOf(writeRecord(directory, {}));
    assert.deepEqual(names, ['$null', 'Mode', 'Library', 'class MBFile']);
    assert.deepEqual([root['RelativePath'], root['$class']], [new PlistUid(2), new PlistUid(3)]);
  });

  it('has the object order of a link', () => {
    const { names, root } = objectsOf(writeRecord({ ...directory, kind: 'link', target: '/target' }, {}));
    assert.deepEqual(names, ['$null', 'Mode', 'Library', '/target', 'class MBFile']);
    assert.deepEqual([root['Target'], root['$class']], [new PlistUid(3), new PlistUid(4)]);
  });

  it('has the object order of an encrypted file', () => {
    const { names, root } = objectsOf(writeRecord(file, { key }));
    assert.deepEqual(names, ['$null', 'Mode', file.path, 'NS.data', 'class NSMutableData', 'class MBFile']);
    assert.deepEqual([root['EncryptionKey'], root['$class']], [new PlistUid(3), new PlistUid(5)]);
  });

  it('has the object order of an encrypted file with digest and attributes', () => {
    const { names, root } = objectsOf(writeRecord({ ...file, extendedAttributes: { a: Buffer.from('b') } }, { key, digest }));
    assert.equal(names.length, 8);
    assert.deepEqual(names.slice(2, 6), [file.path, '20 bytes', 'NS.data', 'class NSMutableData']);
    assert.match(names[6] ?? '', /^\d+ bytes$/);
    assert.deepEqual([root['Digest'], root['EncryptionKey'], root['ExtendedAttributes'], root['$class']].map((uid) => (uid as PlistUid).index), [3, 4, 6, 7]);
  });

  it('says what it was told, whatever the width of the numbers and the letters of the path', () => {
    for (const item of [
      file,
      { ...file, path: 'Gru\u0308ße/\u{1f600}', size: 2 ** 40, inode: 2 ** 33, modified: -5, flags: 128 },
      { ...file, path: 'x'.repeat(70_000), size: 255 },
      { ...file, extendedAttributes: { 'com.apple.x': Buffer.alloc(90_000, 1) }, size: 65_535 },
    ]) {
      const record = readRecord(writeRecord(item, { key, digest }));
      const { domain: _domain, kind: _kind, ...facts } = item;
      for (const [name, value] of Object.entries(facts)) assert.deepEqual(record?.[name as 'mode'], value, name);
      assert.deepEqual(record?.key, key);
    }
  });

  it('has the sizes of real ones', () => {
    for (const blob of [writeRecord(file, { key }), writeRecord(file, { key, digest })]) assert.ok(blob.length >= 480 && blob.length <= 680);
  });

  it('is equal to an earlier one whatever its key and digest, and to nothing else', () => {
    const kind = { isEncrypted: true, hasDigest: true };
    assert.ok(isSameRecord(writeRecord(file, { key, digest }), file, kind));
    assert.ok(isSameRecord(writeRecord(file, { key }), file, kind), 'another writer left the digest out');
    assert.ok(!isSameRecord(writeRecord(file, { digest }), file, kind), 'no key');
    for (const change of [{ size: 65_537 }, { modified: 1 }, { inode: 9 }, { mode: 0o100600 }, { protectionClass: 4 }, { changed: 2 }]) {
      assert.ok(!isSameRecord(writeRecord({ ...file, ...change }, { key, digest }), file, kind), JSON.stringify(change));
    }
    assert.ok(!isSameRecord(Buffer.from('rubbish'), file, kind));
  });
});

describe('Manifest.db as iOS leaves it', () => {
  it('has page size, version, write-ahead header, schema and order', () => {
    const database = new ManifestDatabase(scratchPath('test.db'));
    [directory, file].forEach((item, row) => database.put(row + 1, fileIdOf(item.domain, item.path), item, writeRecord(item, {})));
    database.seal();
    const chunks: Buffer[] = [];
    for (const chunk of databaseBytes(database.path, 5000)) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    assert.deepEqual([bytes.readUInt16BE(16), bytes[18], bytes[19], bytes.readUInt32BE(60), bytes.readUInt32BE(68)], [4096, 2, 2, 2, 0]);
    database.close();
    assert.equal(readFileSync(database.path)[18], 1);
    setRollbackMode(database.path);
    const db = new DatabaseSync(database.path, { readOnly: true });
    assert.deepEqual(
      db.prepare('SELECT name FROM sqlite_master ORDER BY rowid').all().map(({ name }) => name),
      ['Files', 'sqlite_autoindex_Files_1', 'FilesDomainIdx', 'FilesRelativePathIdx', 'FilesFlagsIdx', 'Properties', 'sqlite_autoindex_Properties_1'],
    );
    assert.deepEqual(db.prepare('SELECT relativePath, flags FROM Files').all().map((row) => ({ ...row })), [
      { relativePath: 'Library', flags: 2 }, { relativePath: file.path, flags: 1 },
    ]);
    assert.deepEqual(db.prepare('PRAGMA integrity_check').all().map((row) => ({ ...row })), [{ integrity_check: 'ok' }]);
    db.close();
    dropScratch(database.path);
  });

  it('names files as Apple does', () => {
    assert.equal(fileIdOf('HomeDomain', 'Library/SMS/sms.db'), '3d0d7e5fb2ce288813306e4d4636395e047a3d28');
    assert.equal(fileIdOf('HomeDomain', 'Library/Application Support/FileProvider/backup/backup_manifest.db'), '49128ab470583769cf58eb2e9fe2eb47983afac3');
  });
});
