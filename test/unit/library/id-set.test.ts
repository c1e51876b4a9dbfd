import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { IdSet } from '../../../src/library/id-set.ts';

const idOf = (number: number): string => createHash('sha1').update(String(number)).digest('hex');

describe('library: the set of content ids', () => {
  for (const expected of [0, 2999, 3000, 100_000]) {
    it(`holds 3,000 ids where ${expected} were expected`, () => {
      const ids = new IdSet(expected);
      for (let number = 0; number < 3000; number++) ids.add(idOf(number));
      for (let number = 0; number < 3000; number += 2) ids.add(idOf(number));
      assert.equal(ids.size, 3000);
      for (let number = 0; number < 3000; number++) assert.ok(ids.has(idOf(number)), String(number));
      for (let number = 3000; number < 6000; number++) assert.ok(!ids.has(idOf(number)), String(number));
    });
  }

  it('tells what was never taken', () => {
    const ids = new IdSet();
    for (let number = 0; number < 2000; number++) ids.add(idOf(number));
    for (let number = 0; number < 1990; number++) assert.ok(ids.take(idOf(number)));
    assert.ok(!ids.take(idOf(2000)));
    assert.deepEqual([...ids.untaken()].toSorted(), Array.from({ length: 10 }, (_, index) => idOf(1990 + index)).toSorted());
  });

  it('finds ids that all begin alike, past the end of its memory too', () => {
    const ids = new IdSet(1);
    const alike = Array.from({ length: 700 }, (_, number) => `ffffffff${number.toString(16).padStart(32, '0')}`);
    for (const id of alike) ids.add(id);
    assert.equal(ids.size, 700);
    assert.ok(alike.every((id) => ids.has(id)));
    assert.ok(!ids.has('f'.repeat(40)));
  });
});
