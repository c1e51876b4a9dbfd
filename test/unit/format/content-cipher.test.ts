import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { ContentDecipher, contentCipher } from '../../../src/format/content-cipher.ts';

const key = randomBytes(32);

function decipher(bytes: Buffer, step: number, size?: number): { plain: Buffer; end: string } {
  const aes = new ContentDecipher(key, size);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += step) parts.push(Buffer.from(aes.update(bytes.subarray(at, at + step))));
  parts.push(aes.final());
  return { plain: Buffer.concat(parts), end: aes.end };
}

function encrypt(plain: Buffer): Buffer {
  const aes = contentCipher(key);
  return Buffer.concat([aes.update(plain), aes.final()]);
}

function withoutPadding(plain: Buffer): Buffer {
  return createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false).update(plain);
}

describe('format: content cipher', () => {
  it('reads back every length in chunks of every size', () => {
    for (const length of [0, 1, 15, 16, 17, 31, 32, 100]) {
      const plain = randomBytes(length);
      for (const step of [1, 7, 16, 33, 1000]) assert.deepEqual(decipher(encrypt(plain), step), { plain, end: 'padding' });
    }
  });

  it('does not trust the recorded size where there is padding', () => {
    const plain = randomBytes(100);
    assert.deepEqual(decipher(encrypt(plain), 64, 50).plain, plain);
  });

  it('cuts to the recorded size what a foreign writer did not pad', () => {
    const plain = Buffer.concat([randomBytes(40), Buffer.alloc(8)]);
    assert.deepEqual(decipher(withoutPadding(plain), 16, 40), { plain: plain.subarray(0, 40), end: 'size' });
    assert.deepEqual(decipher(withoutPadding(plain), 16, 12), { plain, end: 'none' });
  });

  it('takes nothing at all as an empty file, and refuses half a block', () => {
    assert.deepEqual(decipher(Buffer.alloc(0), 16), { plain: Buffer.alloc(0), end: 'empty' });
    assert.throws(() => decipher(randomBytes(24), 16), /cut off/);
  });
});
