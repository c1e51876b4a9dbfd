import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo } from 'node:net';
import { DeviceLink } from '../../src/mobilebackup2/device-link.ts';
import { parseMessage, readParts } from '../../src/mobilebackup2/messages.ts';
import { ConversationRecord } from '../../src/mobilebackup2/record.ts';
import { UploadReceiver } from '../../src/mobilebackup2/upload-receiver.ts';
import { readPlist } from '../../src/plist/index.ts';
import { ConnectionError, EngineError } from '../../src/shared/errors.ts';
import { MemoryFolder } from '../unit/mobilebackup2/support/memory-folder.ts';
import { backupOver, mutate, random, recordBackup, socketWith, unitOffsets } from '../unit/mobilebackup2/support/replay.ts';
import { figure, testLimit } from './support/sweep.ts';
import { fileStream, statusPlist, udid } from '../unit/mobilebackup2/support/scripted-device.ts';

/** As many as asked for, half of them plists, half file streams. */
const count = figure('MUTATIONS', 200_000, 1_000_000);
const overSockets = Math.ceil(count / 100);
const memoryLimit = 200 << 20;

function assertTyped(error: unknown, what: string): void {
  assert.ok(error instanceof EngineError && error.code !== 'crash.internal', `${what}: ${String(error)}`);
}

/** Messages of the recording, each as the bytes of its unit. */
function messagesOf(session: Buffer): Buffer[] {
  const units = unitOffsets(session).map((at) => session.subarray(at + 4, at + 4 + session.readUInt32BE(at)));
  return units.filter((unit) => {
    try {
      return Array.isArray(readPlist(unit));
    } catch {
      return false;
    }
  });
}

async function receive(bytes: Buffer): Promise<void> {
  const link = new DeviceLink(socketWith(bytes, 'closed'), { isDeviceListed: async () => false });
  const record = new ConversationRecord();
  try {
    await new UploadReceiver({ kind: 'backup', link, folder: new MemoryFolder(), record }).receive();
  } finally {
    link.input.fail(new ConnectionError('link.lost', 'done'));
  }
}

describe(`${count} mutations`, () => {
  let session: Buffer;
  before(async () => {
    session = await recordBackup();
  });

  it('of messages: each is read, or refused with a typed error', () => {
    const samples = messagesOf(session);
    assert.ok(samples.length > 20);
    const next = random(20_261_122);
    const before = process.memoryUsage().rss;
    let refused = 0;
    for (let i = 0; i < count / 2; i++) {
      const bytes = mutate(samples[i % samples.length] ?? Buffer.alloc(0), next);
      try {
        parseMessage(readParts(bytes));
      } catch (error) {
        assertTyped(error, `mutation ${i}`);
        refused++;
      }
    }
    assert.ok(refused > 0 && refused < count / 2);
    assert.ok(process.memoryUsage().rss - before < memoryLimit);
  }).timeout(testLimit(120_000));

  it('of file streams: each is received, or refused with a typed error', async () => {
    const sample = fileStream([
      { path: `${udid}/Snapshot/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28`, units: [Buffer.alloc(40, 1), Buffer.alloc(30, 2)] },
      { path: `${udid}/Snapshot/49/49128ab470583769cf58eb2e9fe2eb47983afac3`, units: [], end: [0x0b, 'Input/output error (5)'] },
      { path: `${udid}/Status.plist`, units: [statusPlist('moving')] },
    ]);
    const next = random(7);
    const before = process.memoryUsage().rss;
    let refused = 0;
    for (let i = 0; i < count / 2; i++) {
      await receive(mutate(sample, next)).catch((error: unknown) => {
        assertTyped(error, `mutation ${i}`);
        refused++;
      });
    }
    assert.ok(refused > 0 && refused < count / 2);
    assert.ok(process.memoryUsage().rss - before < memoryLimit);
  }).timeout(testLimit(120_000));

  it(`of whole sessions, ${overSockets} of them over a real socket: a typed error or a result, no hang`, async () => {
    const next = random(42);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.resume();
      socket.end(mutate(session, next));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const before = process.memoryUsage().rss;
    let refused = 0;
    for (let i = 0; i < overSockets; i += 20) {
      const batch = Array.from({ length: Math.min(20, overSockets - i) }, () => backupOver(connect(port, '127.0.0.1')));
      for (const outcome of await Promise.all(batch)) {
        if (!(outcome instanceof EngineError)) continue;
        assertTyped(outcome, `session ${i}`);
        refused++;
      }
    }
    await new Promise((resolve) => server.close(resolve));
    assert.ok(refused > 0 && refused < overSockets);
    assert.ok(process.memoryUsage().rss - before < memoryLimit);
  }).timeout(testLimit(120_000));
});
