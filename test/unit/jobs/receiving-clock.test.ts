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
    at(0, 'scanning');
    at(170, 'receiving');
    at(180, 'receiving');
    at(190, 'moving');
    at(200, 'receiving');
    now = 205_000;
    clock.note({ type: 'log', level: 'debug', text: '' });
    assert.equal(clock.seconds, 25);
  });

  it('is read from the record of a backup, and missing in older ones', () => {
    const record = { udid: 'x', date: '2026-11-22T20:00:00Z', kind: 'full', isEncrypted: false, isComplete: true };
    const transferOf = (transfer: Record<string, string | number>) => parseBackupRecord({ ...record, transfer })?.transfer;
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb', seconds: 2.5 }), { bytes: 5, connection: 'usb', seconds: 2.5 });
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb' }), { bytes: 5, connection: 'usb' });
    assert.deepEqual(transferOf({ bytes: 5, connection: 'usb', seconds: -1 }), { bytes: 5, connection: 'usb' });
  });
});
