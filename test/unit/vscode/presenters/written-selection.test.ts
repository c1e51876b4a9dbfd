import assert from 'node:assert/strict';
import { parseSelectionLine, parseSelectionText, selectionLine } from '../../../../src/selection/index.ts';
import { readWritten, writtenExample } from '../../../../src/vscode/presenters/written-selection.ts';
import { inEnglish as w } from '../support/samples.ts';

function problemOf(text: string): string {
  const written = readWritten(text, w);
  return written.kind === 'problem' ? written.text : written.kind;
}

describe('a selection that is typed', () => {
  it('takes what the example shows: a category, a date, an app, a pattern and an exception', () => {
    assert.deepEqual(readWritten(writtenExample, w), {
      kind: 'selection',
      selection: {
        include: [
          { kind: 'category', id: 'messages' },
          { kind: 'category', id: 'photos', where: { after: '2025-01-01' } },
          { kind: 'app', bundleId: 'com.example.app' },
          { kind: 'path', domain: 'HomeDomain', pattern: 'Library/**/*.db' },
        ],
        exclude: [{ kind: 'category', id: 'music' }],
      },
    });
  });

  it('may leave out only, and stand loosely', () => {
    assert.deepEqual(parseSelectionLine(' ,except photos where size>=10MB ,, '), parseSelectionText('except photos where size>=10MB'));
  });

  it('comes again as it was written, commas in names too', () => {
    const selection = parseSelectionText('domain:"AppDomain-a,b"\npath:"HomeDomain/a, except b"\nexcept path:"HomeDomain/say \\"x, y\\""');
    assert.equal(selection.include.length, 2);
    assert.deepEqual(parseSelectionLine(selectionLine(selection)), selection);
  });

  it('is no problem while it is empty, and nothing that could be accepted', () => {
    for (const text of ['', '  ', ' , ']) assert.deepEqual(readWritten(text, w), { kind: 'nothing' });
  });

  it('says what is wrong, at the first term that is', () => {
    assert.equal(problemOf('messages, fotos'), 'There is no category “fotos”; “photos” was probably meant.');
    assert.equal(problemOf('qqqqqqqqqqqqqq'), 'There is no category “qqqqqqqqqqqqqq”.');
    assert.match(problemOf('photos where after yesterday'), /^This cannot be read as a choice\. Not a day: yesterday; write for example 2025-01-31\.$/);
    assert.match(problemOf('path:**/*.pdf'), /^This cannot be read as a choice\. Not a path: /);
    assert.match(problemOf('except '), /^(?:This cannot be read|There is no category)/);
  });
});
