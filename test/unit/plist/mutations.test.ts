import assert from 'node:assert/strict';
import { PlistError, PlistReal, PlistUid, readPlist, writeBinaryPlist, writeXmlPlist, type PlistValue } from '../../../src/plist/index.ts';

const count = Number(process.env['MUTATIONS'] ?? 40_000);

/** mulberry32: small, seeded, good enough to pick bytes. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function mutate(bytes: Buffer, next: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 1 + Math.floor(next() * 4); n > 0; n--) copy[Math.floor(next() * copy.length)] = Math.floor(next() * 256);
  return next() < 0.1 ? copy.subarray(0, Math.floor(next() * copy.length)) : copy;
}

describe('plist readers under mutation', () => {
  const value: PlistValue = {
    MessageName: 'Response', ErrorCode: -13, progress: new PlistReal(12.5), when: new Date(0), data: Buffer.alloc(40, 7),
    nested: { list: ['a', 'ü', { k: new PlistUid(3) }, 2n ** 60n] },
  };
  const samples: Record<string, Buffer> = { binary: writeBinaryPlist(value), XML: writeXmlPlist({ ...value, nested: ['a', 'ü'] }) };
  for (const [kind, sample] of Object.entries(samples)) {
    it(`${kind}: answers with a value or a PlistError, ${count} times`, () => {
      const next = random(20_261_122);
      let refused = 0;
      for (let i = 0; i < count; i++) {
        try {
          readPlist(mutate(sample, next));
        } catch (error) {
          assert.ok(error instanceof PlistError, `mutation ${i}: ${String(error)}`);
          refused++;
        }
      }
      assert.ok(refused > 0 && refused < count);
    }).timeout(60_000);
  }
});
