import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/*
 * Content and Manifest.db of encrypted backups: AES-256-CBC under a key of their own, zero initial value, PKCS#7 padding.
 */

const zeroVector = Buffer.alloc(16);

/** Encrypts chunk by chunk; the last chunk carries the padding. */
export function* encryptChunks(key: Buffer, chunks: Iterable<Buffer>): Iterable<Buffer> {
  const cipher = createCipheriv('aes-256-cbc', key, zeroVector);
  for (const chunk of chunks) {
    const sealed = cipher.update(chunk);
    if (sealed.length > 0) yield sealed;
  }
  yield cipher.final();
}

/** Opens what `encryptChunks` made. `final` throws when the padding is wrong. */
export const contentDecipher = (key: Buffer): ReturnType<typeof createDecipheriv> => createDecipheriv('aes-256-cbc', key, zeroVector);

/** Bytes that `length` bytes of content have when encrypted. */
export const sealedLength = (length: number): number => length - (length % 16) + 16;

/** A file's own key: the same for the same file in the same version, whatever the order in which files are asked for. */
export const deriveFileKey = (secret: Buffer, fileId: string, version: string): Buffer =>
  createHmac('sha256', secret).update(fileId).update(version).digest();
