import assert from 'node:assert/strict';
import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import {
  createKeybag, deviceBoundWhenEncrypted, deviceBoundWhenPlain, keybagClasses, openKeybag, type Keybag,
} from '../../../../src/virtual-iphone/crypto/keybag.ts';
import { readTags } from '../../../../src/virtual-iphone/crypto/tags.ts';

const bytes = (name: string, length: number): Buffer => createHash('sha512').update(name).digest().subarray(0, length);
const classKeys = new Map(keybagClasses.map((number) => [number, bytes(`class ${number}`, 32)]));
const salt = bytes('salt', 20);
const strong = { salt: bytes('strong', 20), iterations: 5 };

function makeKeybag(password: string | undefined): Promise<Keybag> {
  return createKeybag({
    password: password ?? '',
    classKeys,
    derivation: { salt, iterations: 7, strong: password === undefined ? undefined : strong },
    uuid: (name) => bytes(name, 16),
    deviceBound: password === undefined ? deviceBoundWhenPlain : deviceBoundWhenEncrypted,
  });
}

describe('the phone\'s keybag', () => {
  it('has the sizes of real ones: 1388 bytes encrypted, 1336 not', async () => {
    assert.equal((await makeKeybag('secret')).bytes.length, 1388);
    assert.equal((await makeKeybag(undefined)).bytes.length, 1336);
  });

  it('has header, class order and WRAP of an encrypted backup', async () => {
    const tags = readTags((await makeKeybag('secret')).bytes) ?? [];
    assert.deepEqual(tags.slice(0, 10).map(([name]) => name), ['VERS', 'TYPE', 'UUID', 'HMCK', 'WRAP', 'SALT', 'ITER', 'DPWT', 'DPIC', 'DPSL']);
    assert.deepEqual(tags.filter(([name]) => name === 'CLAS').map(([, value]) => value), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual(tags.filter(([name]) => name === 'WRAP').map(([, value]) => value), [0, 3, 3, 3, 2, 2, 2, 3, 2, 2, 2, 2]);
    assert.deepEqual(tags.slice(0, 2), [['VERS', 5], ['TYPE', 1]]);
  });

  it('has class order and WRAP of an unencrypted backup', async () => {
    const tags = readTags((await makeKeybag(undefined)).bytes) ?? [];
    assert.deepEqual(tags.filter(([name]) => name === 'CLAS').map(([, value]) => value), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert.deepEqual(tags.filter(([name]) => name === 'WRAP').map(([, value]) => value), [0, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3]);
  });

  it('wraps each class key with the key that both PBKDF2 stages give', async () => {
    const first = pbkdf2Sync('secret', strong.salt, strong.iterations, 32, 'sha256');
    const key = pbkdf2Sync(first, salt, 7, 32, 'sha1');
    const expected = wrapByHand(key, classKeys.get(3) as Buffer);
    const tags = readTags((await makeKeybag('secret')).bytes) ?? [];
    const at = tags.findIndex(([name, value]) => name === 'CLAS' && value === 3);
    assert.deepEqual(tags[at + 3], ['WPKY', expected]);
  });

  it('opens with its password only', async () => {
    const { bytes: bag } = await makeKeybag('secret');
    const opened = await openKeybag(bag, 'secret');
    assert.ok(typeof opened === 'object');
    assert.deepEqual(new Map([...opened.classKeys].sort(([a], [b]) => a - b)), classKeys);
    assert.equal(await openKeybag(bag, 'Secret'), 'password');
    assert.equal(typeof (await openKeybag((await makeKeybag(undefined)).bytes, '')), 'object');
  });

  it('tells damage from a wrong password', async () => {
    const { bytes: bag } = await makeKeybag('secret');
    assert.equal(await openKeybag(bag.subarray(0, 700), 'secret'), 'damaged');
    assert.equal(await openKeybag(Buffer.alloc(0), 'secret'), 'damaged');
    const damaged = Buffer.from(bag);
    damaged[1380] = (damaged[1380] as number) ^ 1;
    assert.equal(await openKeybag(damaged, 'secret'), 'damaged');
  });
});

/** RFC 3394, section 2.2.1, as it stands there: not every TLS library has it as a cipher. */
function wrapByHand(kek: Buffer, plain: Buffer): Buffer {
  const blocks = Array.from({ length: plain.length / 8 }, (_, index) => plain.subarray(index * 8, index * 8 + 8));
  let head: Buffer = Buffer.alloc(8, 0xa6);
  for (let step = 1; step <= 6 * blocks.length; step++) {
    const at = (step - 1) % blocks.length;
    const cipher = createCipheriv('aes-256-ecb', kek, null).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat([head, blocks[at] as Buffer]));
    head = Buffer.from(mixed.subarray(0, 8));
    head.writeUInt32BE((head.readUInt32BE(4) ^ step) >>> 0, 4);
    blocks[at] = mixed.subarray(8);
  }
  return Buffer.concat([head, ...blocks]);
}
