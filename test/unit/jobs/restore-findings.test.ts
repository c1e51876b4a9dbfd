import assert from 'node:assert/strict';
import type { DeviceSummary } from '../../../src/device/types.ts';
import { findingTable } from '../../../src/diagnosis/finding-words.ts';
import { restoreFindings, type BackupFacts } from '../../../src/jobs/restore-findings.ts';
import { compareVersions } from '../../../src/jobs/version.ts';

const device = {
  udid: 'A', connections: ['usb'], trust: 'trusted', isVirtual: false, deviceClass: 'iPhone', iosVersion: '18.5', dataCapacity: 100e9, dataAvailable: 50e9,
  battery: 80, isCharging: true, isLocked: false, findMyEnabled: false, setupDone: true, isSupervised: false,
} as unknown as DeviceSummary;

const backup: BackupFacts = {
  udid: 'A', deviceName: 'Anna', deviceClass: 'iPhone', iosVersion: '18.5', size: 10e9, isEncrypted: true, isFinished: true, isCustom: false, missingFiles: 0,
  verification: { at: new Date(), level: 'bytes', result: 'good', damagedFiles: 0 }, opens: true,
};

const cases: readonly [what: string, Partial<BackupFacts>, Partial<DeviceSummary>, code: string, severity: string][] = [
  ['a backup that was never finished', { isFinished: false }, {}, 'restore.incomplete', 'blocker'],
  ['missing files', { missingFiles: 3 }, {}, 'restore.missing-files', 'blocker'],
  ['no password', { opens: undefined }, {}, 'restore.password-missing', 'blocker'],
  ['a wrong password', { opens: false }, {}, 'restore.password-wrong', 'blocker'],
  ['Find My', {}, { findMyEnabled: true }, 'restore.find-my', 'blocker'],
  ['the setup assistant', {}, { setupDone: false }, 'restore.setup-unfinished', 'blocker'],
  ['a newer iOS', { iosVersion: '26.0.1' }, {}, 'restore.newer-ios', 'blocker'],
  ['another phone that is too small', { udid: 'B', size: 200e9 }, {}, 'restore.no-space', 'blocker'],
  ['the same phone, nearly full', { size: 60e9 }, {}, 'restore.no-space', 'warning'],
  ['a supervised phone that would be erased', { iosVersion: '26.1' }, { isSupervised: true, iosVersion: '27.0' }, 'restore.supervised-erase', 'blocker'],
  ['a supervised phone before iOS 27', {}, { isSupervised: true }, 'restore.supervised', 'warning'],
  ['a locked phone', {}, { isLocked: true }, 'restore.locked', 'warning'],
  ['a low battery', {}, { battery: 12, isCharging: false }, 'restore.battery', 'warning'],
  ['Wi-Fi alone', {}, { connections: ['network'] }, 'restore.network', 'warning'],
  ['an iPad\'s backup', { deviceClass: 'iPad' }, {}, 'restore.other-class', 'warning'],
  ['another phone', { udid: 'B' }, {}, 'restore.other-device', 'info'],
  ['a plain backup', { isEncrypted: false, opens: undefined }, {}, 'restore.not-encrypted', 'info'],
];

describe('findings before a restore', () => {
  for (const [what, change, deviceChange, code, severity] of cases) {
    it(`names ${what}, with words`, () => {
      const found = restoreFindings({ ...backup, ...change }, { ...device, ...deviceChange });
      assert.equal(found.find((each) => each.code === code)?.severity, severity, JSON.stringify(found));
      for (const each of found) assert.ok(Object.hasOwn(findingTable, each.code), each.code);
    });
  }

  it('has nothing to say where all is well', () => assert.deepEqual(restoreFindings(backup, device), []));

  it('forbids a part of the data to delete the rest, and that alone', () => {
    const codes = (isCustom: boolean, removeItemsNotRestored: boolean): string[] =>
      restoreFindings({ ...backup, isCustom }, device, { removeItemsNotRestored }).filter(({ severity }) => severity === 'blocker').map(({ code }) => code);
    assert.deepEqual([codes(true, true), codes(true, false), codes(false, true)], [['restore.custom-removes'], [], []]);
    assert.ok(Object.hasOwn(findingTable, 'restore.custom-removes'));
  });

  it('puts what stops a restore first', () => {
    const found = restoreFindings({ ...backup, udid: 'B', isFinished: false }, { ...device, isLocked: true });
    assert.deepEqual(found.map((each) => each.severity), ['blocker', 'warning', 'info']);
  });
});

describe('versions', () => {
  it('are ordered by number, not by letter', () => {
    const sorted = ['9.3', '10.0', '16.7.10', '16.7.2', '18', '26.0.1'].toSorted(compareVersions);
    assert.deepEqual(sorted, ['9.3', '10.0', '16.7.2', '16.7.10', '18', '26.0.1']);
    assert.equal(compareVersions('18.0', '18'), 0);
    assert.ok(compareVersions('nonsense', '1') < 0);
  });
});
