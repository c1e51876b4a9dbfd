import assert from 'node:assert/strict';
import { parseSelectionText, parseTerm, parseTerms, selectionText, termText, type SelectionTerm } from '../../../src/selection/index.ts';
import { DataError } from '../../../src/shared/errors.ts';

const terms: readonly (readonly [text: string, term: SelectionTerm])[] = [
  ['messages', { kind: 'category', id: 'messages' }],
  ['com.example.app', { kind: 'app', bundleId: 'com.example.app' }],
  ['app:Short', { kind: 'app', bundleId: 'Short' }],
  ['domain:HomeDomain', { kind: 'domain', domain: 'HomeDomain' }],
  ['domain:AppDomainGroup-*', { kind: 'domain', domain: 'AppDomainGroup-*' }],
  ['path:CameraRollDomain/Media/DCIM/', { kind: 'path', domain: 'CameraRollDomain', pattern: 'Media/DCIM/' }],
  ['path:HomeDomain/Library/**/*.db', { kind: 'path', domain: 'HomeDomain', pattern: 'Library/**/*.db' }],
  ['photos where size>=10MB', { kind: 'category', id: 'photos', where: { minBytes: 10_000_000 } }],
  [
    'photos where size>=1500KB and size<=2GB and after 2025-01-01 and before 2025-12-31',
    { kind: 'category', id: 'photos', where: { minBytes: 1_500_000, maxBytes: 2e9, after: '2025-01-01', before: '2025-12-31' } },
  ],
];

const hard: readonly SelectionTerm[] = [
  { kind: 'path', domain: 'HomeDomain', pattern: 'a where b' },
  { kind: 'path', domain: 'HomeDomain', pattern: 'a where after 2025-01-01' },
  { kind: 'path', domain: 'HomeDomain', pattern: 'a where b', where: { after: '2025-01-01' } },
  { kind: 'path', domain: 'HomeDomain', pattern: 'Fotos, "beste"\\/x ' },
  { kind: 'domain', domain: 'AppDomain-a,b' },
  { kind: 'category', id: 'photos', where: { maxBytes: 0 } },
];

describe('selection: terms as text', () => {
  for (const [text, term] of terms) {
    it(`reads and writes ${text}`, () => {
      assert.deepEqual(parseTerm(text), term);
      assert.equal(termText(term), text);
    });
  }

  for (const term of hard) {
    it(`finds ${JSON.stringify(term)} again`, () => {
      assert.deepEqual(parseTerm(termText(term)), term);
      assert.deepEqual(parseTerms(`messages,${termText(term)},contacts`)[1], term);
    });
  }

  it('reads what a person may write', () => {
    assert.deepEqual(parseTerm(' Messages '), { kind: 'category', id: 'messages' });
    assert.deepEqual(parseTerm('photos where Size >= 1.5 gb AND After 2025-01-01').where, { minBytes: 1.5e9, after: '2025-01-01' });
    assert.deepEqual(parseTerm('path:HomeDomain/what where it is'), { kind: 'path', domain: 'HomeDomain', pattern: 'what where it is' });
    assert.deepEqual(parseTerm('photos where size<=64KiB').where, { maxBytes: 65_536 });
  });

  const bad: readonly (readonly [text: string, hint: RegExp])[] = [
    ['', /empty/],
    ['mesages', /did you mean 'messages'/],
    ['Contcats', /did you mean 'contacts'/],
    ['whatever', /no category/],
    ['com.exa mple', /bundle id/],
    ['domain:', /domain/],
    ['domain:a*b', /domain/],
    ['path:HomeDomain', /path/],
    ['path:HomeDomain//etc', /path/],
    ['photos where', /no category/],
    ['photos where big', /condition/],
    ['photos where size>=many', /size/],
    ['photos where after 2025-02-30', /day/],
    ['photos where after yesterday', /day/],
    ['photos where size>=1MB and size>=2MB', /twice/],
    ['photos where size>=2MB and size<=1MB', /above/],
    ['photos where after 2025-02-01 and before 2025-01-01', /after the last/],
    ['path:"HomeDomain/a', /quoted/],
    [`path:HomeDomain/${'a'.repeat(5000)}`, /limit/],
    ['domain:Home\nDomain', /domain/],
  ];
  for (const [text, hint] of bad) {
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(() => parseTerm(text), (error) => error instanceof DataError && error.code === 'data.selection' && hint.test(error.message));
    });
  }

  it('writes equal selections alike, and reads them again', () => {
    const [a, b]: SelectionTerm[] = [{ kind: 'category', id: 'photos' }, { kind: 'category', id: 'messages' }] as SelectionTerm[];
    const out: SelectionTerm = { kind: 'path', domain: 'CameraRollDomain', pattern: 'Media/**/*.MOV' };
    assert.ok(a && b);
    const text = selectionText({ include: [a, b, a], exclude: [out] });
    assert.equal(text, 'messages\nphotos\nexcept path:CameraRollDomain/Media/**/*.MOV');
    assert.equal(selectionText({ include: [b, a], exclude: [out] }), text);
    assert.deepEqual(parseSelectionText(text), { include: [b, a], exclude: [out] });
    assert.deepEqual(parseSelectionText(''), { include: [], exclude: [] });
  });
});
