import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlistUid, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../../src/plist/index.ts';

/*
 * A backup made by hand, after the description of the format: no code of the virtual phone takes part.
 */

export interface MiniFile {
  readonly domain: string;
  readonly path: string;
  readonly mode: number;
  readonly content?: Buffer;
  readonly target?: string;
  readonly attributes?: PlistDict;
  /** In place of the content's length. */
  readonly size?: number;
  /** Anything but PKCS#7 in an encrypted backup. */
  readonly zeroPadded?: boolean;
}

const noVector = Buffer.alloc(16);
const password = 'Pässwörd';
export const miniPassword = password;

/** RFC 3394 with the default initial value. */
const wrap = (kek: Buffer, key: Buffer): Buffer => createCipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6)).update(key);

const encrypt = (key: Buffer, plain: Buffer, zeroPadded = false): Buffer => {
  const cipher = createCipheriv('aes-256-cbc', key, noVector).setAutoPadding(!zeroPadded);
  const padding = zeroPadded ? Buffer.alloc((16 - (plain.length % 16)) % 16) : Buffer.alloc(0);
  return Buffer.concat([cipher.update(Buffer.concat([plain, padding])), cipher.final()]);
};

const tag = (name: string, value: Buffer | number): Buffer => {
  const bytes = typeof value === 'number' ? uint32(value) : value;
  return Buffer.concat([Buffer.from(name, 'latin1'), uint32(bytes.length), bytes]);
};

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const classKey = (number: number): Buffer => Buffer.alloc(32, number);

function makeKeybag(): Buffer {
  const [salt, strongSalt] = [Buffer.alloc(20, 1), Buffer.alloc(20, 2)];
  const key = pbkdf2Sync(pbkdf2Sync(password, strongSalt, 30, 32, 'sha256'), salt, 20, 32, 'sha1');
  const header = [tag('VERS', 5), tag('TYPE', 1), tag('UUID', Buffer.alloc(16, 9)), tag('HMCK', Buffer.alloc(40)), tag('WRAP', 0)];
  const rounds = [tag('SALT', salt), tag('ITER', 20), tag('DPWT', 1), tag('DPIC', 30), tag('DPSL', strongSalt)];
  const classes = [4, 3, 2, 1].flatMap((number) => [
    tag('UUID', Buffer.alloc(16, number)),
    tag('CLAS', number),
    tag('WRAP', 2),
    tag('KTYP', 0),
    tag('WPKY', wrap(key, classKey(number))),
  ]);
  return Buffer.concat([...header, ...rounds, ...classes]);
}

/** A key as it stands in a record: class 3, little endian, then the wrapped key. */
const sealedKey = (key: Buffer): Buffer => Buffer.concat([Buffer.from([3, 0, 0, 0]), wrap(classKey(3), key)]);

export const fileIdOf = (domain: string, path: string): string => createHash('sha1').update(`${domain}-${path}`).digest('hex');

function record(file: MiniFile, key: Buffer | undefined, inode: number): Buffer {
  const isFile = (file.mode & 0o170000) === 0o100000;
  const facts: PlistDict = {
    Mode: file.mode,
    InodeNumber: inode,
    UserID: 501,
    GroupID: 501,
    LastModified: 1_700_000_000,
    LastStatusChange: 1_700_000_001,
    Birth: 1_600_000_000,
    Size: file.size ?? file.content?.length ?? 0,
    ProtectionClass: isFile ? 3 : 0,
    Flags: 0,
    RelativePath: new PlistUid(2),
  };
  const objects: PlistValue[] = ['$null', facts, file.path];
  const add = (name: string, value: PlistValue): void => {
    facts[name] = new PlistUid(objects.length);
    objects.push(value);
  };
  if (file.target !== undefined) add('Target', file.target);
  if (key) {
    add('EncryptionKey', { 'NS.data': sealedKey(key), $class: new PlistUid(objects.length + 1) });
    objects.push({ $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] });
  }
  if (file.attributes) add('ExtendedAttributes', writeBinaryPlist(file.attributes));
  add('$class', { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] });
  return writeBinaryPlist({ $version: 100_000, $archiver: 'NSKeyedArchiver', $top: { root: new PlistUid(1) }, $objects: objects });
}

const flagsOf = (mode: number): number => ({ 0o100000: 1, 0o040000: 2, 0o120000: 4 })[mode & 0o170000] ?? 0;

/** Writes the folder and returns it. */
export function writeMiniBackup(files: readonly MiniFile[], isEncrypted: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'mini-backup-'));
  const database = new DatabaseSync(join(folder, 'Manifest.db'));
  database.exec('CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB)');
  database.exec('CREATE INDEX FilesDomainIdx ON Files(domain); CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB)');
  const insert = database.prepare('INSERT INTO Files VALUES (?, ?, ?, ?, ?)');
  files.forEach((file, index) => {
    const fileId = fileIdOf(file.domain, file.path);
    const isFile = flagsOf(file.mode) === 1;
    const key = isEncrypted && isFile ? createHash('sha256').update(fileId).digest() : undefined;
    insert.run(fileId, file.domain, file.path, flagsOf(file.mode), record(file, key, 100 + index));
    if (!isFile || file.content === undefined) return;
    const path = join(folder, fileId.slice(0, 2), fileId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, key ? encrypt(key, file.content, file.zeroPadded) : file.content);
  });
  database.close();
  writePlists(folder, isEncrypted);
  return folder;
}

function writePlists(folder: string, isEncrypted: boolean): void {
  const manifest: PlistDict = { Version: '10.0', IsEncrypted: isEncrypted, Lockdown: {}, BackupKeyBag: makeKeybag() };
  manifest['Applications'] = {
    'com.example.notes': { CFBundleIdentifier: 'com.example.notes', CFBundleVersion: '7.1', ContainerContentClass: 'Data/Application' },
    'com.apple.compass': { CFBundleIdentifier: 'com.apple.compass', CFBundleVersion: '1', ContainerContentClass: 'Data/Application' },
    'com.example.notes.widget': { CFBundleIdentifier: 'com.example.notes.widget', ContainerContentClass: 'Data/PluginKitPlugin' },
  };
  if (isEncrypted) {
    const key = Buffer.alloc(32, 77);
    manifest['ManifestKey'] = sealedKey(key);
    const path = join(folder, 'Manifest.db');
    writeFileSync(path, encrypt(key, readFileSync(path)));
  }
  writeFileSync(join(folder, 'Manifest.plist'), writeBinaryPlist(manifest));
  const metadata = writeBinaryPlist({ itemName: 'Nötes', bundleShortVersionString: '7.1.2' });
  const app = { ApplicationSINF: Buffer.from('sinf'), iTunesMetadata: metadata, PlaceholderIcon: Buffer.from('png') };
  const info = { 'Installed Applications': ['com.example.notes'], Applications: { 'com.example.notes': app } };
  writeFileSync(join(folder, 'Info.plist'), writeBinaryPlist(info));
}
