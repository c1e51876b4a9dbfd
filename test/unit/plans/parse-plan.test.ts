import assert from 'node:assert/strict';
import { readPlan } from '../../../src/plans/index.ts';
import { parsePlan } from '../../../src/plans/parse-plan.ts';
import { problemText } from '../../../src/plans/problem-words.ts';
import { applyEdits } from '../../../src/plans/text-edits.ts';
import { DataError } from '../../../src/shared/errors.ts';
import { english } from '../../../src/shared/words.ts';

const lineOfFirst = (text: string): string => {
  const [first] = parsePlan(text).problems;
  return first ? `${text.slice(0, first.range.start).split('\n').length} ${first.code}` : '';
};

/** The text after the first quick fix of each problem, one after the other until none is left. */
function repaired(text: string): string {
  let now = text;
  for (let n = 0; n < 10; n++) {
    const fix = parsePlan(now).problems.find(({ fixes }) => fixes.length > 0)?.fixes[0];
    if (!fix) return now;
    now = applyEdits(now, fix.edits);
  }
  return now;
}

describe('a plan file', () => {
  it('is read with all that it may say', () => {
    const text = `# nightly
version: 1
device: work
devices:
  work: 00008110-001A2B3C4D5E6F70
include:
  - messages
  - com.example.app # an app
  - 'path:HomeDomain/Library/**/*.db'
  - photos where size>=10MB and after 2025-01-01
exclude: ["domain:AppDomainGroup-*"]
encrypted: true
library: ~/Backups
retention: { keep-last: 5, keep-days: 90 }
schedule:
  every: 2 weeks
  connection: usb
  charging: true
  battery: 50
notes: |
  one
  two
`;
    assert.deepEqual(parsePlan(text).problems, []);
    assert.deepEqual(readPlan(text), {
      version: 1,
      device: '00008110-001A2B3C4D5E6F70',
      selection: {
        include: [
          { kind: 'category', id: 'messages' },
          { kind: 'app', bundleId: 'com.example.app' },
          { kind: 'path', domain: 'HomeDomain', pattern: 'Library/**/*.db' },
          { kind: 'category', id: 'photos', where: { minBytes: 10_000_000, after: '2025-01-01' } },
        ],
        exclude: [{ kind: 'domain', domain: 'AppDomainGroup-*' }],
      },
      encrypted: true,
      library: '~/Backups',
      retention: { keepLast: 5, keepDays: 90 },
      schedule: { every: 14 * 24 * 3_600_000, connection: 'usb', charging: true, battery: 50 },
      notes: 'one\ntwo\n',
    });
  });

  it('may be JSON, and may say nothing but its version', () => {
    const empty = { version: 1, device: undefined, selection: { include: [], exclude: [] }, encrypted: undefined, library: undefined, retention: undefined, schedule: undefined, notes: undefined };
    assert.deepEqual(readPlan('{"version":1}'), empty);
    assert.deepEqual(readPlan('\ufeffversion: 1\r\ndevice: any\r\n'), empty);
    assert.deepEqual(readPlan('{\n\t"version": 1,\n\t"include": [\n\t\t"messages"\n\t]\n}').selection.include, [{ kind: 'category', id: 'messages' }]);
  });

  it('names the line of what is wrong', () => {
    const wrong: readonly (readonly [text: string, found: string])[] = [
      ['', '1 empty'],
      ['# only a comment\n', '1 empty'],
      ['- messages\n', '1 type'],
      ['just text\n', '1 type'],
      ['device: any\n', '1 missing-version'],
      ['version: 2\nfoo: bar\n', '1 newer-version'],
      ['version: "1"\n', '1 type'],
      ['version: 1.5\n', '1 type'],
      ['version: 0\n', '1 range'],
      ['version: 1\nversion: 1\n', '2 duplicate-key'],
      ['version: 1\ninclud:\n  - messages\n', '2 unknown-key'],
      ['version: 1\ninclude: messages\n', '2 type'],
      ['version: 1\ninclude: []\n', '2 empty-list'],
      ['version: 1\ninclude:\n  - 5\n', '3 type'],
      ['version: 1\ninclude:\n  -\n', '3 type'],
      ['version: 1\ninclude:\n  - - messages\n', '3 type'],
      ['version: 1\nexclude:\n  - path:HomeDomain\n', '3 term'],
      ['version: 1\nexclude:\n  - photos where bigger\n', '3 term'],
      ['version: 1\nencrypted: yes\n', '2 type'],
      ['version: 1\nlibrary: backups\n', '2 path'],
      ['version: 1\nlibrary: ../backups\n', '2 path'],
      ['version: 1\ndevice: [a]\n', '2 type'],
      ['version: 1\ndevice: 12\n', '2 type'],
      ['version: 1\nretention: 5\n', '2 type'],
      ['version: 1\nretention:\n  keep-last: 0\n', '3 range'],
      ['version: 1\nschedule:\n  every: soon\n', '3 type'],
      ['version: 1\nschedule:\n  connection: bluetooth\n', '3 type'],
      ['version: 1\nschedule:\n  battery: 101\n', '3 range'],
      ['version: 1\ndevices:\n  any: x\n', '3 duplicate-key'],
      ['version: 1\n---\nversion: 1\n', '2 several-documents'],
      ['version: 1\ndevice: "x" y\n', '2 syntax'],
      ['version: 1\nnotes: "open\n', '3 syntax'],
    ];
    for (const [text, found] of wrong) assert.equal(lineOfFirst(text), found, text);
  });

  it('holds no password, wherever one might be put', () => {
    for (const key of ['password', 'Password', 'backup-password', 'pass-phrase'.replace('-', ''), 'passcode', 'pin', 'secret', '密码', 'Kennwort']) {
      for (const text of [`version: 1\n${key}: hunter2\n`, `version: 1\nschedule:\n  ${key}: hunter2\n`, `version: 1\ndevices:\n  ${key}: hunter2\n`]) {
        const found = parsePlan(text).problems.find(({ code }) => code === 'password');
        assert.ok(found, text);
        assert.ok(!JSON.stringify(found).includes('hunter2') && !problemText(found, english).includes('hunter2'), 'the password itself is not repeated');
      }
    }
  });

  it('is repaired by its quick fixes', () => {
    const fixed: readonly (readonly [before: string, after: string])[] = [
      ['device: any\n', 'version: 1\ndevice: any\n'],
      ['{"device": "any"}', '{"version": 1, "device": "any"}'],
      ['{}', '{"version": 1}'],
      ['version: 1\ninclude:\n  - mesages # all\n', 'version: 1\ninclude:\n  - messages # all\n'],
      ['{"version": 1, "include": ["mesages"]}', '{"version": 1, "include": ["messages"]}'],
      ['version: 1\ninclude:\n  - app: com.example\n', 'version: 1\ninclude:\n  - app:com.example\n'],
      ['version: 1\nencrypted: yes\n', 'version: 1\nencrypted: true\n'],
      ['version: 1\ndevice: 12\n', 'version: 1\ndevice: "12"\n'],
      ['version: 1\nexlude:\n  - music\n', 'version: 1\nexclude:\n  - music\n'],
      ['version: 1\npassword: hunter2 # mine\nnotes: x\n', 'version: 1\nnotes: x\n'],
      ["version: 1\nnotes: *it's\n", "version: 1\nnotes: '*it''s'\n"],
      ['version: 1\nschedule:\n  connection: ubs\n', 'version: 1\nschedule:\n  connection: usb\n'],
    ];
    for (const [before, after] of fixed) {
      assert.equal(repaired(before), after);
      assert.deepEqual(parsePlan(after).problems, [], after);
    }
  });

  it('throws for the one who wants to act by it, with line and column', () => {
    assert.throws(() => readPlan('version: 1\nfoo: 1\n'), (error) => error instanceof DataError && error.code === 'data.plan' && error.subject === '2:1: A plan has no key “foo”.');
  });
});
