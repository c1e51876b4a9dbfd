import assert from 'node:assert/strict';
import { jsonPlace } from '../../../src/plans/lsp/json-cursor.ts';

/** `kind path text`: the text that a completion replaces, with the quotes that are there already. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = jsonPlace(text, offset);
  if (place) assert.equal(text.slice(place.start, offset), place.typed);
  return place && `${place.kind} ${place.path || '.'} ${place.isOpen ? '"' : ''}${text.slice(place.start, place.end)}${place.isClosed ? '"' : ''}`.trimEnd();
}

describe('the place of the cursor in a plan in JSON that is being written', () => {
  it('is a key, of the root or of a map', () => {
    assert.equal(at('{ |'), 'key .');
    assert.equal(at('{ "version": 1, "inc|'), 'key . "inc');
    assert.equal(at('{ "retention": { "ke|" } }'), 'key retention "ke"');
    assert.equal(at('{ "schedule": { "every": "1 day" }, |'), 'key .');
  });

  it('is a value, with or without its quotes', () => {
    assert.equal(at('{ "device": |'), 'value device');
    assert.equal(at('{ "device": "An|" }'), 'value device "An"');
    assert.equal(at('{ "device": "An|na" }'), 'value device "Anna"');
    assert.equal(at('{ "devices": { "work": "|\n}'), 'value devices.work "');
    assert.equal(at('{\n  "schedule": { "every": |"1 day" } }'), 'value schedule.every');
  });

  it('is a line of a list', () => {
    assert.equal(at('{ "include": [|] }'), 'item include');
    assert.equal(at('{ "include": ["mess|"] }'), 'item include "mess"');
    assert.equal(at('{ "include": ["messages", "path:Home|\n], "device": "any" }'), 'item include "path:Home');
    assert.equal(at('{ "version": 1,\n  "exclude": [\n    "messages",\n    no|\n  ] }'), 'item exclude no');
    assert.equal(at('{ "include": ["say \\"x\\" and, [so|" ] }'), 'item include "say \\"x\\" and, [so"');
  });

  it('is nowhere behind what is whole, in lists of nothing, and outside', () => {
    assert.equal(at('|'), undefined);
    assert.equal(at('{ "include": ["messages"|] }'), undefined);
    assert.equal(at('{ "include": ["messages" |] }'), undefined);
    assert.equal(at('{ "include"| }'), undefined);
    assert.equal(at('{ "notes": ["x|"] }'), undefined);
    assert.equal(at('{ "version": 1 } |'), undefined);
    assert.equal(at('[["x|"]]'), undefined);
    assert.equal(at(']]}}{ "include": [|'), 'item include');
  });
});
