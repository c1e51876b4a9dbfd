import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findingTable, findingWords } from '../../../src/diagnosis/finding-words.ts';
import { english } from '../../../src/diagnosis/words.ts';

describe('the words for findings', () => {
  it('hold the facts, sizes as sizes', () => {
    const { sentence } = findingWords({ code: 'restore.no-space', severity: 'blocker', facts: { needed: 12_400_000_000, free: 512 } }, english);
    assert.equal(sentence, 'The backup holds 12.4 GB, but only 512 bytes are free on the device.');
  });

  it('of an unknown finding are its code and facts', () => {
    assert.equal(findingWords({ code: 'new.kind', severity: 'info', facts: { a: 1 } }, english).sentence, 'new.kind: {"a":1}');
  });

  it('cut endless facts', () => {
    const { sentence } = findingWords({ code: 'library.unreadable-entry', severity: 'warning', facts: { name: 'x'.repeat(10_000) } }, english);
    assert.ok(sentence.length < 200);
  });

  it('exist for every finding of a restore and of the library that the sources name', () => {
    const folder = fileURLToPath(new URL('../../../src/', import.meta.url));
    const rooms = ['jobs', 'library'].flatMap((room) => readdirSync(join(folder, room)).map((name) => join(folder, room, name)));
    const sources = rooms.filter((path) => path.endsWith('.ts')).map((path) => readFileSync(path, 'utf8'));
    const named = new Set(sources.flatMap((source) => source.match(/(?<=')(?:restore|library|verify)\.[a-z-]+(?=')/g) ?? []).filter((code) => !code.endsWith('.json')));
    assert.ok(named.size > 10);
    for (const code of named) assert.ok(findingTable[code], code);
    for (const code of Object.keys(findingTable).filter((each) => /^(?:restore|library|verify)\./.test(each))) assert.ok(named.has(code), `${code} has words and is never found`);
  });

  it('are sentences', () => {
    for (const [code, { sentence, next }] of Object.entries(findingTable)) for (const text of [sentence, next]) assert.match(text, /^$|^(?:[A-Z{]|macOS ).*[.]$/, code);
  });
});
