import { createHash } from 'node:crypto';
import { encryptChunks } from '../../crypto/content-key.ts';
import { wrapKey } from '../../crypto/key-wrap.ts';
import { protectionClass } from '../../../format/names.ts';
import { chunkSize } from '../link/units.ts';
import { databaseBytes } from '../manifest/database-file.ts';
import { writeManifestPlist } from '../plists/manifest-plist.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { uploadControl } from './host-files.ts';

/** What was sent, to be compared with what the host gives back. */
export interface SentManifest {
  readonly plist: Buffer;
  /** SHA-256 of Manifest.db as the host got it. */
  readonly databaseHash: string;
}

/** Manifest.plist and Manifest.db into the host's Snapshot folder. */
export async function uploadManifest(context: BackupContext, snapshot: Snapshot): Promise<SentManifest> {
  const { phone, keys, date } = context;
  snapshot.database.seal();
  const key = keys.password === undefined ? undefined : phone.randomBytes('backup.manifest-key', 32);
  const plist = writeManifestPlist(phone, {
    date,
    domains: snapshot.database.domains(),
    keybag: keys.keybag.bytes,
    manifestKey: key && wrappedManifestKey(context, key),
  });
  await uploadControl(context, 'Snapshot/Manifest.plist', [plist], 100);
  const sha256 = createHash('sha256');
  const plain = databaseBytes(snapshot.database.path, chunkSize);
  const chunks = key ? encryptChunks(key, plain) : plain;
  await uploadControl(context, 'Snapshot/Manifest.db', tapped(chunks, (chunk) => sha256.update(chunk)), 100);
  return { plist, databaseHash: sha256.digest('hex') };
}

/** Class (u32 LE) and wrapped key; phones use class 4, which is always available. */
function wrappedManifestKey({ keys }: BackupContext, key: Buffer): Buffer {
  const wrapped = Buffer.alloc(44);
  wrapped.writeUInt32LE(protectionClass.none, 0);
  wrapKey(keys.keybag.classKeys.get(protectionClass.none) as Buffer, key).copy(wrapped, 4);
  return wrapped;
}

function* tapped(chunks: Iterable<Buffer>, tap: (chunk: Buffer) => void): Iterable<Buffer> {
  for (const chunk of chunks) {
    tap(chunk);
    yield chunk;
  }
}
