import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyText } from '../../../src/plans/key-words.ts';
import { keysBelow, planKeys, type KeyInfo } from '../../../src/plans/keys.ts';
import { planLimits, planVersion } from '../../../src/plans/plan.ts';
import { english } from '../../../src/shared/words.ts';

interface Schema {
  readonly $id?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: { readonly terms: { readonly maxItems: number; readonly items: { readonly maxLength: number } } };
}

const root = join(import.meta.dirname, '..', '..', '..');
const schema = JSON.parse(readFileSync(join(root, 'media', 'iphone-backup-plan.schema.json'), 'utf8')) as Schema;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { contributes: { jsonValidation: { fileMatch: string; url: string }[]; languages: { id: string; extensions: string[] }[] } };

describe('the published schema of plans', () => {
  it('has the keys, kinds and bounds of the language, each with a description', () => {
    const compare = (known: readonly KeyInfo[], { properties = {}, additionalProperties }: Schema): void => {
      assert.deepEqual(Object.keys(properties), known.map(({ name }) => name));
      assert.equal(additionalProperties, false);
      for (const info of known) {
        const said = properties[info.name];
        assert.ok(said?.description, info.name);
        if (info.name !== 'version' && info.kind === 'number') assert.deepEqual([said.type, said.minimum, said.maximum], ['integer', info.least, info.most]);
        if (info.kind === 'flag') assert.equal(said.type, 'boolean');
        if (info.kind === 'choice') assert.deepEqual(said.enum, info.choices);
        if (info.keys) compare(info.keys, said);
      }
    };
    compare(planKeys, schema);
  });

  it('is of the version that the program reads, and names it', () => {
    assert.equal(schema.properties?.['version']?.const, planVersion);
    assert.ok(schema.$id?.includes(`.v${planVersion}.`));
    assert.deepEqual([schema.definitions?.terms.maxItems, schema.definitions?.terms.items.maxLength], [planLimits.terms, planLimits.text]);
  });

  it('is what the editor holds JSON plans against; YAML plans have a language of their own', () => {
    assert.deepEqual(manifest.contributes.jsonValidation, [{ fileMatch: '*.iphone-backup.json', url: './media/iphone-backup-plan.schema.json' }]);
    assert.deepEqual(manifest.contributes.languages.map(({ id, extensions }) => [id, extensions]), [['iphone-backup-plan', ['.iphone-backup.yaml', '.iphone-backup.yml']]]);
  });

  it('is explained by hovers, key by key', () => {
    for (const top of planKeys) for (const path of [top.name, ...keysBelow(top.name).map(({ name }) => `${top.name}.${name}`)]) assert.ok(keyText(path, english), path);
    assert.equal(keyText('toString', english), undefined);
  });
});
