import assert from 'node:assert/strict';
import { PlistReal, type PlistValue } from '../../src/plist/index.ts';
import type { CheckResult, DiagnosisReport } from '../../src/shared/diagnosis-report.ts';
import { hangingDisk } from './support/diagnosis/disks.ts';
import { World } from './support/diagnosis/world.ts';

const lies: readonly [domain: string, key: string, value: PlistValue][] = [
  ['com.apple.mobile.battery', 'BatteryCurrentCapacity', -5],
  ['com.apple.mobile.battery', 'BatteryIsCharging', 'perhaps'],
  ['com.apple.disk_usage.factory', 'AmountDataAvailable', -1],
  ['com.apple.disk_usage.factory', 'TotalDataCapacity', 2 ** 52],
  ['com.apple.mobile.backup', 'WillEncrypt', 'yes'],
  ['com.apple.mobile.backup', 'LastCloudBackupDate', new PlistReal(Number.MAX_VALUE)],
  ['com.apple.purplebuddy', 'SetupDone', 7],
  ['com.apple.fmip', 'IsAssociated', []],
  ['', 'TimeIntervalSince1970', new PlistReal(Number.NaN)],
  ['', 'PasswordProtected', 'maybe'],
  ['', 'DeviceName', '\u202e\u0000<script>alert(1)</script>'.repeat(2000)],
];

describe('the diagnosis of what does not behave', function () {
  this.timeout(120_000);
  let world: World;
  beforeEach(async () => (world = await World.open()));
  afterEach(() => world.close());

  const state = ({ checks }: DiagnosisReport, id: string): CheckResult['state'] | undefined => checks.find(({ check }) => check === id)?.state;
  const alarms = ({ ranked }: DiagnosisReport): string[] => ranked.filter(({ severity }) => severity !== 'info').map(({ row }) => row);

  it('a phone that lies: every check ends, nothing is made up', async () => {
    for (const [domain, key, value] of lies) world.phone.phone.setValue(domain, key, value);
    const report = await world.diagnose();
    assert.ok(report.isComplete);
    assert.deepEqual(alarms(report), []);
    assert.ok(report.checks.every((check) => ['good', 'found', 'skipped', 'unknown'].includes(check.state)));
  });

  it('a phone with more free space than it has space: no size is compared with it', async () => {
    world.moods({ freeSpace: world.phone.phone.identity.capacity });
    const report = await world.diagnose();
    assert.equal(state(report, 'size'), 'skipped');
    assert.deepEqual(alarms(report), []);
  });

  it('a phone that refuses every value: said, and the rest is looked at', async () => {
    world.moods({ refuseValues: true });
    const report = await world.diagnose();
    assert.equal(report.ranked[0]?.row, 'phone.no-values');
    assert.equal(state(report, 'folder'), 'good');
    assert.equal(state(report, 'drafts'), 'good');
  });

  it('a phone that falls silent: its checks could not find out, the rest appears', async () => {
    const faults = Array.from({ length: 40 }, (_, message) => ({ kind: 'silence', at: { name: 'lockdown.GetValue', message } }) as const);
    world.moods({ faults });
    const report = await world.diagnose();
    assert.deepEqual([state(report, 'muxer'), state(report, 'trust'), state(report, 'folder'), state(report, 'library')], ['good', 'good', 'good', 'good']);
    assert.equal(state(report, 'values'), 'unknown');
    assert.deepEqual(alarms(report), []);
  });

  it('a phone that speaks another language: codes tell, not texts', async () => {
    const tops: (string | undefined)[] = [];
    for (const text of ['Device locked', '设备已锁定', 'الجهاز مقفل', '']) {
      world.moods({ faults: [{ kind: 'error', at: { name: 'DLMessageDownloadFiles', message: 0 }, code: 208, text }] });
      tops.push((await world.diagnose(await world.backupFails())).ranked[0]?.row);
    }
    assert.deepEqual(new Set(tops), new Set(['passcode.unanswered']));
  });

  it('a disk that hangs: said within seconds, and the phone is looked at', async () => {
    hangingDisk(world);
    const report = await world.diagnose();
    assert.equal(report.ranked[0]?.row, 'disk.hangs');
    assert.equal(state(report, 'power'), 'good');
    assert.equal(state(report, 'library'), 'skipped');
  });

  it('one check again: it alone, with what it builds on', async () => {
    world.moods({ batteryLevel: 3, charging: false });
    const { checks } = await world.engine().diagnose({ checks: ['power'] }, { signal: new AbortController().signal, listener: () => undefined });
    assert.deepEqual(checks.map(({ check }) => check), ['muxer', 'device', 'trust', 'values', 'power']);
  });

  it('several devices: each is looked at, this computer once', async () => {
    const other = await world.stage.phone({ seed: 9, clock: undefined });
    world.phone.mux.addPhone(other.phone);
    const { checks, udid } = await world.diagnose();
    assert.equal(udid, world.udid);
    assert.equal(checks.filter(({ check }) => check === 'muxer').length, 1);
    assert.deepEqual(new Set(checks.filter(({ check }) => check === 'trust').map((check) => check.udid)), new Set([world.udid, other.udid]));
  });
});
