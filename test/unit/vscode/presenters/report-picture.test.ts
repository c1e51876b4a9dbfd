import assert from 'node:assert/strict';
import type { CheckResult, Diagnosed, DiagnosisReport, FailedRun } from '../../../../src/shared/diagnosis-report.ts';
import { reportPicture, type ReportScene } from '../../../../src/vscode/presenters/report-picture.ts';
import { settled, updated } from '../../../../src/vscode/presenters/updated-report.ts';
import { device, inEnglish as w, now } from '../support/samples.ts';

const phone = device({ name: 'Test phone' });
const found = (row: string, severity: Diagnosed['severity'], facts: Diagnosed['facts'] = {}): Diagnosed => ({ row, severity, facts });
const tooFull = found('space.host', 'blocker', { needed: 9e9, free: 1e9 });
const habit = found('passcode.each-run', 'info');
const failed: FailedRun = { job: 'backup', error: { kind: 'device', code: 'mb.208' }, phase: 'waiting-for-passcode', notices: ['passcode-prompt'], started: now };

function check(id: string, findings: readonly Diagnosed[] = [], more: Partial<CheckResult> = {}): CheckResult {
  return { check: id, group: 'device', udid: phone.udid, state: findings.length > 0 ? 'found' : 'good', reason: undefined, findings, ...more };
}

function report(checks: readonly CheckResult[], ranked = checks.flatMap(({ findings }) => findings)): DiagnosisReport {
  return { at: now, udid: phone.udid, iosVersion: '18.5', isComplete: true, checks, ranked };
}

function scene(parts: Partial<ReportScene> = {}): ReportScene {
  return { devices: [phone], udid: phone.udid, report: report([check('lock')]), isRunning: false, failed: undefined, failure: undefined, canDo: () => true, ...parts };
}

describe('the picture of a report', () => {
  it('says that a healthy phone is ready, and offers a backup', () => {
    const picture = reportPicture(scene({ report: report([check('lock', [habit]), check('clock')]) }), w);
    assert.deepEqual([picture.headline, picture.mood, picture.canBackUp], ['Ready to back up', 'good', true]);
    assert.deepEqual(picture.findings.map(({ kind }) => kind), ['note']);
    assert.equal(picture.title, 'Diagnosis: Test phone');
  });

  it('tells of a blocker what was seen, why, what to do, and the check that found it', () => {
    const picture = reportPicture(scene({ report: report([check('space', [tooFull], { group: 'computer', udid: undefined })]) }), w);
    const [finding] = picture.findings;
    assert.deepEqual([picture.headline, picture.mood, picture.canBackUp], ['One thing stands in the way of a backup', 'blocker', false]);
    assert.equal(finding?.sentence, 'The next backup needs about 9 GB on the disk of the backup folder, and 1 GB are free.');
    assert.deepEqual([finding.kind, finding.action, finding.checks], ['card', 'Choose Backup Folder', ['space']]);
    assert.ok(finding.cause !== '' && finding.steps.length > 2);
    assert.ok(finding.steps.at(-1)?.destroys !== '' && finding.steps[0]?.destroys === '', 'what destroys comes last');
  });

  it('has no button for what software cannot do now, and none twice', () => {
    const locked = found('phone.locked', 'warning');
    const scenes = report([check('lock', [found('passcode.unanswered', 'blocker'), locked])]);
    assert.deepEqual(reportPicture(scene({ report: scenes }), w).findings.map(({ action }) => action), ['Try Again', undefined]);
    assert.deepEqual(reportPicture(scene({ report: scenes, canDo: () => false }), w).findings.map(({ action }) => action), [undefined, undefined]);
  });

  it('offers a password where backups are not encrypted, and the estimate where iCloud has no room', () => {
    const checks = [check('encryption', [found('password.off', 'info')]), check('cloud', [found('cloud.too-large', 'info', { needed: 9e9 })])];
    assert.deepEqual(reportPicture(scene({ report: report(checks) }), w).findings.map(({ action }) => action), ['Set Backup Password', 'Estimate Backup Size']);
  });

  it('takes the next best step where the best one cannot be done', () => {
    const full = report([check('cloud', [found('cloud.no-space', 'warning', { days: 9, needed: 9e9 })])]);
    const [finding] = reportPicture(scene({ report: full, canDo: (action) => action !== 'retry' }), w).findings;
    assert.equal(finding?.action, 'Estimate Backup Size');
  });

  it('names after a failed run its cause, and tells guesses as guesses', () => {
    const checks = [check('lock', [habit])];
    const picture = reportPicture(scene({ failed, report: updated(undefined, report(checks), { failed, isPart: false }) }), w);
    assert.deepEqual([picture.headline, picture.mood, picture.canBackUp], ['Why the backup failed', 'blocker', false]);
    assert.deepEqual([picture.findings[0]?.row, picture.findings[0]?.kind], ['passcode.unanswered', 'card']);
    const others = picture.findings.slice(1).map(({ row, kind }) => `${row} ${kind}`);
    assert.ok(others.includes('phone.locked possible') && others.includes('passcode.each-run note'), others.join());
  });

  it('says first that the backup is there in spite of the failure', () => {
    const there = check('last-run', [found('run.is-there', 'info', { entry: '2026-11-22T16-40-12Z' })], { group: 'library' });
    const picture = reportPicture(scene({ failed, report: updated(undefined, report([there]), { failed, isPart: false }) }), w);
    assert.deepEqual([picture.headline, picture.mood, picture.findings[0]?.kind], ['It failed, yet the backup is there', 'good', 'card']);
  });

  it('names the device only where there are several', () => {
    const other = device({ udid: '00008120-00000000000000BB', name: 'Pad' });
    const both = report([check('lock', [habit]), check('clock', [found('phone.clock', 'warning', { hours: 5 })], { udid: other.udid })]);
    const picture = reportPicture(scene({ devices: [phone, other], udid: undefined, report: both }), w);
    assert.deepEqual(picture.findings.map((finding) => finding.device), ['Test phone', 'Pad']);
    assert.deepEqual(picture.groups[0]?.checks.map((line) => line.device), ['Test phone', 'Pad']);
    assert.equal(reportPicture(scene({ report: report([check('lock', [habit])]) }), w).findings[0]?.device, '');
  });

  it('stays in line with a phone that lies', () => {
    const nasty = `\u202E<img src=x onerror=alert(1)>\n${'x'.repeat(100_000)}`;
    const lied = report([check('lock', [found('cloud.stale', 'warning', { days: nasty })], { state: 'unknown', reason: nasty })]);
    const text = JSON.stringify(reportPicture(scene({ devices: [device({ name: nasty })], report: lied, failure: nasty }), w));
    assert.ok(text.length < 10_000, `${text.length} characters`);
    assert.doesNotMatch(text, /\u202E|\\n/);
  });
});

describe('a report that is looked at again', () => {
  const before = report([check('space', [tooFull], { udid: undefined }), check('lock', [habit])]);

  it('keeps what was found until there is an answer', () => {
    const waiting = updated(before, report([check('space', [], { udid: undefined, state: 'running' })]), { failed: undefined, isPart: true });
    assert.deepEqual(waiting.ranked.map(({ row }) => row), ['space.host', 'passcode.each-run']);
    assert.equal(waiting.checks[0]?.state, 'running');
    const done = updated(waiting, report([check('space', [], { udid: undefined })]), { failed: undefined, isPart: true });
    assert.deepEqual(done.ranked.map(({ row }) => row), ['passcode.each-run']);
    assert.equal(done.checks.length, 2);
  });

  it('forgets, looked at as a whole, what is no more', () => {
    const whole = updated(before, report([check('clock')]), { failed: undefined, isPart: false });
    assert.deepEqual([whole.checks.map((each) => each.check), whole.ranked], [['clock'], []]);
  });

  it('has nothing open after it was stopped', () => {
    const stopped = settled(report([check('lock', [], { state: 'running' }), check('clock', [], { state: 'waiting' }), check('space', [tooFull])]));
    assert.deepEqual(stopped.checks.map(({ state }) => state), ['skipped', 'skipped', 'found']);
  });
});
