import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlan } from '../../../src/plans/index.ts';
import { planKeys } from '../../../src/plans/keys.ts';

const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'plans.md'), 'utf8');

describe('the documentation of plans', () => {
  it('shows a plan without a fault that has every key', () => {
    const example = /```yaml\n([^]*?)```/.exec(text)?.[1] ?? '';
    const { outline, problems } = parsePlan(example);
    assert.deepEqual(problems, []);
    const wanted = planKeys.flatMap(({ name, keys = [] }) => [name, ...keys.map((key) => `${name}.${key.name}`)]);
    assert.deepEqual(outline.keys.map(({ path }) => path).toSorted(), wanted.toSorted());
  });
});
