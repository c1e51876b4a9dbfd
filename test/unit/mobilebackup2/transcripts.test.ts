import assert from 'node:assert/strict';
import { changePassword, runBackup } from '../../../src/mobilebackup2/index.ts';
import { PlistReal, asDict, asInteger, readPlist } from '../../../src/plist/index.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { plain, statusPlist, type ScriptedDevice } from './support/scripted-device.ts';
import { openSession } from './support/session.ts';

/** As the public logs have it: 40 digits. */
const udid = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

/** Runs a backup conversation of which only the middle is of interest. */
async function during(folder: MemoryFolder, talk: (device: ScriptedDevice) => Promise<void>): Promise<void> {
  const { device, link } = await openSession();
  const running = runBackup(link, folder, { udid, full: false });
  await device.request();
  await talk(device);
  await device.respond(0);
  await running;
  await link.close();
}

const unitLength = async (device: ScriptedDevice): Promise<number> => (await device.readUnit()).length;

describe('byte counts and shapes of public session logs', () => {
  it('sends a request without options in 184 bytes (iOS 8.1)', async () => {
    const { device, link } = await openSession();
    const running = runBackup(link, new MemoryFolder(), { udid, full: false });
    assert.equal(await unitLength(device), 184);
    await device.respond(0);
    await running;
    await link.close();
  });

  it('answers a directory with 106 bytes (iOS 9.3), an upload with 108 (iOS 13.1)', async () => {
    await during(new MemoryFolder(), async (device) => {
      await device.send('DLMessageCreateDirectory', udid, {}, new PlistReal(0));
      const created = await device.readUnit();
      assert.equal(created.length, 106);
      assert.deepEqual(readPlist(created), ['DLMessageStatusResponse', 0, '___EmptyParameterString___', '___EmptyParameterString___']);
      await device.send('DLMessageUploadFiles', {}, new PlistReal(1), 0);
      await device.write(Buffer.alloc(4));
      assert.equal(await unitLength(device), 108);
    });
  });

  it('answers the first question of a first backup with -13 in 243 bytes, -6 within (iOS 16)', async () => {
    await during(new MemoryFolder(), async (device) => {
      await device.send('DLMessageDownloadFiles', [`${udid}/Status.plist`], {}, new PlistReal(0), 0);
      assert.equal((await device.readUnit()).toString(), `${udid}/Status.plist`);
      assert.equal((await device.readUnit()).toString(), '\x06No such file or directory');
      assert.equal(await unitLength(device), 0);
      const status = await device.readUnit();
      assert.equal(status.length, 243);
      assert.ok(status.includes(Buffer.from('13fffffffffffffff3', 'hex')));
      const errors = { [`${udid}/Status.plist`]: { DLFileErrorString: 'No such file or directory', DLFileErrorCode: -6 } };
      assert.deepEqual(plain(readPlist(status)), ['DLMessageStatusResponse', -13, 'Multi status', errors]);
    });
  });

  it('tells free space as an integer, and cannot purge (iOS 15.6)', async () => {
    const folder = new MemoryFolder();
    folder.free = 10_000_000n;
    const { device, link, events, onEvent } = await openSession();
    const running = runBackup(link, folder, { udid, full: false, onEvent });
    await device.request();
    assert.deepEqual(
      await device.ask('DLMessageGetFreeDiskSpace'),
      ['DLMessageStatusResponse', 0, '___EmptyParameterString___', 10_000_000],
    );
    const [, code, text, freed] = await device.ask('DLMessagePurgeDiskSpace', 26418026591, 4);
    assert.deepEqual([code, freed], [-1, 0]);
    assert.equal(text, 'DLPurgeDiskSpace failed to purge');
    await device.respond(105, 'Insufficient free disk space on drive to back up (MBErrorDomain/105)');
    await assert.rejects(running, { code: 'mb.105', deviceText: 'Insufficient free disk space on drive to back up (MBErrorDomain/105)' });
    const needed = 26418026591 + 10_000_000 - 2 ** 31;
    assert.deepEqual(events.find((event) => event.type === 'purge-requested'), {
      type: 'purge-requested', bytesWanted: 26418026591, bytesNeeded: needed, bytesFree: 10_000_000, uploadSize: needed - 128 * 2 ** 20,
    });
  });

  it('finds the upload size of iOS 26.6 in its question', async () => {
    const folder = new MemoryFolder();
    folder.free = 302044200960n;
    const { device, link, events, onEvent } = await openSession();
    const running = runBackup(link, folder, { udid, full: false, onEvent });
    await device.request();
    await device.ask('DLMessageGetFreeDiskSpace');
    await device.ask('DLMessagePurgeDiskSpace', 667490157139, 4);
    await device.respond(105);
    await assert.rejects(running, { code: 'mb.105' });
    const asked = events.find((event) => event.type === 'purge-requested');
    assert.equal(asked?.uploadSize, 967252656723);
  });

  it('goes on when one file ends with an error unit (iOS 17)', async () => {
    const failed = `${udid}/Snapshot/49/49128ab470583769cf58eb2e9fe2eb47983afac3`;
    const devicePath = '/var/mobile/Library/Application Support/FileProvider/backup/backup_manifest.db';
    const folder = new MemoryFolder();
    const { device, link, events, onEvent } = await openSession();
    const running = runBackup(link, folder, { udid, full: false, onEvent });
    await device.request();
    const status = await device.upload([
      { path: failed, devicePath, units: [], end: [0x0b, 'Input/output error (5)'] },
      { path: `${udid}/Snapshot/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28`, units: [Buffer.from('sms')] },
    ]);
    assert.equal(asInteger(status[1]), 0);
    await device.upload([{ path: `${udid}/Status.plist`, units: [statusPlist('finished')] }], 100);
    await device.respond(0);
    const result = await running;
    assert.deepEqual([result.verdict, result.failedFiles, result.files], ['success', 1, 2]);
    assert.deepEqual(
      events.find((event) => event.type === 'file-failed'),
      { type: 'file-failed', path: failed, devicePath, text: 'Input/output error (5)' },
    );
    assert.ok(!folder.files.has(failed));
    await link.close();
  });

  it('lists a directory with every entry, empty files too', async () => {
    const folder = new MemoryFolder();
    folder.files.set(`${udid}/Status.plist`, Buffer.alloc(189)).set(`${udid}/empty`, Buffer.alloc(0));
    folder.directories.add(`${udid}/Snapshot`);
    await during(folder, async (device) => {
      const [, code, , listing] = await device.ask('DLContentsOfDirectory', udid, {});
      assert.equal(code, 0);
      const DLFileModificationDate = new Date('2026-11-22T16:40:12Z');
      assert.deepEqual(plain(listing ?? null), {
        'Status.plist': { DLFileType: 'DLFileTypeRegular', DLFileSize: 189, DLFileModificationDate },
        empty: { DLFileType: 'DLFileTypeRegular', DLFileSize: 0, DLFileModificationDate },
        Snapshot: { DLFileType: 'DLFileTypeDirectory', DLFileSize: 0, DLFileModificationDate },
      });
      assert.deepEqual(plain((await device.ask('DLContentsOfDirectory', `${udid}/Snapshot`, {}))[3] ?? null), {});
    });
  });

  it('survives a password change that the phone refuses', async () => {
    const { device, link } = await openSession();
    const running = changePassword(link, { udid, oldPassword: 'wrong', newPassword: 'new' });
    assert.deepEqual(
      plain(asDict(await device.request()) ?? {}),
      { MessageName: 'ChangePassword', TargetIdentifier: udid, OldPassword: 'wrong', NewPassword: 'new' },
    );
    await device.respond(207, 'Invalid password (MBErrorDomain/207)');
    await assert.rejects(running, { code: 'mb.207' });
  });
});
