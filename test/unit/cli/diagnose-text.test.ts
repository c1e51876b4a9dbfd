import assert from 'node:assert/strict';
import { diagnosedFailureText, diagnosisText, failedRunText, findingText } from '../../../src/cli/diagnose-text.ts';
import type { DiagnosisReport } from '../../../src/shared/diagnosis-report.ts';

const at = new Date('2026-11-22T12:00:00Z');
const ran = (code: string, phase: string, job = 'backup') => failedRunText({ udid: '00008120-000A1B2C3D4E5F60', job, started: at, end: { at, code, phase } });

describe('a diagnosis on the terminal', () => {
  const report: DiagnosisReport = { at, udid: undefined, iosVersion: '18.5', isComplete: true, checks: [], ranked: [{ row: 'trust.missing', severity: 'blocker', facts: {} }] };

  it('says what to type for a step that a command does', () => {
    const [found] = report.ranked;
    assert.ok(found);
    assert.match(findingText(found, report), /^STOP: This computer is not paired[^]*\n {2}- .*\[iphone-backup pair\]$/m);
  });

  it('claims no more than was looked at, and says why something is not known', () => {
    const check = (state: 'good' | 'unknown' | 'skipped', reason?: string) => ({ check: 'clock', group: 'device', udid: undefined, state, reason, findings: [] }) as const;
    const of = (...checks: DiagnosisReport['checks']): DiagnosisReport => ({ ...report, ranked: [], checks });
    assert.match(diagnosisText(of(check('good'))), /^Nothing stands in the way of a backup\.\n\nGood: Clocks\.$/);
    assert.match(diagnosisText(of(check('good')), true), /^What was looked at is well\.\n/);
    assert.equal(diagnosisText(of(check('skipped'))), '');
    assert.equal(diagnosisText(of(check('unknown', 'device.gone'))), 'Clocks: This could not be found out. The device is no longer connected.');
    assert.equal(diagnosisText(of(check('unknown', 'of.tomorrow'))), 'Clocks: This could not be found out (of.tomorrow).');
  });

  it('says after a failed command how to try it again, and what the device said', () => {
    const locked: DiagnosisReport = { ...report, ranked: [{ row: 'passcode.unanswered', severity: 'blocker', facts: { code: 'mb.208' } }] };
    const text = diagnosedFailureText({ kind: 'device', code: 'mb.208', message: '', deviceText: 'Device locked\u001b[2J' }, locked, 'backup');
    assert.match(text, /\n {2}- Try again.*\[iphone-backup backup\]\n/);
    assert.ok(text.endsWith('\n[mb.208: Device locked�[2J]'), text);
  });

  it('tells of a failed run in the history its cause and best step, and leaves cancelled ones and running ones in peace', () => {
    assert.match(ran('mb.105', 'receiving').join('\n'), /^The last backup of .* failed on 2026-11-22: .* \[mb\.105\]\n {2}- \S/);
    const diagnosis = [{ row: 'space.host', severity: 'blocker', facts: { needed: 9e9, free: 1e9 } }] as const;
    const kept = failedRunText({ udid: 'x', job: 'backup', started: at, end: { at, code: 'mb.105', phase: 'scanning', diagnosis } });
    assert.match(kept.join('\n'), /needs about 9 GB .* 1 GB are free/);
    assert.deepEqual(ran('cancelled.host', 'receiving'), []);
    assert.deepEqual(failedRunText({ udid: 'x', job: 'backup', started: at, end: undefined }), []);
  });
});
