import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asArray, asBoolean, asData, asDict, readPlist, type PlistDict, type PlistUid } from '../../../../../src/plist/index.ts';

/*
 * A second reader of backups, for tests only: it shares nothing with the phone but the plist reader, and trusts OpenSSL
 * for the key wrap.
 */

/** Where a backup's files come from, by `<UDID>/…`. */
export interface BackupFiles {
  readonly files: { get(path: string): Buffer | undefined };
}

/** All files of a backup, decrypted, by `domain/path`. Throws when anything is missing or does not open. */
export function contentOf(host: BackupFiles, udid: string, password: string | undefined): Map<string, Buffer> {
  const get = (name: string): Buffer => {
    const bytes = host.files.get(`${udid}/${name}`);
    if (!bytes) throw new Error(`${name} is missing`);
    return bytes;
  };
  const manifest = asDict(readPlist(get('Manifest.plist'))) ?? {};
  const isEncrypted = asBoolean(manifest['IsEncrypted']) ?? false;
  if (isEncrypted !== (password !== undefined)) throw new Error(`IsEncrypted is ${isEncrypted}`);
  const keys = unlock(asData(manifest['BackupKeyBag']) as Buffer, password ?? '');
  const open = (key: Buffer | undefined, bytes: Buffer): Buffer => (key ? decrypt(keys, key, bytes) : bytes);
  const files = new Map<string, Buffer>();
  for (const { fileID, domain, relativePath, flags, file } of rows(open(asData(manifest['ManifestKey']), get('Manifest.db')))) {
    if (flags !== 1) continue;
    const id = createHash('sha1').update(`${String(domain)}-${String(relativePath)}`).digest('hex');
    if (id !== fileID) throw new Error(`fileID of ${String(relativePath)}`);
    const key = isEncrypted ? keyOf(Buffer.from(file as Uint8Array)) : undefined;
    files.set(`${String(domain)}/${String(relativePath)}`, open(key, get(`${id.slice(0, 2)}/${id}`)));
  }
  return files;
}

function* rows(database: Buffer): Iterable<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const path = join(folder, 'Manifest.db');
  const readable = Buffer.from(database);
  readable.fill(1, 18, 20);
  writeFileSync(path, readable);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    yield* db.prepare('SELECT * FROM Files').iterate();
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function keyOf(blob: Buffer): Buffer {
  const objects = asArray(asDict(readPlist(blob))?.['$objects']) ?? [];
  const uid = (asDict(objects[1]) as PlistDict)['EncryptionKey'] as PlistUid;
  return asData(asDict(objects[uid.index])?.['NS.data']) as Buffer;
}

function decrypt(keys: ReadonlyMap<number, Buffer>, wrapped: Buffer, bytes: Buffer): Buffer {
  const key = unwrap(keys.get(wrapped.readUInt32LE(0)) as Buffer, wrapped.subarray(4));
  const cipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function unwrap(kek: Buffer, wrapped: Buffer): Buffer {
  const cipher = createDecipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(wrapped), cipher.final()]);
}

function unlock(bag: Buffer, password: string): Map<number, Buffer> {
  const groups: Map<string, Buffer>[] = [];
  for (let at = 0; at < bag.length; at += 8 + bag.readUInt32BE(at + 4)) {
    const name = bag.toString('latin1', at, at + 4);
    if (name === 'UUID' || groups.length === 0) groups.push(new Map());
    groups.at(-1)?.set(name, bag.subarray(at + 8, at + 8 + bag.readUInt32BE(at + 4)));
  }
  const header = new Map([...(groups[0] ?? []), ...(groups[1] ?? [])]);
  const value = (name: string): Buffer => header.get(name) ?? Buffer.alloc(0);
  const first = header.has('DPIC') ? pbkdf2Sync(password, value('DPSL'), value('DPIC').readUInt32BE(), 32, 'sha256') : Buffer.from(password);
  const key = pbkdf2Sync(first, value('SALT'), value('ITER').readUInt32BE(), 32, 'sha1');
  const classes = groups.filter((group) => group.has('WPKY'));
  return new Map(classes.map((group) => [(group.get('CLAS') as Buffer).readUInt32BE(), unwrap(key, group.get('WPKY') as Buffer)]));
}
