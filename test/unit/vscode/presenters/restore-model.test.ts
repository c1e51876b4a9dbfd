import assert from 'node:assert/strict';
import { defaultRestoreOptions } from '../../../../src/jobs/api.ts';
import { defaultOptionNames, restoreOptions, restoreQuestion } from '../../../../src/vscode/presenters/restore-model.ts';
import { entry, inEnglish as w } from '../support/samples.ts';

const plan = { source: { kind: 'entry', entry: entry() }, deviceName: 'Pad', isVirtual: false, options: defaultRestoreOptions } as const;

describe('a restore', () => {
  it('begins with the safe options', () => {
    assert.deepEqual(restoreOptions('keep', defaultOptionNames()), defaultRestoreOptions);
  });

  it('removes what the backup lacks only on that very wish', () => {
    assert.equal(restoreOptions('keep', []).removeItemsNotRestored, false);
    assert.equal(restoreOptions('remove', []).removeItemsNotRestored, true);
  });

  it('is asked for with device, backup, date and what is replaced', () => {
    const { question, detail } = restoreQuestion(plan, [], w);
    assert.equal(question, 'Restore this backup to Pad?');
    assert.match(detail, /^Backup: Anna's iPhone · Nov 20, 2026, /);
    assert.match(detail, /Data on Pad is replaced/);
    assert.doesNotMatch(detail, /DELETED/);
  });

  it('says loudly when things are deleted, and names a virtual device as such', () => {
    const { question, detail } = restoreQuestion({ ...plan, isVirtual: true, options: restoreOptions('remove', []) }, [], w);
    assert.equal(question, 'Restore this backup to Pad (virtual)?');
    assert.match(detail, /Everything on Pad \(virtual\) that the backup does not hold is DELETED\./);
  });

  it('repeats the findings', () => {
    const finding = { code: 'restore.no-space', severity: 'warning', facts: { needed: 12e9, free: 3e9 } } as const;
    assert.match(restoreQuestion(plan, [finding], w).detail, /• The backup holds 12 GB, but only 3 GB are free on the device\./);
  });
});
