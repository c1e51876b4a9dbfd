import assert from 'node:assert/strict';
import { AppIndex, compileSelection, parseSelectionText, type AppDomains } from '../../../src/selection/index.ts';

const apps: readonly AppDomains[] = [
  { bundleId: 'com.example.app', name: 'App', groups: ['group.shared'], plugins: ['org.other.widget'] },
  { bundleId: 'com.example.app.lite', name: 'Lite', groups: ['group.shared'], plugins: [] },
];

/** Paths of `all` (`Domain/path`) that a selection takes. */
function taken(selection: string, all: readonly string[], known = apps): string[] {
  const matches = compileSelection(parseSelectionText(selection), known);
  return all.filter((path) => {
    const at = path.indexOf('/');
    return matches({ domain: path.slice(0, at), relativePath: path.slice(at + 1) });
  });
}

const files = [
  'HomeDomain/Library/SMS/sms.db',
  'HomeDomain/Library/SMS/sms.db-wal',
  'HomeDomain/Library/AddressBook/AddressBook.sqlitedb',
  'HomeDomain/Library/Preferences/com.apple.x.plist',
  'CameraRollDomain/Media/DCIM/100APPLE/IMG_0001.HEIC',
  'CameraRollDomain/Media/DCIM/100APPLE/IMG_0002.MOV',
  'CameraRollDomain/Media/PhotoData/Photos.sqlite',
  'AppDomain-com.example.app/Documents/a',
  'AppDomainPlugin-com.example.app.widget/Documents/a',
  'AppDomainPlugin-com.example.app.lite.widget/Documents/a',
  'AppDomainPlugin-org.other.widget/Documents/a',
  'AppDomainGroup-group.shared/a',
  'AppDomainGroup-group.com.example.app/a',
  'AppDomain-com.example.application/Documents/a',
  'UnknownDomain/a',
];

describe('selection: predicates', () => {
  const cases: readonly (readonly [selection: string, ...expected: readonly string[]])[] = [
    ['messages', 'HomeDomain/Library/SMS/sms.db', 'HomeDomain/Library/SMS/sms.db-wal'],
    ['settings', 'HomeDomain/Library/Preferences/com.apple.x.plist'],
    ['photo-library', 'CameraRollDomain/Media/PhotoData/Photos.sqlite'],
    ['domain:CameraRollDomain\nexcept photo-library', 'CameraRollDomain/Media/DCIM/100APPLE/IMG_0001.HEIC', 'CameraRollDomain/Media/DCIM/100APPLE/IMG_0002.MOV'],
    ['path:CameraRollDomain/Media/DCIM/\nexcept path:CameraRollDomain/**.MOV', 'CameraRollDomain/Media/DCIM/100APPLE/IMG_0001.HEIC'],
    ['path:HomeDomain/Library/*/sms.db', 'HomeDomain/Library/SMS/sms.db'],
    ['path:HomeDomain/*.db'],
    ['path:HomeDomain/Library/SMS'],
    [
      'com.example.app',
      'AppDomain-com.example.app/Documents/a',
      'AppDomainPlugin-com.example.app.widget/Documents/a',
      'AppDomainPlugin-org.other.widget/Documents/a',
      'AppDomainGroup-group.shared/a',
      'AppDomainGroup-group.com.example.app/a',
    ],
    ['domain:AppDomainGroup-*\nexcept com.example.app'],
    ['domain:Nowhere'],
  ];
  for (const [selection, ...expected] of cases) {
    it(`takes ${expected.length} of ${JSON.stringify(selection)}`, () => assert.deepEqual(taken(selection, files), expected));
  }

  it('takes everything where nothing is included, but what is excluded', () => {
    assert.deepEqual(taken('', files), files);
    assert.deepEqual(taken('except apps\nexcept domain:UnknownDomain', files), files.slice(0, 7));
  });

  it('finds extensions and groups of an app by their names where nobody claims them', () => {
    const names = taken('com.example.app', files, []);
    assert.ok(names.includes('AppDomainPlugin-com.example.app.widget/Documents/a'));
    assert.ok(!names.includes('AppDomainGroup-group.shared/a'));
    assert.ok(!names.includes('AppDomain-com.example.application/Documents/a'));
  });

  it('holds sizes and days inclusively, and no unknown ones', () => {
    const matches = compileSelection(parseSelectionText('photos where size>=10B and size<=20B and after 2025-03-01 and before 2025-03-02'));
    const item = (size?: number, modified?: Date) =>
      matches({ domain: 'CameraRollDomain', relativePath: 'Media/DCIM/1', size, modified: modified && modified.getTime() / 1000 });
    assert.ok(item(10, new Date(2025, 2, 1)));
    assert.ok(item(20, new Date(2025, 2, 2, 23, 59, 59)));
    assert.ok(!item(9, new Date(2025, 2, 1)));
    assert.ok(!item(21, new Date(2025, 2, 1)));
    assert.ok(!item(10, new Date(2025, 1, 28, 23, 59, 59)));
    assert.ok(!item(10, new Date(2025, 2, 3)));
    assert.ok(!item(undefined, new Date(2025, 2, 1)));
    assert.ok(!item(10));
  });

  it('matches patterns in time that grows with their length alone', () => {
    const path = `${'a'.repeat(900)}c`;
    const hostile = ['*a'.repeat(300) + 'b', '**a'.repeat(200) + 'b', '*'.repeat(1000) + 'b', '**/'.repeat(300)];
    const start = performance.now();
    for (const pattern of hostile) assert.deepEqual(taken(`path:HomeDomain/${pattern}`, [`HomeDomain/${path}`]), []);
    assert.ok(performance.now() - start < 2000);
  });

  it('agrees with a plain definition of the wildcards', () => {
    const some = (letters: readonly string[], count: number): string => Array.from({ length: count }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
    for (let round = 0; round < 3000; round++) {
      const pattern = some(['a', 'b', '/', '*', '**', '.'], 1 + (round % 5)).replace(/^\//, 'a');
      const path = some(['a', 'b', '/', '.'], 1 + (round % 7));
      const expected = plainMatch(pattern.endsWith('/') ? `${pattern}**` : pattern, path);
      assert.equal(taken(`path:D/${pattern}`, [`D/${path}`]).length === 1, expected, `${pattern} on ${path}`);
    }
  });

  it('gives a group to all apps that claim it and a name to the longest id', () => {
    const index = new AppIndex(apps);
    assert.deepEqual(index.owners('AppDomainGroup-group.shared'), ['com.example.app', 'com.example.app.lite']);
    assert.deepEqual(index.owners('AppDomainPlugin-com.example.app.lite.widget'), ['com.example.app.lite']);
    assert.deepEqual(index.owners('AppDomainGroup-ABCDE12345.com.example.app.data'), ['com.example.app']);
    assert.deepEqual(index.owners('AppDomainGroup-group.elsewhere'), []);
    assert.deepEqual(index.owners('HomeDomain'), []);
  });
});

/** By definition: try every way that a wildcard can stand for something. */
function plainMatch(pattern: string, path: string): boolean {
  if (pattern === '') return path === '';
  const wild = /^\*+/.exec(pattern)?.[0];
  if (wild === undefined) return path[0] === pattern[0] && plainMatch(pattern.slice(1), path.slice(1));
  const rest = pattern.slice(wild.length);
  for (let length = 0; length <= path.length; length++) {
    if (wild.length === 1 && path.slice(0, length).includes('/')) return false;
    if (plainMatch(rest, path.slice(length))) return true;
  }
  return false;
}
