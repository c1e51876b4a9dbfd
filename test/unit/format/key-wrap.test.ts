import assert from 'node:assert/strict';
import { unwrapKey, wrapKey } from '../../../src/format/key-wrap.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** RFC 3394, sections 4.3, 4.5 and 4.6: those with a 256-bit key. */
const vectors = [
  ['00112233445566778899AABBCCDDEEFF', '64E8C3F9CE0F5BA2 63E9777905818A2A 93C8191E7D6E8AE7'],
  ['00112233445566778899AABBCCDDEEFF0001020304050607', 'A8F9BC1612C68B3F F6E6F4FBE30E71E4 769C8B80A32CB895 8CD5D17D6B254DA1'],
  [
    '00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F',
    '28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21',
  ],
] as const;
const key = hex('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');

describe('format: key wrap', () => {
  for (const [content, wrapped] of vectors) {
    it(`wraps and unwraps ${content.length / 2} bytes as RFC 3394 says`, () => {
      assert.deepEqual(wrapKey(key, hex(content)), hex(wrapped));
      assert.deepEqual(unwrapKey(key, hex(wrapped)), hex(content));
    });
  }

  it('refuses every single-bit change', () => {
    const wrapped = hex(vectors[2][1]);
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const changed = Buffer.from(wrapped);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      assert.equal(unwrapKey(key, changed), undefined);
    }
  });

  it('refuses lengths that no wrapped key has', () => {
    for (const length of [0, 8, 16, 39, 41]) assert.equal(unwrapKey(key, Buffer.alloc(length)), undefined);
  });
});
