import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { wrapKey } from '../../../src/format/key-wrap.ts';
import { parseKeybag } from '../../../src/format/keybag.ts';
import { unlockKeybag } from '../../../src/format/unlock.ts';
import { DataError } from '../../../src/shared/errors.ts';
import { makeKeybag } from './support/make-keybag.ts';

const code = (expected: string) => (error: unknown) => error instanceof DataError && error.code === expected;

describe('format: keybag and unlock', () => {
  for (const doubleRounds of [undefined, 25]) {
    it(`opens a bag ${doubleRounds === undefined ? 'of iOS 9' : 'with double protection'}`, async () => {
      const { bytes, classKeys } = makeKeybag({ password: 'pässword', doubleRounds });
      assert.equal(bytes.length, doubleRounds === undefined ? 1336 : 1388);
      const unlocked = await unlockKeybag(parseKeybag(bytes), 'pässword');
      assert.deepEqual(unlocked.classes, [1, 2, 3, 4, 6, 7, 8]);
      const key = randomBytes(32);
      const prefixed = Buffer.concat([Buffer.from([3, 0, 0, 0]), wrapKey(classKeys.get(3)!, key)]);
      assert.deepEqual(unlocked.unwrap(prefixed), key);
    });
  }

  it('tells a wrong password from a damaged bag', async () => {
    const { bytes } = makeKeybag({ password: 'right' });
    await assert.rejects(unlockKeybag(parseKeybag(bytes), 'wrong'), code('data.password'));
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
    await assert.rejects(unlockKeybag(parseKeybag(damaged), 'right'), code('data.keybag'));
  });

  it('refuses a bag cut off anywhere or asking for too much', () => {
    const { bytes } = makeKeybag({ password: '', doubleRounds: 5 });
    for (let length = 0; length < bytes.length; length++) {
      // Cut between two classes it is a bag with fewer of them.
      try {
        assert.ok(parseKeybag(bytes.subarray(0, length)).classKeys.size < 11);
      } catch (error) {
        assert.ok(code('data.keybag')(error), String(error));
      }
    }
    const greedy = Buffer.from(bytes);
    greedy.writeUInt32BE(0xffffffff, bytes.indexOf('DPIC') + 8);
    assert.throws(() => parseKeybag(greedy), code('data.keybag'));
  });
});
