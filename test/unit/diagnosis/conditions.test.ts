import assert from 'node:assert/strict';
import { automaticConditions, nightlyConditions } from '../../../src/diagnosis/checks/conditions.ts';
import type { CheckPorts, PhonePort } from '../../../src/diagnosis/checks/ports.ts';
import { diagnosedWords } from '../../../src/diagnosis/diagnosed-words.ts';
import { english } from '../../../src/diagnosis/words.ts';
import type { DeviceSummary, MuxDevice } from '../../../src/device/types.ts';
import { DeviceError } from '../../../src/shared/errors.ts';

const now = new Date('2026-11-22T20:00:00Z');
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const udid = '00008110-0000000000000001';

const ports = (...connections: MuxDevice['connection'][]): CheckPorts =>
  ({ now, attachments: () => Promise.resolve(connections.map((connection) => ({ deviceId: 1, udid, connection, speed: undefined }))) }) as unknown as CheckPorts;

const phone = (summary: Partial<DeviceSummary>, more: Partial<PhonePort> = {}): PhonePort => ({
  udid,
  open: () => Promise.resolve({ pairedOn: ago(24 * 40) }),
  summary: () => Promise.resolve(summary as DeviceSummary),
  onPower: () => Promise.resolve(undefined),
  clockOffset: () => Promise.resolve(undefined),
  ...more,
});

describe('what can be seen of conditions', () => {
  it('is nothing where the device tells nothing', async () => {
    assert.deepEqual(new Set(Object.values(await nightlyConditions(ports('usb'), phone({}), undefined))), new Set(['unknown']));
  });

  it('is what the device tells: due a day after the last backup, and no larger than what is free', async () => {
    const told = { cloudBackupEnabled: true, isLocked: true, lastCloudBackup: ago(25) };
    const seen = await nightlyConditions(ports('network'), phone(told, { onPower: () => Promise.resolve(false) }), 6e9);
    assert.deepEqual(seen, { cloud: 'yes', power: 'no', locked: 'yes', wifi: 'yes', due: 'yes', fits: 'no' });
    assert.equal((await nightlyConditions(ports(), phone({ lastCloudBackup: ago(23) }), 4e9)).due, 'no');
  });

  it('of automatic backups: another program may have made one today', async () => {
    assert.equal((await automaticConditions(ports('usb'), phone({ lastComputerBackup: ago(3) }))).due, 'no');
    assert.equal((await automaticConditions(ports('usb'), phone({ lastComputerBackup: ago(300) }))).due, 'yes');
  });

  it('a pairing of forty days without a cable has ended, with a cable it has not', async () => {
    assert.equal((await automaticConditions(ports('network'), phone({}))).contact, 'no');
    assert.equal((await automaticConditions(ports('usb'), phone({}))).contact, 'yes');
  });

  it('a device that was restarted lets nobody in before its passcode', async () => {
    const shut = phone({}, { open: () => Promise.reject(DeviceError.lockdown('PasswordProtected')) });
    assert.equal((await automaticConditions(ports('usb'), shut)).opened, 'no');
    const gone = phone({}, { open: () => Promise.reject(new Error('gone')), summary: () => Promise.reject(new Error('gone')) });
    assert.deepEqual(await automaticConditions(ports(), gone), { due: 'unknown', wifi: 'unknown', unlocked: 'unknown', unattended: 'unknown', contact: 'unknown', opened: 'unknown' });
  });

  it('the passcode stands in the way from iOS 16.1 on', async () => {
    assert.equal((await automaticConditions(ports(), phone({ iosVersion: '16.0.3' }))).unattended, 'yes');
    assert.equal((await automaticConditions(ports(), phone({ iosVersion: '16.1' }))).unattended, 'no');
  });
});

describe('the lines of a checklist', () => {
  const lines = (facts: Record<string, string | number>): string[] =>
    diagnosedWords({ row: 'cloud.nightly', severity: 'info', facts }, { translate: english }).steps.map(({ text }) => text);

  it('are one for each condition, whatever is known', () => {
    const some = [lines({}), lines({ power: 'no', due: 'yes', last: '2026-11-20', fits: 'no', needed: 12e9 }), lines({ power: 'nonsense', cloud: 1 })];
    for (const each of some) assert.equal(each.filter((text) => /^[✓✗?] /.test(text)).length, 7);
  });

  it('have no gap where a figure is missing, and the figure where it is known', () => {
    assert.doesNotMatch(lines({}).join('\n'), /[{}]/);
    assert.match(lines({ due: 'no', last: '2026-11-22' }).join('\n'), /✗ Due: .* of 2026-11-22, is less than 24 hours old/);
    assert.match(lines({ fits: 'no', needed: 12e9 }).join('\n'), /✗ Room in iCloud: a backup needs about 12 GB/);
  });
});
