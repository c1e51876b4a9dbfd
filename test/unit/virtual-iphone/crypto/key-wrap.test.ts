import assert from 'node:assert/strict';
import { unwrapKey, wrapKey, wrapKeyByHand } from '../../../../src/virtual-iphone/crypto/key-wrap.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const kek = hex('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');

/** RFC 3394, sections 4.3, 4.5 and 4.6. */
const vectors = [
  { key: hex('00112233445566778899AABBCCDDEEFF'), wrapped: hex('64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7') },
  {
    key: hex('00112233445566778899AABBCCDDEEFF0001020304050607'),
    wrapped: hex('A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1'),
  },
  {
    key: hex('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F'),
    wrapped: hex('28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21'),
  },
];

describe('the phone\'s key wrap', () => {
  for (const { key, wrapped } of vectors) {
    it(`agrees with RFC 3394 for ${key.length} bytes`, () => {
      assert.deepEqual(wrapKey(kek, key), wrapped);
      assert.deepEqual(wrapKeyByHand(kek, key), wrapped);
      assert.deepEqual(unwrapKey(kek, wrapped), key);
    });
  }

  it('does not open with another key, damaged bytes or a wrong length', () => {
    const { wrapped } = vectors[2] as (typeof vectors)[number];
    assert.equal(unwrapKey(Buffer.alloc(32, 1), wrapped), undefined);
    const damaged = Buffer.from(wrapped);
    damaged[20] = (damaged[20] as number) ^ 1;
    assert.equal(unwrapKey(kek, damaged), undefined);
    assert.equal(unwrapKey(kek, wrapped.subarray(0, 39)), undefined);
    assert.equal(unwrapKey(kek, wrapped.subarray(0, 16)), undefined);
  });
});
