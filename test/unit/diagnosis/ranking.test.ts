import assert from 'node:assert/strict';
import { diagnoseFailure, rankFindings } from '../../../src/diagnosis/ranking.ts';
import type { CheckResult, Diagnosed, FailedRun } from '../../../src/shared/diagnosis-report.ts';

const found = (row: string, severity: Diagnosed['severity']): Diagnosed => ({ row, severity, facts: {} });

const check = (...findings: Diagnosed[]): CheckResult => ({
  check: 'space', group: 'computer', udid: undefined, state: findings.length === 0 ? 'good' : 'found', reason: undefined, findings,
});

const failed = (code: string, more: Partial<FailedRun> = {}): FailedRun => ({
  job: 'backup', error: { kind: 'device', code }, phase: undefined, notices: [], started: new Date(), ...more,
});

const rows = (diagnosed: readonly Diagnosed[]): string[] => diagnosed.map(({ row }) => row);

describe('the ranking of findings', () => {
  it('puts what stops a backup first, and what most devices show last', () => {
    const ranked = rankFindings([
      check(found('password.off', 'info'), found('wifi.only', 'info')),
      check(found('power.low', 'warning')),
      check(found('trust.missing', 'blocker')),
    ]);
    assert.deepEqual(rows(ranked), ['trust.missing', 'power.low', 'wifi.only', 'password.off']);
  });

  it('names each thing once', () => {
    assert.equal(rankFindings([check(found('power.low', 'warning')), check(found('power.low', 'warning'))]).length, 1);
  });
});

describe('the diagnosis of a failed run', () => {
  it('is the cause that its error points to, with the error as evidence', () => {
    const [first] = diagnoseFailure(failed('mb.3', { phase: 'scanning' }));
    assert.deepEqual(first, { row: 'phone.snapshot', severity: 'blocker', facts: { code: 'mb.3', phase: 'scanning' } });
  });

  it('tells by phase and remarks what one error can mean', () => {
    assert.equal(rows(diagnoseFailure(failed('mb.208', { notices: ['passcode-prompt'], phase: 'scanning' })))[0], 'passcode.unanswered');
    assert.equal(rows(diagnoseFailure(failed('mb.208', { phase: 'receiving' })))[0], 'phone.locked-midway');
    assert.equal(rows(diagnoseFailure(failed('link.lost', { phase: 'receiving' })))[0], 'cable.lost');
    assert.equal(rows(diagnoseFailure(failed('link.lost', { phase: 'sending-manifest' })))[0], 'manifest.memory');
    assert.equal(rows(diagnoseFailure(failed('mb.102', { job: 'restore' })))[0], 'restore.twice');
  });

  it('believes a suspicion that a check confirms', () => {
    assert.equal(rows(diagnoseFailure(failed('mb.101')))[0], 'phone.storage');
    assert.equal(rows(diagnoseFailure(failed('mb.101'), [check(found('phone.full', 'warning'))]))[0], 'phone.full');
  });

  it('names what was seen before what else the error could mean', () => {
    const ranked = rows(diagnoseFailure(failed('mb.208', { notices: ['passcode-prompt'] }), [check(found('power.low', 'warning'))]));
    assert.deepEqual(ranked.slice(0, 2), ['passcode.unanswered', 'power.low']);
  });

  it('says first that the backup is there', () => {
    const ranked = diagnoseFailure(failed('link.lost'), [check(found('run.is-there', 'info'), found('trust.missing', 'blocker'))]);
    assert.equal(ranked[0]?.row, 'run.is-there');
  });

  it('tells a stall and a crash of ours from an error of the phone', () => {
    const tops = ['link.silent', 'crash.worker', 'mb.1'].map((code) => diagnoseFailure(failed(code))[0]?.row);
    assert.deepEqual(tops, ['phone.stalled', 'ours.crash', 'phone.general']);
  });

  it('does not name a consequence beside its cause', () => {
    const ranked = rows(diagnoseFailure(failed('lockdown.UserDeniedPairing', { job: 'pair' }), [check(found('trust.missing', 'blocker'))]));
    assert.deepEqual(ranked, ['trust.denied']);
  });

  it('of an unknown error is honest', () => {
    const [first] = diagnoseFailure(failed('mb.213'));
    assert.deepEqual([first?.row, first?.facts['code']], ['error.other', 'mb.213']);
  });
});
