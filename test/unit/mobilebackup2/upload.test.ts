import assert from 'node:assert/strict';
import { runBackup, type ConversationResult } from '../../../src/mobilebackup2/index.ts';
import { PlistReal, type PlistValue } from '../../../src/plist/index.ts';
import { HostError, hostError, type EngineError } from '../../../src/shared/errors.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { fileStream, message, statusCode, statusPlist, udid, u32, unit, type SentFile } from './support/scripted-device.ts';
import { openSession, shortTimings } from './support/session.ts';

const path = (n: number): string => `${udid}/Snapshot/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d2${n}`;
const file = (n: number, ...units: Buffer[]): SentFile => ({ path: path(n), units });
const uploadMessage = message(['DLMessageUploadFiles', {}, new PlistReal(50), 0]);

interface Uploaded {
  readonly status: PlistValue[];
  readonly end: ConversationResult | EngineError;
}

/** One batch; resolves with the host's answer and how its conversation ended after Response 0. */
async function uploadTo(folder: MemoryFolder, files: readonly SentFile[]): Promise<Uploaded> {
  const { device, link } = await openSession();
  const running = runBackup(link, folder, { udid, full: false }).catch((error: EngineError) => error);
  await device.request();
  const status = await device.upload(files);
  await device.respond(0).catch(() => {});
  const end = await running;
  await link.close();
  return { status, end };
}

/** Fails with an errno when the folder is asked for `call`. */
function failing(call: string, errno: string): MemoryFolder {
  const folder = new MemoryFolder();
  folder.before = (actual) => {
    if (actual === call) throw hostError(Object.assign(new Error(errno), { code: errno }), call);
  };
  return folder;
}

describe('files that a phone sends', () => {
  it('are stored whole, of several units, empty ones, and empty units', async () => {
    const folder = new MemoryFolder();
    const big = Buffer.alloc(262_144, 7);
    const { status } = await uploadTo(folder, [file(1, big, big, Buffer.from('end')), file(2), file(3, Buffer.alloc(0), Buffer.from('x'))]);
    assert.equal(statusCode(status), 0);
    assert.deepEqual(
      folder.files,
      new Map([[path(1), Buffer.concat([big, big, Buffer.from('end')])], [path(2), Buffer.alloc(0)], [path(3), Buffer.from('x')]]),
    );
  });

  it('are the same however the stream is cut into chunks', async () => {
    const stream = Buffer.concat([
      uploadMessage,
      fileStream([file(1, Buffer.from('one'), Buffer.from('two')), file(2), file(3, Buffer.from('three'))]),
    ]);
    for (const size of [1, 2, 3, 5, 7, 64]) {
      const folder = new MemoryFolder();
      const { device, link } = await openSession();
      const running = runBackup(link, folder, { udid, full: false });
      await device.request();
      for (let at = 0; at < stream.length; at += size) await device.write(stream.subarray(at, at + size));
      assert.equal(statusCode(await device.receive()), 0);
      await device.respond(0);
      await running;
      assert.deepEqual([...folder.files.values()].map(String), ['onetwo', '', 'three'], `chunks of ${size}`);
      await link.close();
    }
  });

  it('may fail one by one, with or without a text, before or after data; what came of them is dropped', async () => {
    const folder = new MemoryFolder();
    const files: SentFile[] = [
      { ...file(1), end: [0x06, 'No such file or directory'] },
      { ...file(2, Buffer.from('part')), end: [0x0b, ''] },
      file(3, Buffer.from('good')),
    ];
    const { status, end } = await uploadTo(folder, files);
    assert.equal(statusCode(status), 0);
    assert.deepEqual([...folder.files], [[path(3), Buffer.from('good')]]);
    assert.equal('failedFiles' in end && end.failedFiles, 2);
    assert.ok(folder.calls.includes(`discard ${path(2)}`));
  });

  it('that failed on the phone are passed over when it moves them', async () => {
    const folder = new MemoryFolder();
    const { device, link } = await openSession();
    const running = runBackup(link, folder, { udid, full: false });
    await device.request();
    await device.upload([{ ...file(1), end: [0x0b, 'Input/output error (5)'] }, file(2, Buffer.from('good'))]);
    const moved = await device.ask(
      'DLMessageMoveItems',
      { [path(1)]: `${udid}/3d/1`, [path(2)]: `${udid}/3d/2` },
      {},
      new PlistReal(100),
      0,
    );
    assert.equal(statusCode(moved), 0);
    assert.deepEqual([...folder.files.keys()], [`${udid}/3d/2`]);
    await device.respond(0);
    await running;
    await link.close();
  });

  const failures: readonly (readonly [errno: string, status: number, code: string])[] = [
    ['ENOSPC', -15, 'host.no-space'],
    ['EDQUOT', -15, 'host.no-space'],
    ['EIO', -11, 'host.io'],
    ['EACCES', -1, 'host.permission'],
    ['ENOENT', -6, 'host.missing'],
    ['EEXIST', -7, 'host.io'],
    ['ENOTDIR', -8, 'host.io'],
    ['EISDIR', -9, 'host.io'],
    ['ELOOP', -10, 'host.io'],
    ['EROFS', -1, 'host.read-only'],
  ];
  for (const [errno, status, code] of failures) {
    it(`are drained to the end after ${errno}, answered with ${status}, and never called a success`, async () => {
      for (const call of [`write ${path(1)}`, `data ${path(1)}`, `finish ${path(1)}`]) {
        const folder = failing(call, errno);
        const outcome = await uploadTo(folder, [file(1, Buffer.alloc(300_000)), file(2, Buffer.from('later'))]);
        assert.equal(statusCode(outcome.status), status, call);
        assert.equal('code' in outcome.end && outcome.end.code, code, call);
        assert.equal(folder.files.size, 0, call);
      }
    });
  }

  it('wait for a busy disk', async () => {
    const folder = new MemoryFolder();
    let isBusy = false;
    const write = folder.write.bind(folder);
    folder.write = (name) => {
      const writer = write(name);
      return {
        ...writer,
        write: (chunk) => {
          assert.ok(!isBusy, 'sent while the disk was busy');
          isBusy = true;
          void writer.write(chunk);
          return new Promise((resolve) => setImmediate(() => {
            isBusy = false;
            resolve();
          }));
        },
      };
    };
    const { status } = await uploadTo(folder, [file(1, ...Array.from({ length: 20 }, () => Buffer.alloc(100_000, 3)))]);
    assert.equal(statusCode(status), 0);
    assert.equal(folder.files.get(path(1))?.length, 2_000_000);
  });

  it('do not wait for ever for a dead disk', async () => {
    const folder = new MemoryFolder();
    const write = folder.write.bind(folder);
    folder.write = (name) => ({ ...write(name), finish: () => new Promise(() => {}) });
    const { device, link } = await openSession({ timings: { ...shortTimings, disk: 30 } });
    const running = runBackup(link, folder, { udid, full: false }).catch((error: EngineError) => error);
    await device.request();
    assert.equal(statusCode(await device.upload([file(1)])), -11);
    await device.respond(104);
    const end = await running;
    assert.ok(end instanceof HostError && end.code === 'host.io');
  });

  for (const illegal of [`${udid}/../escape`, '/etc/passwd', '../x']) {
    it(`to ${illegal} are refused, and end the run`, async () => {
      const folder = new MemoryFolder();
      const { status, end } = await uploadTo(folder, [{ path: illegal, units: [Buffer.from('evil')] }, file(2, Buffer.from('good'))]);
      assert.equal(statusCode(status), -1);
      assert.equal('code' in end && end.code, 'data.path');
      assert.deepEqual(folder.calls, []);
    });
  }

  const broken: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['a name of 4097 bytes', unit(Buffer.alloc(4097, 97))],
    ['a name of 4 GiB', u32(0xffffffff)],
    ['an empty host name', Buffer.concat([unit(Buffer.from('/a')), u32(0)])],
    ['an empty unit', Buffer.concat([unit(Buffer.from('/a')), unit(Buffer.from(path(1))), u32(0)])],
    ['a unit of 4 GiB', Buffer.concat([unit(Buffer.from('/a')), unit(Buffer.from(path(1))), u32(0xffffffff)])],
    ['an error text of 1 MiB', Buffer.concat([unit(Buffer.from('/a')), unit(Buffer.from(path(1))), u32(1 << 20), Buffer.of(6)])],
  ];
  for (const [what, bytes] of broken) {
    it(`with ${what} break the channel`, async () => {
      const folder = new MemoryFolder();
      const { device, link } = await openSession();
      const running = runBackup(link, folder, { udid, full: false });
      await device.request();
      await device.write(Buffer.concat([uploadMessage, bytes]));
      await assert.rejects(running, { code: 'data.frame' });
      await device.ended();
      assert.equal(folder.files.size, 0);
    });
  }

  it('as Status.plist are no larger than 64 KiB', async () => {
    const { status, end } = await uploadTo(
      new MemoryFolder(),
      [{ path: `${udid}/Status.plist`, units: [statusPlist('moving'), Buffer.alloc(70_000)] }],
    );
    assert.equal(statusCode(status), -1);
    assert.equal('code' in end && end.code, 'data.limit');
  });

  it('as Status.plist are not stored when the flush before them fails', async () => {
    const folder = failing('flush', 'EIO');
    const { status, end } = await uploadTo(folder, [{ path: `${udid}/Status.plist`, units: [statusPlist('finished')] }]);
    assert.equal(statusCode(status), -11);
    assert.equal('code' in end && end.code, 'host.io');
    assert.equal(folder.files.size, 0);
  });
});
