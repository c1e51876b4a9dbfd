import assert from 'node:assert/strict';
import { runBackup } from '../../../src/mobilebackup2/index.ts';
import { expectedFiles, fullBackup } from './support/full-backup.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { plain, udid } from './support/scripted-device.ts';
import { openSession } from './support/session.ts';

describe('a full backup', () => {
  it('leaves what the phone sent, where it moved it', async () => {
    const { device, link, onEvent } = await openSession();
    const folder = new MemoryFolder();
    const [result, request] = await Promise.all([runBackup(link, folder, { udid, full: true, onEvent }), fullBackup(device)]);
    const options = { ForceFullBackup: true };
    assert.deepEqual(plain(request), { MessageName: 'Backup', TargetIdentifier: udid, SourceIdentifier: udid, Options: options });
    assert.deepEqual(folder.files, new Map(expectedFiles));
    assert.equal(result.verdict, 'success');
    assert.equal(result.snapshotState, 'finished');
    assert.equal(result.isFullBackup, true);
    await link.close();
    assert.equal(await device.goodbye(), 'DLMessageDisconnect');
  });

  it('tells its phases in the order of the protocol', async () => {
    const { device, link, events, onEvent } = await openSession();
    await Promise.all([runBackup(link, new MemoryFolder(), { udid, full: false, onEvent }), fullBackup(device)]);
    const phases = events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    assert.deepEqual(phases, ['scanning', 'receiving', 'moving', 'removing', 'verifying']);
    const percents = events.flatMap((event) => (event.type === 'percent' ? [event.percent] : []));
    assert.equal(percents.at(-1), 100);
    const passed = events.findLast((event) => event.type === 'passed');
    assert.deepEqual(passed && { files: passed.files, bytes: passed.bytes > 6000 }, { files: 13, bytes: true });
    await link.close();
  });

  it('flushes before a Status.plist that says moving or finished is stored, and only then', async () => {
    const { device, link } = await openSession();
    const folder = new MemoryFolder();
    await Promise.all([runBackup(link, folder, { udid, full: false }), fullBackup(device)]);
    const status = `${udid}/Status.plist`;
    const around = folder.calls.flatMap((call, index) => (call === `write ${status}` ? [folder.calls[index - 1] === 'flush'] : []));
    assert.deepEqual(around, [false, true, false, true]);
    await link.close();
  });
});
