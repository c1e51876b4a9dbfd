import assert from 'node:assert/strict';
import { awakeCommand, stayAwake } from '../../../src/jobs/awake.ts';

describe('staying awake', () => {
  it('has a program for each desktop platform', () => {
    assert.equal(awakeCommand('darwin', 42)?.[0], 'caffeinate');
    assert.deepEqual(awakeCommand('darwin', 42)?.[1].slice(-1), ['42']);
    assert.equal(awakeCommand('win32', 42)?.[0], 'powershell.exe');
    assert.equal(awakeCommand('linux', 42)?.[0], 'systemd-inhibit');
    assert.equal(awakeCommand('aix', 42), undefined);
  });

  it('says so when the platform refuses, and never fails', async () => {
    const hold = await stayAwake('darwin');
    if (process.platform !== 'darwin') assert.equal(hold.isHeld, false);
    hold.release();
    hold.release();
  });
});
