import assert from 'node:assert/strict';
import { make } from './helpers.ts';

describe('names that break programs', () => {
  const names = [...make('tiny').items()].map((item) => item.path.slice(item.path.lastIndexOf('/') + 1)).filter((name) => name !== '');
  const some = (what: string, test: (name: string) => boolean): void => {
    it(`has ${what}`, () => assert.ok(names.some(test)));
  };

  some('composed letters', (name) => name !== name.normalize('NFD') && name === name.normalize('NFC'));
  some('decomposed letters', (name) => name !== name.normalize('NFC') && name === name.normalize('NFD'));
  some('a mixture of both', (name) => name !== name.normalize('NFC') && name !== name.normalize('NFD'));
  some('right-to-left letters', (name) => /\p{Script=Hebrew}/u.test(name));
  some('a control that turns the direction', (name) => name.includes('\u202e'));
  some('a component of 255 bytes', (name) => Buffer.byteLength(name) === 255);
  some('a leading dot', (name) => name.startsWith('.'));
  some('a space at the end', (name) => name.endsWith(' '));
  some('emoji joined to one', (name) => name.includes('\u200d'));
  some('a name that Windows reserves', (name) => name === 'AUX');
  some('a colon', (name) => name.includes(':'));
  some('a backslash', (name) => name.includes('\\'));
  some('a line break', (name) => name.includes('\n'));

  it('has two forms of one text side by side', () => {
    const composed = new Map(names.map((name) => [name, name.normalize('NFC')]));
    assert.ok([...composed].some(([name, normal]) => name !== normal && names.includes(normal)));
  });

  it('has no name that no phone could have', () => {
    for (const name of names) assert.ok(Buffer.byteLength(name) <= 255 && !name.includes('\0') && name !== '.' && name !== '..', name);
  });
});
