import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indirectCalls, readJson, root, usedStrings } from './support/used-strings.ts';

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
const links = (text: string): string[] => (text.match(/command:[\w.?%]+/g) ?? []).toSorted();

describe('the translations', () => {
  const bundle = readJson('l10n', 'bundle.l10n.json');
  const chinese = readJson('l10n', 'bundle.l10n.zh-cn.json');
  const manifest = readJson('package.nls.json');
  const chineseManifest = readJson('package.nls.zh-cn.json');

  it('hold exactly the sentences that the code and the tables use', () => {
    assert.deepEqual(Object.keys(bundle).toSorted(), [...usedStrings()].toSorted());
    for (const [key, value] of Object.entries(bundle)) assert.equal(value, key);
  });

  it('find every sentence: only the tables are translated by variable', () => {
    assert.deepEqual(indirectCalls().map((path) => path.slice(path.lastIndexOf('/') + 1)), ['explain-failures.ts', 'help-documents.ts', 'row-names.ts', 'error-words.ts', 'finding-words.ts']);
  });

  it('have the same keys and placeholders in both languages', () => {
    assert.deepEqual(Object.keys(chinese).toSorted(), Object.keys(bundle).toSorted());
    for (const [key, value] of Object.entries(chinese)) assert.deepEqual(placeholders(value), placeholders(key), key);
  });

  it('are translations: hardly any sentence is the same in both languages', () => {
    const untranslated = Object.entries(chinese).filter(([key, value]) => key === value && /[a-z]{3}/.test(key.replaceAll(/\{\w+\}/g, '')));
    assert.deepEqual(untranslated.map(([key]) => key), []);
  });

  it('of the manifest have the keys that it names, and the same commands behind links', () => {
    const named = readFileSync(join(root, 'package.json'), 'utf8').match(/(?<="%)[\w.-]+(?=%")/g) ?? [];
    assert.deepEqual(Object.keys(manifest).toSorted(), [...new Set(named)].toSorted());
    assert.deepEqual(Object.keys(chineseManifest).toSorted(), Object.keys(manifest).toSorted());
    for (const [key, value] of Object.entries(chineseManifest)) assert.deepEqual(links(value), links(manifest[key] ?? ''), key);
  });
});
