import { createHash } from 'node:crypto';
import { deriveFileKey, encryptChunks, sealedLength } from '../../crypto/content-key.ts';
import { wrapKey } from '../../crypto/key-wrap.ts';
import type { PhoneContent, PhoneItem } from '../../contract.ts';
import type { RecordSecrets } from '../manifest/record-writer.ts';
import type { BackupKeys } from '../state/backup-keys.ts';
import { hasDigest } from './rules.ts';

/** One file's content on its way out. `secrets` is complete when all chunks were taken. */
export interface SealedFile {
  readonly chunks: Iterable<Buffer>;
  readonly secrets: () => RecordSecrets;
}

/** Turns the phone's files into what a backup stores: plain bytes, or bytes under a key of their own. */
export class ContentSealer {
  readonly #keys: BackupKeys;
  readonly #content: PhoneContent;
  readonly #chunkSize: number;

  constructor(content: PhoneContent, keys: BackupKeys, chunkSize: number) {
    this.#content = content;
    this.#keys = keys;
    this.#chunkSize = chunkSize;
  }

  seal(item: PhoneItem, fileId: string): SealedFile {
    const digest = hasDigest(item.domain) ? createHash('sha1') : undefined;
    const plain = this.#read(item);
    const read = digest ? hashed(plain, digest) : plain;
    const secret = this.#keys.password === undefined ? undefined : this.#fileKey(item, fileId);
    return {
      chunks: secret ? encryptChunks(secret.key, read) : read,
      secrets: () => ({ digest: digest?.digest(), key: secret?.wrapped }),
    };
  }

  /** Bytes that the file will have on the host if its content is as long as its size says. */
  expectedLength(item: PhoneItem): number {
    return this.#keys.password === undefined ? item.size : sealedLength(item.size);
  }

  /** Errors come with the first chunk, as of a file that is gone. */
  *#read(item: PhoneItem): Iterable<Buffer> {
    yield* this.#content.read(item, this.#chunkSize);
  }

  #fileKey(item: PhoneItem, fileId: string): { key: Buffer; wrapped: Buffer } {
    const key = deriveFileKey(this.#keys.fileSecret, fileId, `${item.inode} ${item.modified} ${item.changed} ${item.size}`);
    const classKey = this.#keys.keybag.classKeys.get(item.protectionClass);
    if (!classKey) throw new Error(`Protection class ${item.protectionClass} of ${item.domain}/${item.path} has no key`);
    const wrapped = Buffer.alloc(44);
    wrapped.writeUInt32LE(item.protectionClass, 0);
    wrapKey(classKey, key).copy(wrapped, 4);
    return { key, wrapped };
  }
}

function* hashed(chunks: Iterable<Buffer>, digest: ReturnType<typeof createHash>): Iterable<Buffer> {
  for (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
}
