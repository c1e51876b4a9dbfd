import assert from 'node:assert/strict';
import { changePassword, info, runBackup, runRestore, type ConversationResult } from '../../../src/mobilebackup2/index.ts';
import { PlistReal, type PlistValue } from '../../../src/plist/index.ts';
import { hostError, type EngineError } from '../../../src/shared/errors.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { plain, statusCode, udid } from './support/scripted-device.ts';
import { openSession } from './support/session.ts';

const ok = ['DLMessageStatusResponse', 0, '___EmptyParameterString___', {}];
const safe = { systemFiles: true, reboot: true, preserveSettings: true, removeItemsNotRestored: false };

interface Asked {
  readonly answer: unknown;
  readonly end: ConversationResult | EngineError;
}

/** One operation inside a backup, its answer, and how the conversation ended after Response 0. */
async function ask(folder: MemoryFolder, ...parts: PlistValue[]): Promise<Asked> {
  const { device, link } = await openSession();
  const running = runBackup(link, folder, { udid, full: false }).catch((error: EngineError) => error);
  await device.request();
  const answer = plain(await device.ask(...parts));
  await device.respond(0).catch(() => {});
  const end = await running;
  await link.close();
  return { answer, end };
}

describe('operations of a phone on the backup folder', () => {
  for (const spelling of ['Items', 'Files']) {
    it(`Move${spelling} moves all, in order`, async () => {
      const folder = new MemoryFolder();
      folder.files.set('a', Buffer.from('1')).set('b', Buffer.from('2'));
      const { answer } = await ask(folder, `DLMessageMove${spelling}`, { a: 'c', b: 'a' }, {}, new PlistReal(100), 0);
      assert.deepEqual(answer, ok);
      assert.deepEqual(folder.calls, ['move a c', 'move b a']);
    });

    it(`Remove${spelling} removes whole trees, and what is gone already`, async () => {
      const folder = new MemoryFolder();
      folder.files.set(`${udid}/Snapshot/3d/x`, Buffer.from('1'));
      folder.directories.add(`${udid}/Snapshot`).add(`${udid}/Snapshot/00`).add(`${udid}/Snapshot/3d`);
      const { answer } = await ask(
        folder,
        `DLMessageRemove${spelling}`,
        [`${udid}/Snapshot`, `${udid}/Manifest.mbdx`],
        {},
        new PlistReal(100),
        0,
      );
      assert.deepEqual(answer, ok);
      assert.deepEqual([folder.files.size, folder.directories.size], [0, 0]);
    });
  }

  it('CopyItem copies', async () => {
    const folder = new MemoryFolder();
    folder.files.set('a', Buffer.from('1'));
    assert.deepEqual((await ask(folder, 'DLMessageCopyItem', 'a', 'b', {})).answer, ok);
    assert.deepEqual([...folder.files.keys()], ['a', 'b']);
  });

  it('a failed move is answered with its status and is the cause of the phone\'s 104', async () => {
    const { answer, end } = await ask(new MemoryFolder(), 'DLMessageMoveItems', { a: 'c' }, {}, new PlistReal(100), 0);
    assert.deepEqual(answer, ['DLMessageStatusResponse', -6, 'No such file or directory', '___EmptyParameterString___']);
    assert.equal('code' in end && end.code, 'host.missing');
  });

  it('free space that cannot be told is -1, a larger one than 2^53 stays whole', async () => {
    const folder = new MemoryFolder();
    folder.free = 2n ** 60n;
    assert.deepEqual(
      (await ask(folder, 'DLMessageGetFreeDiskSpace')).answer,
      ['DLMessageStatusResponse', 0, '___EmptyParameterString___', 2n ** 60n],
    );
    folder.before = () => {
      throw hostError(Object.assign(new Error('EPERM'), { code: 'EPERM' }), 'x');
    };
    assert.equal((await ask(folder, 'DLMessageGetFreeDiskSpace')).answer?.constructor, Array);
  });

  it('what we do not know is answered with -2 and changes nothing', async () => {
    for (const name of ['DLMessagePing', 'DLMessageEraseEverything', 'DLMessageStatusResponse']) {
      const { answer, end } = await ask(new MemoryFolder(), name, 'text');
      assert.deepEqual(answer, ['DLMessageStatusResponse', -2, 'Operation not supported', '___EmptyParameterString___']);
      assert.equal('verdict' in end && end.verdict, 'success');
    }
  });

  const hostile: readonly (readonly [string, ...PlistValue[]])[] = [
    ['DLMessageMoveItems', { '../a': 'b' }, {}, new PlistReal(1)],
    ['DLMessageMoveItems', { a: '/b' }, {}, new PlistReal(1)],
    ['DLMessageRemoveItems', ['../../home'], {}, new PlistReal(1)],
    ['DLMessageCopyItem', '/etc/passwd', 'x', {}],
    ['DLMessageCreateDirectory', '/tmp/x', {}],
    ['DLContentsOfDirectory', '/', {}],
  ];
  for (const parts of hostile) {
    it(`an illegal path in ${parts[0]} is refused and ends the run`, async () => {
      const folder = new MemoryFolder();
      const { answer, end } = await ask(folder, ...parts);
      assert.equal(statusCode(answer as PlistValue[]), -1);
      assert.equal('code' in end && end.code, 'data.path');
      assert.deepEqual(folder.calls, []);
    });
  }

  it('a fault of ours in the folder ends the run as a crash', async () => {
    const folder = new MemoryFolder();
    folder.before = () => {
      throw new TypeError('undefined is not a function');
    };
    const { end } = await ask(folder, 'DLMessageCreateDirectory', udid, {});
    assert.equal('code' in end && end.code, 'crash.internal');
  });
});

describe('requests', () => {
  it('a restore carries all its options, the password only where there is one', async () => {
    for (const password of [undefined, 'pässword']) {
      const { device, link } = await openSession();
      const running = runRestore(link, new MemoryFolder(), { udid, sourceId: 'other', password, options: safe });
      const options = {
        RestoreSystemFiles: true,
        RestoreShouldReboot: true,
        RestoreDontCopyBackup: true,
        RestorePreserveSettings: true,
        RemoveItemsNotRestored: false,
      };
      assert.deepEqual(plain(await device.request()), {
        MessageName: 'Restore', TargetIdentifier: udid, SourceIdentifier: 'other',
        Options: password === undefined ? options : { ...options, Password: password },
      });
      await device.respond(0);
      assert.equal((await running).verdict, 'success');
      await link.close();
    }
  });

  it('a restore whose connection ends after the verdict is a success, before it is not', async () => {
    for (const hasVerdict of [true, false]) {
      const { device, link } = await openSession();
      const running = runRestore(link, new MemoryFolder(), { udid, sourceId: udid, options: safe });
      await device.request();
      if (hasVerdict) await device.respond(0);
      device.socket.end();
      if (hasVerdict) assert.equal((await running).verdict, 'success');
      else await assert.rejects(running, { code: 'link.lost' });
      await link.close();
    }
  });

  const passwords = [
    [{ newPassword: 'new' }, { NewPassword: 'new' }],
    [{ oldPassword: 'old' }, { OldPassword: 'old' }],
    [{ oldPassword: 'old', newPassword: 'new' }, { OldPassword: 'old', NewPassword: 'new' }],
  ] as const;
  for (const [given, sent] of passwords) {
    it(`a password change sends ${Object.keys(sent).join(' and ')}`, async () => {
      const { device, link } = await openSession();
      const running = changePassword(link, { udid, ...given });
      assert.deepEqual(plain(await device.request()), { MessageName: 'ChangePassword', TargetIdentifier: udid, ...sent });
      await device.respond(0);
      assert.equal((await running).verdict, 'success');
      await link.close();
    });
  }

  it('a password change gives the phone no file', async () => {
    const { device, link } = await openSession();
    const running = changePassword(link, { udid, newPassword: 'new' }).catch((error: EngineError) => error);
    await device.request();
    const { files, status } = await device.download([`${udid}/Status.plist`]);
    assert.deepEqual([files[0]?.data.length, statusCode(status)], [0, -13]);
    const end = await running;
    assert.equal('code' in end && end.code, 'data.path');
  });

  it('info brings the text of the phone', async () => {
    const { device, link } = await openSession();
    const running = info(link, new MemoryFolder(), { udid, sourceId: udid });
    assert.deepEqual(plain(await device.request()), { MessageName: 'Info', TargetIdentifier: udid, SourceIdentifier: udid });
    await device.send('DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 0, Content: 'Backup of a phone' });
    assert.equal((await running).content, 'Backup of a phone');
    await link.close();
  });
});
