import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parsePlan } from '../../../src/plans/parse-plan.ts';
import { planLimits } from '../../../src/plans/plan.ts';
import { validatePlan } from '../../../src/plans/validate-plan.ts';
import { completionAt } from '../../../src/plans/lsp/completion.ts';
import { cursorPlace } from '../../../src/plans/lsp/cursor.ts';
import { formatted, linksOf, symbolsOf } from '../../../src/plans/lsp/structure.ts';
import { hoverAt } from '../../../src/plans/lsp/hover.ts';
import { planOf } from '../../../src/plans/read-plan.ts';
import { english } from '../../../src/shared/words.ts';

const codesOf = (text: string): string[] => parsePlan(text).problems.map(({ code }) => code);

/** mulberry32: the same sequence for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sample = `# plan
version: 1
device: work
devices: { work: Anna }
include:
  - messages
  - photos where after 2024-01-01
exclude:
  - 'path:HomeDomain/**'
retention:
  keep-last: 3
notes: |
  text
`;

const pieces = ['\n', '  ', '- ', ': ', '[', ']', '{', '}', '&a ', '*a', '!!x ', '"', "'", '|\n', '>', '#', '---\n', '? ', ',', '\t', '\u0000', '\ufeff', '\u2028', 'version', 'password', '<<: *a', '\ud800', '%TAG'];

const applied = (text: string, edits: readonly TextEdit[]): string => TextDocument.applyEdits(TextDocument.create('', '', 1, text), [...edits]);

describe('a hostile plan file', function () {
  this.timeout(60_000);

  it('of anchors, aliases and cycles is refused at the first of them', () => {
    for (const text of ['a: &a [*a]\n', '&a a: 1\n', 'version: 1\ninclude: &x\n  - *x\n', 'version: 1\n<<: *base\n', `a: &a [x,x]\n${'b: &b [*a,*a]\n'.repeat(40)}`]) assert.deepEqual(codesOf(text), ['anchor'], text.slice(0, 40));
    assert.deepEqual(codesOf('version: !!int 1\n'), ['tag']);
    assert.equal(parsePlan('version: 1\ninclude: &x\n').problems[0]?.range.start, 'version: 1\ninclude: '.length);
  });

  it('of any size is judged in a moment', () => {
    const half = planLimits.length / 2;
    const texts: Record<string, string> = {
      large: 'x'.repeat(4 << 20),
      brackets: '['.repeat(half),
      braces: '{a: '.repeat(half / 4),
      dashes: '- '.repeat(half / 2),
      questions: '? '.repeat(half / 2),
      deep: Array.from({ length: 1_400 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      anchors: '&a '.repeat(half / 3),
      tags: '!'.repeat(half),
      quotes: '"'.repeat(half),
      broken: 'a: b: c\n'.repeat(half / 8),
      keys: Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join('\n'),
      line: `{${Array.from({ length: 40_000 }, (_, n) => `k${n}: 1`).join(', ')}}`,
      misspelt: `{version: 1, include: [${Array.from({ length: 5_000 }, () => 'mesages').join(', ')}]}`,
      terms: `version: 1\ninclude:\n${'  - messages\n'.repeat(half / 13)}`,
      documents: '---\n'.repeat(half / 4),
      comments: '#\n'.repeat(half / 2),
      spaces: ' '.repeat(half),
      long: `version: 1\nnotes: ${'x'.repeat(half)}\n`,
    };
    for (const [name, text] of Object.entries(texts)) {
      const start = performance.now();
      const codes = codesOf(text);
      assert.ok(name === 'long' ? codes.length === 0 : codes.length > 0, name);
      // Not a figure of speed: what grows with the square of the length takes minutes here.
      assert.ok(performance.now() - start < 20_000, name);
    }
  });

  it('with more lines than a plan may have says so', () => {
    const lines = Array.from({ length: planLimits.terms + 1 }, (_, n) => `  - com.example.a${n}`).join('\n');
    assert.deepEqual(codesOf(`version: 1\ninclude:\n${lines}\n`), ['too-many-terms']);
  });

  it('does not reach the prototype of anything', () => {
    assert.deepEqual(codesOf('version: 1\n__proto__: { polluted: 1 }\nconstructor: 1\n'), ['unknown-key', 'unknown-key']);
    assert.deepEqual(codesOf('version: 1\ndevices: { __proto__: Anna, toString: Bea }\n'), []);
    assert.equal((({}) as Record<string, unknown>)['polluted'], undefined);
  });

  it('made by chance never throws, and its problems and fixes lie within it', () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const next = random(seed);
      let text = sample;
      for (let n = 0; n < 1 + next() * 6; n++) {
        const at = Math.floor(next() * (text.length + 1));
        const cut = Math.floor(next() * next() * 12);
        text = text.slice(0, at) + (pieces[Math.floor(next() * pieces.length)] ?? '') + text.slice(at + cut);
      }
      const plan = parsePlan(text);
      const problems = validatePlan(plan);
      for (const { range, fixes } of problems) {
        for (const { start, end } of [range, ...fixes.flatMap(({ edits }) => edits)]) assert.ok(start >= 0 && start <= end && end <= text.length, `seed ${seed}`);
      }
      const document = TextDocument.create('file:///x.iphone-backup.yaml', 'iphone-backup-plan', 1, text);
      const view = { document, plan, problems, facts: undefined, figures: undefined, t: english, locale: 'en', isTrusted: false, commands: undefined };
      const position = document.positionAt(Math.floor(next() * text.length));
      cursorPlace(text, document.offsetAt(position));
      completionAt(view, position);
      hoverAt(view, position);
      linksOf(view);
      symbolsOf(view);
      const neat = applied(text, formatted(view));
      if (problems.length === 0) assert.deepEqual(planOf(parsePlan(neat).outline), planOf(plan.outline), `seed ${seed} says the same when it is formatted`);
    }
  });
});
