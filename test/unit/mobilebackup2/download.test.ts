import assert from 'node:assert/strict';
import { runRestore, type ConversationResult } from '../../../src/mobilebackup2/index.ts';
import { hostError, type EngineError } from '../../../src/shared/errors.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { plain, udid, type ScriptedDevice } from './support/scripted-device.ts';
import { openSession } from './support/session.ts';

const safe = { systemFiles: true, reboot: false, preserveSettings: true, removeItemsNotRestored: false };
const path = (n: number): string => `${udid}/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d${String(n).padStart(2, '0')}`;

async function restoring(folder: MemoryFolder, talk: (device: ScriptedDevice) => Promise<void>): Promise<ConversationResult | EngineError> {
  const { device, link } = await openSession();
  const running = runRestore(link, folder, { udid, sourceId: udid, options: safe }).catch((error: EngineError) => error);
  await device.request();
  await talk(device);
  await device.respond(0).catch(() => {});
  const end = await running;
  await link.close();
  return end;
}

describe('files that a phone reads', () => {
  it('go out in frames of at most 32 KiB, code included', async () => {
    const folder = new MemoryFolder();
    const data = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => index % 251));
    folder.files.set(path(1), data).set(path(2), Buffer.alloc(0)).set(path(3), Buffer.alloc(32_767, 1));
    await restoring(folder, async (device) => {
      const { files, status } = await device.download([path(1), path(2), path(3)], 40);
      assert.deepEqual(plain(status), ['DLMessageStatusResponse', 0, '___EmptyParameterString___', {}]);
      assert.deepEqual(
        files.map(({ path: name, data: bytes, code }) => [name, bytes.length, code]),
        [[path(1), data.length, 0], [path(2), 0, 0], [path(3), 32_767, 0]],
      );
      assert.ok(files[0]?.data.equals(data));
      assert.ok(files.every(({ units }) => units.every((length) => length <= 32_768)));
      assert.deepEqual(files[2]?.units, [32_768]);
    });
    assert.equal(folder.calls.filter((call) => call.startsWith('close')).length, 3);
  });

  it('keep their order over many, and are each closed', async () => {
    const folder = new MemoryFolder();
    const paths = Array.from({ length: 100 }, (_, n) => path(n));
    for (const [n, name] of paths.entries()) folder.files.set(name, Buffer.alloc(n * 321, n));
    const result = await restoring(folder, async (device) => {
      const { files } = await device.download(paths);
      assert.deepEqual(files.map((file) => file.path), paths);
      assert.ok(files.every((file, n) => file.data.equals(Buffer.alloc(n * 321, n))));
    });
    assert.equal('files' in result && result.files, 100);
    assert.equal(folder.calls.filter((call) => call.startsWith('close')).length, 100);
  });

  it('that are missing are named in the answer; the others are sent', async () => {
    const folder = new MemoryFolder();
    folder.files.set(path(2), Buffer.from('two'));
    await restoring(folder, async (device) => {
      const { files, status } = await device.download([path(1), path(2), path(3)]);
      assert.deepEqual(
        files.map(({ code, text }) => [code, text]),
        [[6, 'No such file or directory'], [0, ''], [6, 'No such file or directory']],
      );
      const error = { DLFileErrorString: 'No such file or directory', DLFileErrorCode: -6 };
      assert.deepEqual(plain(status), ['DLMessageStatusResponse', -13, 'Multi status', { [path(1)]: error, [path(3)]: error }]);
    });
  });

  it('that cannot be read end with the code of the failure; the run is no success', async () => {
    for (const call of [`read ${path(1)}`, `chunk ${path(1)}`]) {
      const folder = new MemoryFolder();
      folder.files.set(path(1), Buffer.alloc(900_000)).set(path(2), Buffer.from('two'));
      let countdown = 1;
      folder.before = (actual) => {
        const isDue = actual === call && (call.startsWith('read') || countdown-- === 0);
        if (isDue) throw hostError(Object.assign(new Error('EIO'), { code: 'EIO' }), path(1));
      };
      const end = await restoring(folder, async (device) => {
        const { files, status } = await device.download([path(1), path(2)]);
        assert.deepEqual(files.map(({ code, text }) => [code, text]), [[11, 'Input/output error'], [0, '']], call);
        assert.deepEqual(plain(status[3] ?? null), { [path(1)]: { DLFileErrorString: 'Input/output error', DLFileErrorCode: -11 } });
      });
      assert.equal('code' in end && end.code, 'host.io', call);
    }
  });

  it('may be none at all', async () => {
    await restoring(new MemoryFolder(), async (device) => {
      const { files, status } = await device.download([]);
      assert.deepEqual([files.length, status[1]], [0, 0]);
    });
  });

  it('outside the folder are refused, and end the run', async () => {
    const folder = new MemoryFolder();
    folder.files.set('/etc/shadow', Buffer.from('secret')).set(path(1), Buffer.from('one'));
    const end = await restoring(folder, async (device) => {
      const { files, status } = await device.download(['/etc/shadow', path(1)]);
      assert.deepEqual(files.map(({ data, code }) => [data.length, code]), [[0, 1]]);
      assert.equal(status[1], -13);
    });
    assert.equal('code' in end && end.code, 'data.path');
    assert.equal(folder.calls.includes(`read ${path(1)}`), folder.calls.includes(`close ${path(1)}`));
  });

  it('without a name break the channel', async () => {
    const { device, link } = await openSession();
    const running = runRestore(link, new MemoryFolder(), { udid, sourceId: udid, options: safe });
    await device.request();
    await device.send('DLMessageDownloadFiles', ['']);
    await assert.rejects(running, { code: 'data.path' });
  });
});
