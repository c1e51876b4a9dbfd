import assert from 'node:assert/strict';
import { applySelection, parsePlan, planJson, planText, readPlan, type PlanOptions } from '../../../src/plans/index.ts';
import { parseTerm, termText } from '../../../src/selection/index.ts';
import { DataError } from '../../../src/shared/errors.ts';
import type { Selection } from '../../../src/shared/selection.ts';

const choose = (include: readonly string[], exclude: readonly string[] = []): Selection => ({ include: include.map(parseTerm), exclude: exclude.map(parseTerm) });
const textsOf = ({ include, exclude }: Selection): string[][] => [include.map(termText), exclude.map(termText)];

const text = `# My plan, above all

version: 1 # the first
device: any

# what I want
include:
  # dear to me
  - messages # chats
  - photos where after 2024-01-01
  # people
  - contacts
# what I do not want
exclude:
  - music
# end
encrypted: true # yes
`;

describe('a plan that a panel writes', () => {
  it('is a plan that says what was chosen, in YAML and in JSON', () => {
    const selection = choose(['messages', 'com.example.app', 'path:HomeDomain/a #b, "c"/', 'domain:AppDomainGroup-*', 'photos where size>=10MB'], ['path:CameraRollDomain/**']);
    const options: PlanOptions = {
      device: 'Anna’s: "iPhone" # 1', encrypted: true, library: '/srv/b #1', notes: 'one\ntwo', retention: { keepLast: 3, keepDays: undefined },
      schedule: { every: 12 * 3_600_000, connection: 'usb', charging: undefined, battery: 20 },
    };
    for (const written of [planText(selection, options, 'Made by a panel\nof two lines'), planJson(selection, options)]) {
      assert.deepEqual(parsePlan(written).problems, [], written);
      assert.deepEqual(readPlan(written), { version: 1, selection, ...options });
    }
    assert.ok(planText(selection, options, 'Made by').startsWith('# Made by\nversion: 1\n'));
  });

  it('of everything lists nothing', () => {
    assert.equal(planText({ include: [], exclude: [] }), 'version: 1\ndevice: any\n');
  });
});

describe('a plan that a panel changes', () => {
  it('keeps its comments, its order and its other keys', () => {
    const changed = applySelection(text, choose(['messages', 'contacts', 'com.example.app'], ['music', 'domain:BooksDomain']));
    assert.equal(
      changed,
      `# My plan, above all

version: 1 # the first
device: any

# what I want
include:
  # dear to me
  - messages # chats
  # people
  - contacts
  - com.example.app
# what I do not want
exclude:
  - music
  - domain:BooksDomain
# end
encrypted: true # yes
`,
    );
  });

  it('stays as it is when the choice stays', () => {
    assert.equal(applySelection(text, readPlan(text).selection), text);
  });

  it('loses a list that holds nothing any more, and gets one that was not there', () => {
    assert.ok(!applySelection(text, choose([], ['music'])).includes('include'));
    assert.equal(applySelection('version: 1\ndevice: any\nnotes: x\n', choose(['messages'], ['music'])), 'version: 1\ndevice: any\ninclude:\n  - messages\nexclude:\n  - music\nnotes: x\n');
  });

  it('keeps the way in which lists are written', () => {
    assert.equal(applySelection('version: 1\ninclude:\n- messages\n', choose(['messages', 'notes'])), 'version: 1\ninclude:\n- messages\n- notes\n');
    assert.equal(applySelection('version: 1\ninclude: ["messages"]\n', choose(['notes'])), 'version: 1\ninclude: [ notes ]\n');
    assert.equal(applySelection('{ "version": 1, "include": ["messages"] }', choose(['notes'])), '{\n  "version": 1,\n  "include": [\n    "notes"\n  ]\n}\n');
  });

  it('is repaired by it where only its lines were wrong', () => {
    assert.equal(applySelection('version: 1\ninclude:\n  - mesages\n  - photos\n', choose(['photos'])), 'version: 1\ninclude:\n  - photos\n');
    for (const wrong of ['version: 2\n', 'version: 1\npassword: x\n', '- a\n', 'version: 1\nnotes: "\n', '']) assert.throws(() => applySelection(wrong, choose(['photos'])), DataError, wrong);
  });

  it('says afterwards what was chosen, and no comment of a line of its own is lost, whatever was there before', () => {
    const terms = ['messages', 'contacts', 'notes', 'photos where size>=1MB', 'com.example.a', 'com.example.b', 'domain:HomeDomain', 'path:HomeDomain/Library/*'];
    const pick = (bits: number): string[] => terms.filter((_, n) => (bits >> n) & 1);
    for (let bits = 1; bits < 256; bits += 7) {
      const before = ['# top', 'version: 1', 'include:', ...pick(bits).flatMap((term, n) => [`  # note ${n}`, `  - ${term}`]), '# below', 'notes: x', ''].join('\n');
      for (const wanted of [pick(bits ^ 0x5a), pick(bits & 0x33), pick(255)].filter((list) => list.length > 0)) {
        const after = applySelection(before, choose(wanted));
        assert.deepEqual(textsOf(readPlan(after).selection).map((list) => list.toSorted()), [wanted.toSorted(), []]);
        for (const comment of before.match(/# .*/g) ?? []) assert.ok(after.includes(comment), `${comment} in\n${after}`);
        const kept = pick(bits).filter((term) => wanted.includes(term));
        assert.deepEqual(textsOf(readPlan(after).selection)[0]?.filter((term) => kept.includes(term)), kept, 'in the same order');
      }
    }
  });
});
