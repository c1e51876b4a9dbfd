import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

const half = 8;
const rounds = 6;
const initialValue = Buffer.alloc(half, 0xa6);

/*
 * AES key wrap (RFC 3394) over single AES-256 blocks: the TLS library of desktop VS Code lacks the ready-made cipher.
 * Keys have 32 bytes; a wrapped one is 8 bytes longer than its content.
 */

/** `undefined` when the integrity value does not hold: a wrong key, or damaged bytes. */
export function unwrapKey(key: Uint8Array, wrapped: Uint8Array): Buffer | undefined {
  if (wrapped.length < 3 * half || wrapped.length % half !== 0) return undefined;
  const blocks = wrapped.length / half - 1;
  const result = Buffer.from(wrapped.subarray(half));
  const block = Buffer.alloc(2 * half);
  block.set(wrapped.subarray(0, half));
  const aes = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  for (let step = rounds * blocks; step >= 1; step--) {
    const at = ((step - 1) % blocks) * half;
    addCounter(block, step);
    result.copy(block, half, at, at + half);
    aes.update(block).copy(block);
    block.copy(result, at, half);
  }
  return timingSafeEqual(block.subarray(0, half), initialValue) ? result : undefined;
}

/** `content` is a multiple of 8 bytes, at least 16. */
export function wrapKey(key: Uint8Array, content: Uint8Array): Buffer {
  if (content.length < 2 * half || content.length % half !== 0) throw new RangeError('Only whole blocks of 8 bytes can be wrapped');
  const blocks = content.length / half;
  const result = Buffer.from(content);
  const block = Buffer.alloc(2 * half);
  initialValue.copy(block);
  const aes = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  for (let step = 1; step <= rounds * blocks; step++) {
    const at = ((step - 1) % blocks) * half;
    result.copy(block, half, at, at + half);
    aes.update(block).copy(block);
    addCounter(block, step);
    block.copy(result, at, half);
  }
  return Buffer.concat([block.subarray(0, half), result]);
}

/** Exclusive-or of the step's number into the first half, big endian. */
function addCounter(block: Buffer, step: number): void {
  block.writeUInt32BE((block.readUInt32BE(4) ^ step) >>> 0, 4);
}
