import assert from 'node:assert/strict';
import type { DeviceSummary } from '../../../src/device/types.ts';
import type { HistoryEntry } from '../../../src/library/types.ts';
import { backupsOfPlan, expiredBackups, notDue, readPlan } from '../../../src/plans/index.ts';
import { durationText, parseDuration } from '../../../src/plans/duration.ts';

const day = 24 * 3_600_000;
const now = new Date('2026-06-30T12:00:00Z');
const ago = (days: number): Date => new Date(now.getTime() - days * day);

const entry = (days: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: `${days}`, udid: 'one', deviceName: 'Anna', productType: undefined, iosVersion: undefined, date: ago(days), kind: 'incremental', isEncrypted: false, isComplete: true,
  files: 1, size: 1, ownSize: 1, duration: 1, isLocked: false, verification: undefined, selection: undefined, note: undefined, path: '', ...more,
});

const ids = (entries: readonly HistoryEntry[]): string[] => entries.map(({ id }) => id);

describe('the retention of a plan', () => {
  const everything = readPlan('version: 1\n');
  const some = readPlan('version: 1\ninclude:\n  - messages\n  - contacts\nexclude:\n  - path:HomeDomain/x\n');

  it('concerns backups of the same device and choice only', () => {
    const entries = [
      entry(1),
      entry(2, { udid: 'two' }),
      entry(3, { kind: 'full' }),
      entry(4, { kind: 'imported' }),
      entry(5, { kind: 'custom', selection: 'contacts\nmessages\nexcept path:HomeDomain/x' }),
      entry(6, { kind: 'custom', selection: 'messages' }),
    ];
    assert.deepEqual(ids(backupsOfPlan(everything, entries, 'one')), ['1', '3']);
    assert.deepEqual(ids(backupsOfPlan(some, entries, 'one')), ['5']);
  });

  it('lets go what no rule keeps', () => {
    const backups = [1, 2, 3, 10, 40].map((days) => entry(days));
    const expired = (keepLast?: number, keepDays?: number): string[] => ids(expiredBackups(backups, { keepLast, keepDays }, now));
    assert.deepEqual(expired(2), ['3', '10', '40']);
    assert.deepEqual(expired(undefined, 5), ['10', '40']);
    assert.deepEqual(expired(4, 2), ['40'], 'either rule keeps');
    assert.deepEqual(expired(9), []);
    assert.deepEqual(expired(), [], 'no rule, no deletion');
  });

  it('never takes the newest, a locked one, or one that a wrong clock dated into the future', () => {
    assert.deepEqual(expiredBackups([entry(400)], { keepLast: undefined, keepDays: 1 }, now), []);
    assert.deepEqual(ids(expiredBackups([entry(1), entry(50, { isLocked: true }), entry(60)], { keepLast: 1, keepDays: undefined }, now)), ['60']);
    assert.deepEqual(ids(expiredBackups([entry(-3), entry(-2), entry(50)], { keepLast: undefined, keepDays: 10 }, now)), ['50']);
  });
});

describe('the schedule of a plan', () => {
  const device = { udid: 'one', connections: ['usb'], battery: 60, isCharging: false } as unknown as DeviceSummary;
  const codes = (schedule: Partial<Parameters<typeof notDue>[0]>, last?: Date, phone = device): string[] =>
    notDue({ every: undefined, connection: undefined, charging: undefined, battery: undefined, ...schedule }, phone, last, now).map(({ code }) => code);

  it('is due at first, and again after its time but a tenth', () => {
    assert.deepEqual(codes({ every: day }), []);
    assert.deepEqual(codes({ every: day }, ago(0.5)), ['too-early']);
    assert.deepEqual(codes({ every: day }, ago(0.95)), [], 'a timer that ran late yesterday');
    assert.deepEqual(codes({ every: day }, ago(-2)), [], 'a backup dated by a wrong clock holds nothing up');
  });

  it('takes what the device does not tell as not fulfilled', () => {
    const silent = { ...device, battery: undefined, isCharging: undefined } as DeviceSummary;
    assert.deepEqual(codes({ charging: true, battery: 10 }, undefined, silent), ['not-charging', 'battery']);
    assert.deepEqual(codes({ charging: true, battery: 60, connection: 'wifi' }), ['connection', 'not-charging']);
    assert.deepEqual(codes({ charging: true, battery: 60, connection: 'usb' }, undefined, { ...device, isCharging: true }), []);
    assert.deepEqual(codes({ charging: true }, undefined, { ...device, battery: 100 }), [], 'a full battery does not charge');
  });

  it('has times that read as they are written', () => {
    for (const text of ['1 hour', '12 hours', '1 day', '3 days', '1 week', '9999 weeks']) assert.equal(durationText(parseDuration(text) ?? 0), text);
    for (const text of ['', '0 days', '-1 day', '1 month', '1.5 days', '1', 'day', '99999 days', '1 day 2 hours']) assert.equal(parseDuration(text), undefined, text);
  });
});
