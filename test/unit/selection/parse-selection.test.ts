import assert from 'node:assert/strict';
import { closest, closestApp, closestCategory, isEncryptedOnly, parseSelection, parseSelectionText, selectionNeedsEncryption, unknownTerms } from '../../../src/selection/index.ts';
import { DataError } from '../../../src/shared/errors.ts';

describe('selection: plain data from outside', () => {
  it('takes what the shape has and drops the rest', () => {
    const selection = { include: [{ kind: 'category', id: 'photos', where: { minBytes: 1, after: '2025-01-01', x: 1 }, extra: {} }], exclude: [{ kind: 'path', domain: 'A', pattern: 'b/**' }], more: 1 };
    assert.deepEqual(parseSelection(selection), {
      include: [{ kind: 'category', id: 'photos', where: { minBytes: 1, after: '2025-01-01' } }],
      exclude: [{ kind: 'path', domain: 'A', pattern: 'b/**' }],
    });
    assert.deepEqual(parseSelection({}), { include: [], exclude: [] });
    assert.deepEqual(parseSelection(JSON.parse('{"include":[{"kind":"category","id":"from-the-future","__proto__":{"a":1}}]}')).include, [{ kind: 'category', id: 'from-the-future' }]);
  });

  const term = (value: unknown): unknown => ({ include: [value] });
  const bad: readonly unknown[] = [
    undefined, null, 1, 'messages', [], { include: {} }, { include: 'messages' }, term(null), term('messages'), term({}), term({ kind: 'category' }),
    term({ kind: 'category', id: '../x' }), term({ kind: 'app', bundleId: 'a b' }), term({ kind: 'app', bundleId: 'a'.repeat(300) }),
    term({ kind: 'domain', domain: '' }), term({ kind: 'domain', domain: 'a/b' }), term({ kind: 'domain', domain: 'a\nb' }),
    term({ kind: 'path', domain: 'A' }), term({ kind: 'path', domain: 'A', pattern: '/etc' }), term({ kind: 'path', domain: 'A', pattern: 'a'.repeat(2000) }),
    term({ kind: 'category', id: 'photos', where: { minBytes: -1 } }), term({ kind: 'category', id: 'photos', where: { minBytes: '1' } }),
    term({ kind: 'category', id: 'photos', where: { after: '2025-13-01' } }), term({ kind: 'category', id: 'photos', where: [] }),
    term({ kind: 'category', id: 'photos', where: { minBytes: 2, maxBytes: 1 } }),
    { include: Array.from({ length: 6000 }, () => ({ kind: 'category', id: 'photos' })) },
  ];
  for (const [n, value] of bad.entries()) {
    it(`refuses unusable data (${n})`, () => {
      assert.throws(() => parseSelection(value), (error) => error instanceof DataError && error.code === 'data.selection');
    });
  }
});

describe('selection: names', () => {
  const apps = [{ bundleId: 'com.example.weather', name: 'Weather', groups: [], plugins: [] }];

  it('knows what was probably meant', () => {
    assert.equal(closestCategory('mesages'), 'messages');
    assert.equal(closestCategory('Photos and Video'), 'photos');
    assert.equal(closestCategory('xyzzy'), undefined);
    assert.equal(closestApp('com.exmaple.weather', apps), 'com.example.weather');
    assert.equal(closestApp('Wether', apps), 'com.example.weather');
    assert.equal(closest('HomeDomian', ['HomeDomain', 'RootDomain']), 'HomeDomain');
  });

  it('lists what does not exist, each with a suggestion', () => {
    const selection = { ...parseSelectionText('com.example.wheather\ndomain:HomeDomain\ndomain:RotDomain'), exclude: [{ kind: 'category', id: 'fotos' }] } as const;
    const found = unknownTerms(selection, { apps, domains: ['HomeDomain', 'RootDomain'] });
    assert.deepEqual(found.map(({ list, index }) => `${list} ${index}`), ['include 0', 'include 2', 'exclude 0']);
    assert.deepEqual(found.map(({ suggestion }) => suggestion), [
      { kind: 'app', bundleId: 'com.example.weather' },
      { kind: 'domain', domain: 'RootDomain' },
      { kind: 'category', id: 'photos' },
    ]);
    assert.equal(unknownTerms(selection).length, 1);
  });

  it('tells what needs an encrypted backup', () => {
    const ids = (text: string): string[] => selectionNeedsEncryption(parseSelectionText(text)).map(({ id }) => id);
    assert.deepEqual(ids('health\nmessages\nsafari\ndomain:KeychainDomain'), ['safari-history', 'safari-tabs', 'health', 'keychain']);
    assert.deepEqual(ids('except photos'), []);
    assert.equal(isEncryptedOnly(parseSelectionText('health\nkeychain')), true);
    assert.equal(isEncryptedOnly(parseSelectionText('health\nmessages')), false);
    assert.equal(isEncryptedOnly(parseSelectionText('except photos')), false);
  });
});
