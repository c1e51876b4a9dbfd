import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { JournalTable, journalField, journalRecordLength, type JournalState } from '../../../src/library/journal-table.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function recordOf(place: number, id: string, size = 0, digest?: Buffer): Buffer {
  const record = Buffer.alloc(journalRecordLength);
  record[journalField.place] = place;
  record.write(id, journalField.id, 'hex');
  record.writeUIntLE(size, journalField.size, 6);
  digest?.copy(record, journalField.sha256);
  return record;
}

/** A small generator with a seed: the same steps in each run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield state;
}

describe('library: the states of a journal', () => {
  for (const expected of [0, 300]) {
    it(`are those of a map after 5,000 random records, with room for ${expected}`, () => {
      const table = new JournalTable(expected);
      const model = new Map<string, JournalState | 'unknown'>();
      const source = numbers(7);
      const next = (below: number): number => Math.floor(source.next().value / 65_536) % below;
      const keys = Array.from({ length: 200 }, (_, index) => sha1(String(index)));
      for (let step = 0; step < 5000; step++) {
        const id = keys[next(keys.length)] ?? '';
        const place = next(2);
        const [key, other] = place === 1 ? [`s/${id}`, id] : [id, `s/${id}`];
        const act = next(100);
        if (act < 45) {
          const state = { size: step, sha256: sha256(String(step)), isDurable: false };
          table.received(recordOf(place, id, state.size, state.sha256));
          model.set(key, state);
        } else if (act < 90) {
          table.moved(recordOf(place, id));
          model.set(key, model.get(other) ?? 'unknown');
          model.delete(other);
        } else if (act < 98) {
          table.forgotten(recordOf(place, id));
          model.set(key, 'unknown');
        } else if (act < 99 || step % 4 > 0) {
          table.markDurable();
          for (const [known, state] of model) if (state !== 'unknown') model.set(known, { ...state, isDurable: true });
        } else {
          table.clear();
          model.clear();
        }
        assert.deepEqual(table.get(key), model.get(key), `step ${step}`);
        assert.deepEqual(table.get(other), model.get(other), `step ${step}`);
      }
      for (const id of keys) for (const key of [id, `s/${id}`]) assert.deepEqual(table.get(key), model.get(key));
    });
  }

  it('keeps named files apart from each other and from an id of the same bytes', () => {
    const table = new JournalTable(0);
    const none = '0'.repeat(40);
    const ofStatus = recordOf(2 + 2 * 1, none, 5, sha256('status'));
    table.received(ofStatus);
    table.received(recordOf(0, none, 7, sha256('content')));
    const sizes = ['Status.plist', 's/Status.plist', 'Info.plist', none].map((key) => (table.get(key) as JournalState | undefined)?.size);
    assert.deepEqual(sizes, [5, undefined, undefined, 7]);
  });
});
