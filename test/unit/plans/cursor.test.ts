import assert from 'node:assert/strict';
import { cursorPlace } from '../../../src/plans/lsp/cursor.ts';

/** `kind path typed` at the `|` of the text. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = cursorPlace(text, offset);
  if (place) assert.equal(text.slice(place.start, offset), place.typed);
  return place && `${place.kind} ${place.path || '.'} ${place.typed}`.trimEnd();
}

describe('the place of the cursor in a plan that is being written', () => {
  it('is a key, of the root or of a map', () => {
    assert.equal(at('|'), 'key .');
    assert.equal(at('version: 1\ninc|'), 'key . inc');
    assert.equal(at('retention:\n  ke|'), 'key retention ke');
    assert.equal(at('schedule:\n  every: 1 day\n\n  # a comment: x\n  |'), 'key schedule');
    assert.equal(at('schedule:\n  every: 1 day\n|'), 'key .');
  });

  it('is a value', () => {
    assert.equal(at('device: An|'), 'value device An');
    assert.equal(at('schedule:\n  connection: |'), 'value schedule.connection');
    assert.equal(at('devices:\n  work: |'), 'value devices.work');
  });

  it('is a line of a list, in any style', () => {
    assert.equal(at('include:\n  - mess|'), 'item include mess');
    assert.equal(at('include:\n  - messages\n  - |'), 'item include');
    assert.equal(at('exclude:\n- |'), 'item exclude');
    assert.equal(at('include:\n  - "path:Ho|'), 'item include path:Ho');
    assert.equal(at('include: [mess|'), 'item include mess');
    assert.equal(at('include: [messages, no|'), 'item include no');
  });

  it('is nowhere in comments, in lists of nothing, and in text', () => {
    assert.equal(at('# ver|'), undefined);
    assert.equal(at('include:\n  - messages # co|'), undefined);
    assert.equal(at('notes:\n  - x|'), undefined);
    assert.equal(at('include:\n  -|'), undefined);
  });
});
