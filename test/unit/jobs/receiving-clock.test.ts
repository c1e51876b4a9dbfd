import assert from 'node:assert/strict';
import { ReceivingClock } from '../../../src/jobs/receiving-clock.ts';
import { parseBackupRecord } from '../../../src/library/backup-record.ts';

describe('the time in which a device was sending', () => {
  it('is without scan, passcode prompt and moves, and goes on while it sends', () => {
    let now = 0;
    const clock = new ReceivingClock(() => now);
    const at = (seconds: number, phase: 'scanning' | 'receiving' | 'moving'): void => {
      now = seconds * 1000;
      clock.note({ type: 'phase', phase });
    };
    const passes = (from: number, to: number): void => {
      for (now = from * 1000; now <= to * 1000; now += 500) clock.note({ type: 'passed', bytes: 1, files: 0, file: undefined });
    };
    at(0, 'scanning');
    at(170, 'receiving');
    passes(170, 180);
    at(180, 'moving');
    at(200, 'receiving');
    passes(200, 205);
    clock.note({ type: 'log', level: 'debug', text: '' });
    assert.equal(clock.seconds, 15);
  });

  it('is without what the device looks through between two files', () => {
    let now = 0;
    const clock = new ReceivingClock(() => now);
    clock.note({ type: 'phase', phase: 'receiving' });
    for (const seconds of [0.5, 1, 600, 600.5]) {
      now = seconds * 1000;
      clock.note({ type: 'passed', bytes: 1, files: 1, file: undefined });
    }
    assert.equal(clock.seconds, 2.5);
  });

  it('is read from the record of a backup, and missing in older ones', () => {
    const record = { udid: 'x', date: '2026-11-22T20:00:00Z', kind: 'full', isEncrypted: false, isComplete: true };
    const transferOf = (transfer: Record<string, string | number>) => parseBackupRecord({ ...record, transfer })?.transfer;
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb', seconds: 2.5 }), { bytes: 5, connection: 'usb', seconds: 2.5 });
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb' }), { bytes: 5, connection: 'usb' });
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb', seconds: -1 }), { bytes: 5, connection: 'usb' });
  });
});
