import assert from 'node:assert/strict';
import { failedRunOf, lookedAtAgain } from '../../../../src/diagnosis/kept-run.ts';
import type { RunRecord } from '../../../../src/library/types.ts';
import type { Diagnosed } from '../../../../src/shared/diagnosis-report.ts';
import type { ErrorFacts } from '../../../../src/shared/errors.ts';
import { failureMessage } from '../../../../src/vscode/presenters/failure-message.ts';
import { childNodes, rootNodes } from '../../../../src/vscode/presenters/history-nodes.ts';
import { runCause, type RunCause } from '../../../../src/vscode/presenters/run-cause.ts';
import { isFailed, runRow } from '../../../../src/vscode/presenters/run-row.ts';
import { draft, history, inEnglish as w, now } from '../support/samples.ts';

const udid = '00008120-000A1B2C3D4E5F60';
const run = (code: string, phase?: string, job = 'backup'): RunRecord => ({ udid, job, started: now, end: { at: now, code, phase } });

function cause(code: string, phase?: string, iosVersion?: string): RunCause {
  const known = runCause(run(code, phase), w, iosVersion);
  assert.ok(known);
  return known;
}

describe('the row of a run that failed', () => {
  it('names the likeliest cause in a few words', () => {
    const row = runRow(run('mb.208', 'waiting-for-passcode'), cause('mb.208', 'waiting-for-passcode'), w);
    assert.equal(row.label, 'Last run failed');
    assert.equal(row.description, 'Passcode not entered · just now');
    assert.match(row.context, /;run;/);
    assert.equal(row.spoken, `${row.label}, ${row.description}`);
  });

  it('says why, and offers the best next step as the button that does it', () => {
    const contexts = { 'mb.105': 'choose-folder', 'mb.208': 'retry', 'lockdown.InvalidHostID': 'pair' } as const;
    for (const [code, action] of Object.entries(contexts)) {
      const row = runRow(run(code, 'receiving'), cause(code, 'receiving'), w);
      assert.match(row.context, new RegExp(`;run;backup;do-${action};`), code);
      const lines = new Map(row.tooltip.map(({ name, value }) => [name, value]));
      assert.ok((lines.get('Cause')?.length ?? 0) > 20 && (lines.get('What to do')?.length ?? 0) > 10, code);
    }
  });

  it('tells one cause from another by what the run was doing', () => {
    assert.equal(cause('mb.208', 'receiving')?.short, 'Locked during the run');
    assert.equal(cause('crash.worker')?.short, 'Fault of this program');
    assert.equal(cause('no.such-code')?.short, 'Error not yet known');
  });

  it('is there for runs that nobody wanted to end, above the draft', () => {
    assert.equal(isFailed(run('cancelled.host')), false);
    assert.equal(isFailed({ ...run('mb.1'), end: undefined }), false);
    const told = { ...history({ runs: [run('mb.105')], drafts: [draft()] }), causes: new Map([[udid, cause('mb.105')]]) };
    const nodes = rootNodes(told, '', w).flatMap((root) => childNodes(told, root, '', w));
    assert.deepEqual(nodes.map((node) => (node.kind === 'run' ? node.cause?.short : node.kind)), ['Disk too full', 'draft']);
    assert.equal(rootNodes(told, 'too full', w).length, 1);
  });

  it('tells what was found out then: the cause with its figures, the evidence, the next step, and what else was seen', () => {
    const diagnosis = [
      { row: 'space.host', severity: 'blocker', facts: { needed: 9e9, free: 1e9 } },
      { row: 'power.low', severity: 'warning', facts: { percent: 12 } },
      { row: 'row.of-tomorrow', severity: 'warning', facts: {} },
    ] as const;
    const full: RunRecord = { udid, job: 'backup', started: now, end: { at: now, code: 'mb.105', phase: 'receiving', diagnosis } };
    const lines = new Map(runRow(full, runCause(full, w), w).tooltip.map(({ name, value }) => [name, value]));
    assert.match(lines.get('Cause') ?? '', /^The next backup needs about 9 GB .* 1 GB are free\./);
    assert.equal(lines.get('Evidence'), 'mb.105 · Receiving');
    assert.match(lines.get('What to do') ?? '', /larger disk/);
    assert.match(lines.get('Also seen') ?? '', /^The battery .*12/);
    assert.deepEqual([...lines.keys()].slice(1), ['Cause', 'Evidence', 'What to do', 'Also seen']);
  });

  it('tells no guesses as seen where nobody looked', () => {
    assert.equal(cause('mb.105', 'receiving').also, '');
  });

  it('keeps for a diagnosis what the error told', () => {
    const end = { at: now, code: 'data.blocked', phase: 'preparing', subject: 'restore.no-space', facts: { needed: 5 }, notices: ['purge-requested'] };
    assert.deepEqual(failedRunOf({ udid, job: 'restore', started: now, end }), {
      job: 'restore', error: { kind: 'device', code: 'data.blocked', subject: 'restore.no-space', facts: { needed: 5 } }, phase: 'preparing', notices: ['purge-requested'], started: now,
    });
  });

  it('forgets figures of long ago for a new look: the disk may have room since', () => {
    const full: RunRecord = { udid, job: 'backup', started: now, end: { at: now, code: 'mb.105', phase: 'scanning', facts: { needed: 9e9, free: 1e9 } } };
    assert.deepEqual(lookedAtAgain(full, new Date(now.getTime() + 60_000)).error.facts, { needed: 9e9, free: 1e9 });
    assert.deepEqual(lookedAtAgain(full, new Date(now.getTime() + 24 * 3_600_000)).error, { kind: 'device', code: 'mb.105' });
  });

  it('keeps for a diagnosis code and phase', () => {
    assert.deepEqual(failedRunOf(run('mb.208', 'receiving', 'restore')), { job: 'restore', error: { kind: 'device', code: 'mb.208' }, phase: 'receiving', notices: [], started: now });
  });
});

describe('the words at the end of a failed run', () => {
  const error = (code: string, more: Partial<ErrorFacts> = {}): ErrorFacts => ({ kind: 'device', code, message: 'not for people', ...more });
  const named = (row: string, severity: Diagnosed['severity'] = 'blocker', facts: Diagnosed['facts'] = {}): Diagnosed => ({ row, severity, facts });

  it('are those of the error, with its figures, where nothing else was seen', () => {
    const full = error('host.no-space', { kind: 'host', facts: { needed: 9e9, free: 1e9 } });
    const { text, action } = failureMessage(full, { job: 'backup' }, [named('space.host', 'blocker', { needed: 9e9, free: 1e9 })], w);
    assert.match(text, /9 GB are needed, and 1 GB are free/);
    assert.equal(action, 'choose-folder');
  });

  it('are those of the check where it has seen the figures that the error lacks', () => {
    const full = error('host.no-space', { kind: 'host', facts: { free: 1e9 } });
    const { text } = failureMessage(full, { job: 'backup' }, [named('space.host', 'blocker', { needed: 9e9, free: 1e9 })], w);
    assert.match(text, /^The next backup needs about 9 GB on the disk of the backup folder, and 1 GB are free\./);
  });

  it('name the cause first where another one was seen, then the best step and what the device said', () => {
    const { text, action } = failureMessage(error('mb.208'), { job: 'backup' }, [named('phone.locked-midway', 'warning')], w);
    assert.match(text, /^The screen was locked during the run.* Unlock the device .*\[mb\.208\]$/);
    assert.equal(action, 'retry');
  });

  it('tell a fault of ours from one of the device', () => {
    const { text } = failureMessage(error('crash.worker', { kind: 'crash' }), { job: 'backup' }, [named('ours.crash', 'warning')], w);
    assert.match(text, /this (program|extension)|stopped unexpectedly/i);
    assert.doesNotMatch(text, /not for people/);
  });

  it('keep the words of the device for an error that nobody knows', () => {
    const { text } = failureMessage(error('mb.4711', { deviceText: 'Frobnication failed' }), { job: 'backup' }, [named('error.other', 'warning')], w);
    assert.match(text, /Frobnication failed.*4711/);
  });

  it('bring the good news that the backup is there, also of a cancelled run, and else leave a cancelled run in peace', () => {
    const there = named('run.is-there', 'info', { entry: '2026-11-22T16-40-12Z' });
    for (const code of ['link.lost', 'cancelled.host']) {
      const message = failureMessage(error(code, { kind: code === 'link.lost' ? 'connection' : 'cancelled' }), { job: 'backup' }, [there, named('cable.loose')], w);
      assert.equal(message.isGoodNews, true);
      assert.match(message.text, /The backup is in fact there.*2026-11-22T16-40-12Z/);
    }
    assert.deepEqual(failureMessage(error('cancelled.host', { kind: 'cancelled' }), { job: 'backup' }, [named('error.other')], w), { text: '', action: undefined, isGoodNews: false });
  });
});
