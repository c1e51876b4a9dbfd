import assert from 'node:assert/strict';
import { parsePlan } from '../../../src/plans/parse-plan.ts';
import { applyEdits } from '../../../src/plans/text-edits.ts';
import { figuresOf, selectionsToMeasure, validatePlan, type PlanKnowledge } from '../../../src/plans/validate-plan.ts';
import type { PlanFacts, SelectionSize } from '../../../src/shared/plan-facts.ts';
import type { Selection } from '../../../src/shared/selection.ts';

const udid = '00008110-001A2B3C4D5E6F70';

const facts: PlanFacts = {
  devices: [{ udid, name: 'Anna’s iPhone' }, { udid: 'a'.repeat(40), name: undefined }],
  apps: [{ bundleId: 'ph.telegra.Telegraph', name: 'Telegram', bytes: 1 }, { bundleId: 'com.example.app', name: undefined, bytes: undefined }],
  domains: [{ name: 'HomeDomain', bytes: 1, files: 1 }, { name: 'AppDomainGroup-group.one', bytes: 1, files: 1 }],
  categories: [],
  from: { udid, id: 'x', date: new Date('2026-01-02T12:00:00Z') },
  diskFree: 1_000,
};

const found = (text: string, knowledge: PlanKnowledge = {}): string[] =>
  validatePlan(parsePlan(text), knowledge).map(({ code, severity, range }) => `${text.slice(0, range.start).split('\n').length} ${severity} ${code}`);

const withFigures = (text: string, size: (selection: Selection) => SelectionSize): string[] => {
  const document = parsePlan(text);
  return found(text, { facts, figures: figuresOf(document, selectionsToMeasure(document).map(size)) });
};

const fixed = (text: string, code: string, index = 0): string => {
  const fix = validatePlan(parsePlan(text), { facts }).find((each) => each.code === code)?.fixes[index];
  assert.ok(fix, `${code} has fix ${index}`);
  return applyEdits(text, fix.edits);
};

describe('a plan beside what is known', () => {
  it('is right when nothing is known', () => {
    assert.deepEqual(found('version: 1\ndevice: nobody\ninclude:\n  - com.unknown.app\n  - domain:None\n'), []);
    assert.deepEqual(found('version: 1\ndevice: nobody\ninclude:\n  - com.unknown.app\n', { facts: { ...facts, devices: [], apps: [], domains: [] } }), []);
  });

  it('tells unknown devices, apps and domains, and what was meant', () => {
    const text = `version: 1\ndevice: Annas iPhone\ninclude:\n  - com.exampel.app\n  - domain:HomeDoman\n  - path:Nowhere/x\n  - domain:AppDomainGroup-*\n`;
    assert.deepEqual(found(text, { facts }), ['2 warning unknown-device', '4 warning unknown-app', '5 warning unknown-domain', '6 warning unknown-domain']);
    assert.ok(fixed(text, 'unknown-device').includes('device: Anna’s iPhone\n'));
    assert.ok(fixed(text, 'unknown-app').includes('- com.example.app\n'));
    assert.ok(fixed(text, 'unknown-domain').includes('- domain:HomeDomain\n'));
    assert.ok(!fixed(text, 'unknown-app', 1).includes('com.exampel'), 'or the line goes');
  });

  it('knows a device by name, by UDID in either case, and by an alias, which is blamed where it stands', () => {
    for (const device of ['Anna’s iPhone', udid, udid.toLowerCase(), 'any']) assert.deepEqual(found(`version: 1\ndevice: ${device}\n`, { facts }), []);
    assert.deepEqual(found(`version: 1\ndevice: me\ndevices:\n  me: ${udid}\n`, { facts }), []);
    assert.deepEqual(found('version: 1\ndevice: me\ndevices:\n  me: Bea\n', { facts }), ['4 warning unknown-device']);
  });

  it('offers the app for a word that is its name', () => {
    assert.equal(fixed('version: 1\ninclude:\n  - Telegram\n', 'unknown-category'), 'version: 1\ninclude:\n  - ph.telegra.Telegraph\n');
  });

  it('tells what encryption keeps out', () => {
    assert.deepEqual(found('version: 1\ninclude:\n  - health\n  - contacts\n  - domain:KeychainDomain\n'), ['3 warning needs-encryption', '5 warning needs-encryption']);
    assert.deepEqual(found('version: 1\nencrypted: false\ninclude:\n  - health\n  - safari-history\n'), ['4 error needs-encryption', '5 warning mostly-encrypted']);
    assert.deepEqual(found('version: 1\nencrypted: true\ninclude:\n  - health\n'), []);
    assert.deepEqual(found('version: 1\nexclude:\n  - health\n'), [], 'left out on purpose');
    assert.equal(fixed('version: 1\nencrypted: false\ninclude:\n  - health\n', 'needs-encryption'), 'version: 1\nencrypted: true\ninclude:\n  - health\n');
    assert.equal(fixed('{"version": 1, "include": ["health"]}', 'needs-encryption'), '{"version": 1, "encrypted": true, "include": ["health"]}');
  });

  it('tells contradicting lines, also those that only the figures show', () => {
    assert.deepEqual(found('version: 1\ninclude:\n  - Messages\n  - notes\nexclude:\n  - category:messages\n'), ['3 warning contradiction']);
    const text = 'version: 1\ninclude:\n  - com.example.app\n  - domain:HomeDomain\nexclude:\n  - apps\n';
    const sizes = withFigures(text, ({ include, exclude }) => ({ bytes: 0, files: include[0]?.kind === 'app' && exclude.length > 0 ? 0 : 5 }));
    assert.deepEqual(sizes, ['3 warning excluded-wholly']);
  });

  it('tells lines that took nothing of the last backup, and a choice that is larger than the disk', () => {
    const text = 'version: 1\ninclude:\n  - path:HomeDomain/*.none\n  - domain:HomeDomain\nexclude:\n  - path:HomeDomain/other\n';
    const none = withFigures(text, ({ include }) => ({ bytes: 1_000, files: include[0]?.kind === 'path' ? 0 : 5 }));
    assert.deepEqual(none, ['3 warning matches-nothing', '6 warning matches-nothing']);
    assert.deepEqual(withFigures(text, () => ({ bytes: 1_001, files: 5 })), ['2 warning no-space']);
    assert.deepEqual(withFigures('version: 1\n', () => ({ bytes: 1_001, files: 5 })), ['1 warning no-space'], 'a plan of everything too');
  });

  it('needs room for what the next run transfers, not for what lies in the last backup already', () => {
    const size = (bytes: number) => ({ low: bytes / 2, likely: bytes, high: bytes * 2 });
    const sizeOf = (text: string, transfer: number): string[] => {
      const document = parsePlan(text);
      const figures = figuresOf(document, selectionsToMeasure(document).map(() => ({ bytes: 50_000, files: 5 })));
      return found(text, { facts: { ...facts, ahead: { transfer: size(transfer), total: size(60_000), isEncrypted: true } }, figures });
    };
    assert.deepEqual(sizeOf('version: 1\n', 900), []);
    assert.deepEqual(sizeOf('version: 1\n', 1_100), ['1 warning no-room']);
    assert.deepEqual(sizeOf('version: 1\nencrypted: true\n', 900), []);
    assert.deepEqual(sizeOf('version: 1\nencrypted: false\n', 900), ['1 warning no-room'], 'another encryption sends everything again');
  });

  it('does not measure each of very many lines, and takes no answer of another length', () => {
    const text = `version: 1\ninclude:\n${Array.from({ length: 300 }, (_, n) => `  - com.example.a${n}\n`).join('')}`;
    assert.equal(selectionsToMeasure(parsePlan(text)).length, 1);
    assert.equal(figuresOf(parsePlan('version: 1\ninclude:\n  - messages\n'), [{ bytes: 1, files: 1 }]), undefined);
  });

  it('of a newer version says that only', () => {
    assert.deepEqual(found('version: 3\ninclude:\n  - health\n', { facts }), ['1 error newer-version']);
  });
});
