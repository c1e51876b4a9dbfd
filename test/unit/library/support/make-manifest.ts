import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlistUid, writeBinaryPlist, type PlistDict } from '../../../../src/plist/index.ts';

export interface TestFile {
  readonly domain: string;
  readonly path: string;
  readonly content: Buffer;
  /** Of a file whose content is encrypted: class and wrapped key. */
  readonly encryptionKey?: Buffer;
}

export const idOf = (domain: string, path: string): string => createHash('sha1').update(`${domain}-${path}`).digest('hex');

const made = new WeakMap<readonly TestFile[], Buffer>();

/** A Manifest.db as a phone makes it, with all ancestor directories; the same one for the same list. */
export function makeManifest(files: readonly TestFile[]): Buffer {
  const bytes = made.get(files) ?? writeManifest(files);
  made.set(files, bytes);
  return bytes;
}

function writeManifest(files: readonly TestFile[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const path = join(folder, 'Manifest.db');
  const database = new DatabaseSync(path);
  database.exec(`CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
    CREATE INDEX FilesDomainIdx ON Files(domain); CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
    CREATE INDEX FilesFlagsIdx ON Files(flags); CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
    PRAGMA user_version = 2; BEGIN`);
  const insert = database.prepare('INSERT OR IGNORE INTO Files VALUES (?, ?, ?, ?, ?)');
  for (const [index, { domain, path: name, content, encryptionKey }] of files.entries()) {
    for (const parent of ancestors(name)) insert.run(idOf(domain, parent), domain, parent, 2, blob({ path: parent, mode: 0o40755, size: 0, inode: 0 }));
    insert.run(idOf(domain, name), domain, name, 1, blob({ path: name, mode: 0o100644, size: content.length, inode: index + 1, encryptionKey }));
  }
  database.exec('COMMIT');
  database.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

interface RecordShape {
  readonly path: string;
  readonly mode: number;
  readonly size: number;
  readonly inode: number;
  readonly encryptionKey?: Buffer | undefined;
}

function blob({ path, mode, size, inode, encryptionKey }: RecordShape): Buffer {
  const file: PlistDict = {
    $class: new PlistUid(encryptionKey ? 5 : 3),
    ...(encryptionKey && { EncryptionKey: new PlistUid(3) }),
    RelativePath: new PlistUid(2),
    Mode: mode,
    InodeNumber: inode,
    UserID: 501,
    GroupID: 501,
    LastModified: 1_700_000_000,
    LastStatusChange: 1_700_000_000,
    Birth: 1_700_000_000,
    Size: size,
    ProtectionClass: mode & 0o40000 ? 0 : 3,
    Flags: 0,
  };
  const mutableData = { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] };
  const key = encryptionKey ? [{ 'NS.data': encryptionKey, $class: new PlistUid(4) }, mutableData] : [];
  return writeBinaryPlist({
    $version: 100000,
    $archiver: 'NSKeyedArchiver',
    $top: { root: new PlistUid(1) },
    $objects: ['$null', file, path, ...key, { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] }],
  });
}
