import assert from 'node:assert/strict';
import { asBigInt, asDict, PlistReal } from '../../../../src/plist/index.ts';
import { manyFiles, sampleContent } from './support/list-content.ts';
import { MemoryHost } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

/** Runs of one name become `name xN`. */
function phases(names: readonly string[]): string[] {
  const runs: [string, number][] = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last?.[0] === name) last[1]++;
    else runs.push([name, 1]);
  }
  return runs.map(([name, count]) => `${name.replace(/^DL(Message)?/, '')} x${count}`);
}

describe('the phone\'s order of messages', () => {
  it('goes through the phases of a full backup', async () => {
    const phone = testPhone(manyFiles(300));
    const host = new MemoryHost();
    const verdict = await host.backup(phone, true);
    assert.equal(verdict?.code, 0);
    assert.deepEqual(phases(host.names()), [
      'VersionExchange x1', 'DeviceReady x1', 'ProcessMessage x1',
      'DownloadFiles x1', 'ContentsOfDirectory x2', 'GetFreeDiskSpace x1', 'CreateDirectory x514',
      'UploadFiles x7', 'MoveItems x5', 'UploadFiles x1', 'RemoveItems x1', 'UploadFiles x1', 'DownloadFiles x3', 'ProcessMessage x1',
    ]);
    const { udid } = phone.identity;
    const uploads = host.uploads.filter((path) => !/[0-9a-f]{40}$/.test(path));
    const snapshot = [`${udid}/Snapshot/Manifest.plist`, `${udid}/Snapshot/Manifest.db`];
    assert.deepEqual(uploads, [`${udid}/Status.plist`, ...snapshot, `${udid}/Status.plist`, `${udid}/Status.plist`, `${udid}/Status.plist`]);
    assert.deepEqual(host.sent, ['Status.plist', 'Status.plist', 'Manifest.plist', 'Manifest.db'].map((name) => `${udid}/${name}`));
    assert.deepEqual([...host.files.keys()].filter((path) => path.includes('/Snapshot/')), []);
  });

  it('moves in batches of 128, then each manifest file by itself', async () => {
    const phone = testPhone(manyFiles(300));
    const host = new MemoryHost();
    await host.backup(phone);
    const sizes = host.messages.filter(([name]) => name === 'DLMessageMoveItems').map(([, moves]) => Object.keys(asDict(moves) ?? {}).length);
    assert.deepEqual(sizes, [128, 128, 44, 1, 1]);
  });

  it('downloads the last backup\'s status and manifest first when there is one, and sends no content again', async () => {
    const phone = testPhone();
    const host = new MemoryHost();
    await host.backup(phone);
    host.forget();
    assert.equal((await host.backup(phone))?.code, 0);
    const { udid } = phone.identity;
    const names = ['Status.plist', 'Manifest.plist', 'Manifest.db'];
    assert.deepEqual(host.sent, [...names, ...names].map((name) => `${udid}/${name}`));
    assert.deepEqual(phases(host.names()).slice(3, 6), ['DownloadFiles x3', 'ContentsOfDirectory x2', 'GetFreeDiskSpace x1']);
    assert.deepEqual(host.uploads.filter((path) => /[0-9a-f]{40}$/.test(path)), []);
  });

  it('gives each part the type that hosts insist on', async () => {
    const phone = testPhone(sampleContent());
    const host = new MemoryHost();
    await host.backup(phone);
    const first = (name: string, at = 0): readonly unknown[] => host.messages.filter(([one]) => one === name)[at] ?? [];
    assert.deepEqual(first('DLMessageVersionExchange'), ['DLMessageVersionExchange', 400, 0]);
    assert.equal(first('DLMessageDeviceReady').length, 1);
    const hello = asDict(host.messages[2]?.[1]);
    assert.deepEqual([hello?.['ErrorCode'], hello?.['ProtocolVersion']], [0, new PlistReal(2.1)]);
    assert.equal(first('DLMessageGetFreeDiskSpace').length, 1);
    assert.deepEqual(first('DLContentsOfDirectory').slice(0, 2), ['DLContentsOfDirectory', `${phone.identity.udid}/Snapshot`]);
    const [, options, progress, size] = first('DLMessageUploadFiles');
    assert.deepEqual([Object.keys(options as object), progress, size], [[], new PlistReal(0), 0]);
    const [, dataOptions, dataProgress, dataSize] = first('DLMessageUploadFiles', 1);
    const callbacks = asBigInt(asDict(dataOptions as never)?.['DLDeviceIOCallbacks']) ?? 0n;
    assert.ok(callbacks > 2n ** 32n);
    assert.ok(dataProgress instanceof PlistReal && dataProgress.value > 1 && dataProgress.value <= 100);
    assert.equal(dataSize, 65_536 + 8 + 600_001 + 5 + 16);
    const [, , , createProgress] = first('DLMessageCreateDirectory');
    assert.deepEqual(createProgress, new PlistReal(0));
  });

  it('never lets progress fall, and reaches 100 before the moves', async () => {
    const host = new MemoryHost();
    await host.backup(testPhone(manyFiles(700)));
    const index: Readonly<Record<string, number>> = { DLMessageUploadFiles: 2, DLMessageMoveItems: 3, DLMessageRemoveItems: 3 };
    const values = host.messages.flatMap((message) => {
      const value = message[index[message[0]] ?? 99];
      return value instanceof PlistReal ? [[message[0], value.value] as const] : [];
    });
    for (const [at, [, value]] of values.entries()) assert.ok(value >= (values[at - 1]?.[1] ?? 0) && value <= 100);
    assert.equal(values.find(([name]) => name === 'DLMessageMoveItems')?.[1], 100);
  });

  it('fills data units up to 256 KiB and the code', async () => {
    const host = new MemoryHost();
    await host.backup(testPhone());
    assert.equal(Math.max(...host.chunkLengths), 262_145);
  });

  it('marks its way in Status.plist: 190, 187, 189 bytes', async () => {
    const host = new MemoryHost();
    const phone = testPhone();
    const lengths: number[] = [];
    host.leaveAt = () => {
      const length = host.files.get(`${phone.identity.udid}/Status.plist`)?.length;
      if (length !== undefined && lengths.at(-1) !== length) lengths.push(length);
      return false;
    };
    await host.backup(phone);
    assert.deepEqual(lengths, [190, 187, 189]);
  });
});
