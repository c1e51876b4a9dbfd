import { createCipheriv, createDecipheriv, getCiphers, timingSafeEqual } from 'node:crypto';

/*
 * AES key wrap of RFC 3394 with 256-bit keys and the default initial value.
 */

const initialValue = Buffer.alloc(8, 0xa6);
const rounds = 6;
/** OpenSSL has the wrap as a cipher, BoringSSL (Electron) does not. */
const nativeCipher = getCiphers().includes('id-aes256-wrap') ? 'id-aes256-wrap' : undefined;

/** Wraps `key` (a multiple of 8 bytes, 16 or more) with the 32-byte `kek`; 8 bytes longer. */
export function wrapKey(kek: Buffer, key: Buffer): Buffer {
  if (nativeCipher === undefined) return wrapKeyByHand(kek, key);
  return createCipheriv(nativeCipher, kek, initialValue).update(key);
}

/** Unwraps; `undefined` when the integrity value does not hold: another key, or damaged bytes. */
export function unwrapKey(kek: Buffer, wrapped: Buffer): Buffer | undefined {
  if (wrapped.length < 24 || wrapped.length % 8 !== 0) return undefined;
  const cipher = createDecipheriv('aes-256-ecb', kek, null).setAutoPadding(false);
  const block = Buffer.alloc(16);
  const key = Buffer.from(wrapped.subarray(8));
  wrapped.copy(block, 0, 0, 8);
  const parts = key.length / 8;
  for (let step = rounds * parts; step >= 1; step--) {
    const at = ((step - 1) % parts) * 8;
    block.writeUInt32BE((block.readUInt32BE(4) ^ step) >>> 0, 4);
    key.copy(block, 8, at, at + 8);
    const opened = cipher.update(block);
    opened.copy(block, 0, 0, 8);
    opened.copy(key, at, 8, 16);
  }
  return timingSafeEqual(block.subarray(0, 8), initialValue) ? key : undefined;
}

/** As `wrapKey`, from ECB alone. */
export function wrapKeyByHand(kek: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ecb', kek, null).setAutoPadding(false);
  const wrapped = Buffer.concat([initialValue, key]);
  const block = Buffer.from(wrapped.subarray(0, 16));
  const parts = key.length / 8;
  for (let step = 1; step <= rounds * parts; step++) {
    const at = 8 + ((step - 1) % parts) * 8;
    wrapped.copy(block, 8, at, at + 8);
    cipher.update(block).copy(block);
    block.copy(wrapped, at, 8, 16);
    block.writeUInt32BE((block.readUInt32BE(4) ^ step) >>> 0, 4);
  }
  block.copy(wrapped, 0, 0, 8);
  return wrapped;
}
