import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { openDevice, pairDevice } from '../../src/device/index.ts';
import {
  openLink,
  runBackup,
  runRestore,
  type ConversationEvent,
  type ConversationResult,
  type LinkTimings,
} from '../../src/mobilebackup2/index.ts';
import { writeXmlPlist } from '../../src/plist/index.ts';
import { EngineError } from '../../src/shared/errors.ts';
import { startVirtual, type Moods, type RunningVirtual } from '../../src/virtual-iphone/index.ts';
import { MemoryFolder } from '../unit/mobilebackup2/support/memory-folder.ts';
import { isSweep, strided, swept, testLimit } from './support/sweep.ts';

/** For a phone that falls silent; any other is waited for as long as it takes on a busy machine. */
const shortTimings: Partial<LinkTimings> = { opening: 1000, stream: 400, betweenFiles: 400, listedCheck: 100 };
const options = { systemFiles: true, reboot: false, preserveSettings: true, removeItemsNotRestored: false };
/** The phone's messages before the host's request. */
const openingMessages = 3;
/** Of the positions of a sweep. */
const sampleEvery = 4;

interface Outcome {
  readonly end: ConversationResult | EngineError;
  readonly events: readonly ConversationEvent[];
}

/** Every message, but of the over 500 folders only the first, one in the middle and the last. */
function positionsOf(names: readonly string[]): number[] {
  const folders = names.flatMap((name, index) => (name === 'DLMessageCreateDirectory' ? [index] : []));
  const kept = new Set([folders.at(0), folders.at(folders.length >> 1), folders.at(-1)]);
  return names.flatMap((_, index) => (!folders.includes(index) || kept.has(index) ? [index] : []));
}

const endOf = ({ end }: Outcome): string => ('code' in end ? end.code : end.verdict);

describe('conversations with the virtual iPhone, over usbmux and TLS', function () {
  this.timeout(testLimit(60_000));
  let virtual: RunningVirtual;
  let udid: string;
  before(async () => {
    virtual = await startVirtual({ seed: 11, allowTls13: true, iterations: { sha256: 100, sha1: 10 } });
    udid = virtual.phone.identity.udid;
    await pairDevice(udid, { muxer: virtual.address, patience: 60_000 });
  });
  after(() => virtual.close());

  /** One conversation in a mood; afterwards the phone is calm and restarted in mind. */
  async function converse(kind: 'backup' | 'restore', folder: MemoryFolder, moods: Partial<Moods> = {}): Promise<Outcome> {
    const events: ConversationEvent[] = [];
    virtual.phone.setMoods({ faults: [], hostile: undefined, snapshotLeftover: false, restoredWithoutRestart: false, ...moods });
    const device = await openDevice(udid, { muxer: virtual.address });
    const timings = moods.faults?.some(({ kind: fault }) => fault === 'silence') ? shortTimings : {};
    try {
      const socket = await device.startService('com.apple.mobilebackup2', { escrowBag: true });
      const link = await openLink(socket, { isDeviceListed: async () => false, timings });
      const onEvent = (event: ConversationEvent): unknown => events.push(event);
      const backup = (): Promise<ConversationResult> => runBackup(link, folder, { udid, full: false, onEvent });
      const restore = (): Promise<ConversationResult> => runRestore(link, folder, { udid, sourceId: udid, options, onEvent });
      const end = await (kind === 'backup' ? backup() : restore());
      await link.close();
      return { end, events };
    } catch (error) {
      if (error instanceof EngineError) return { end: error, events };
      throw error;
    } finally {
      await device.close();
    }
  }

  it('a full backup, an incremental one of an unchanged phone, and a restore', async () => {
    const folder = new MemoryFolder();
    const first = await converse('backup', folder);
    assert.deepEqual([endOf(first), 'snapshotState' in first.end && first.end.snapshotState], ['success', 'finished']);
    const database = folder.files.get(`${udid}/Manifest.db`);
    assert.equal(database?.toString('latin1', 0, 15), 'SQLite format 3');
    const names = [...folder.files.keys()].filter((name) => /^[^/]+\/[0-9a-f]{2}\/[0-9a-f]{40}$/.test(name));
    assert.ok(names.length >= 3);
    assert.ok(![...folder.files.keys()].some((name) => name.includes('/Snapshot/')));

    const before = new Map([...folder.files].map(([name, data]) => [name, createHash('sha1').update(data).digest('hex')]));
    const second = await converse('backup', folder);
    assert.equal(endOf(second), 'success');
    assert.ok(second.events.some((event) => event.type === 'phase' && event.phase === 'sending-manifest'));
    for (const name of names) assert.equal(createHash('sha1').update(folder.files.get(name) ?? '').digest('hex'), before.get(name));

    folder.files.set(`${udid}/Info.plist`, writeXmlPlist({ 'Device Name': 'iPhone' }));
    const restored = await converse('restore', folder);
    assert.equal(endOf(restored), 'success', JSON.stringify(restored.end));
    assert.ok(restored.events.some((event) => event.type === 'phase' && event.phase === 'sending'));
  });

  const kinds = [
    ['disconnect', ['link.lost', 'link.tls']],
    ['reset', ['link.lost', 'link.tls']],
    ['silence', ['link.silent', 'device.gone']],
    ['error', ['mb.1']],
  ] as const;
  for (const [turn, [kind, codes]] of kinds.entries()) {
    it(`${kind} at each message of a backup: the cause, and the next run succeeds`, async () => {
      const { events } = await converse('backup', new MemoryFolder());
      const all = positionsOf(events.flatMap((event) => (event.type === 'message' ? [event.name] : [])));
      for (const position of swept(`conversation, ${kind}`, isSweep ? all : strided(all, sampleEvery, turn))) {
        const message = openingMessages + position;
        const folder = new MemoryFolder();
        const fault = kind === 'error' ? { kind, at: { message }, code: 1 } : { kind, at: { message } };
        const outcome = await converse('backup', folder, { faults: [fault] });
        const end = endOf(outcome);
        const wasDone = outcome.events.some((event) => event.type === 'status' && event.snapshotState === 'finished');
        assert.ok((codes as readonly string[]).includes(end) || (wasDone && end === 'unproven'), `${end} at message ${message}`);
        assert.equal(endOf(await converse('backup', folder)), 'success', `after ${kind} at message ${message}`);
      }
    });
  }

  const paths = ['../escape', '/etc/passwd', '00008110-000A1B2C3D4E5F60/../../x'];
  const messages = [
    'UploadFiles',
    'DownloadFiles',
    'MoveItems:from',
    'MoveItems:to',
    'CopyItem:from',
    'CopyItem:to',
    'RemoveItems',
    'CreateDirectory',
    'ContentsOfDirectory',
  ];
  for (const message of messages) {
    it(`a hostile path in ${message} ends with data.path`, async () => {
      for (const path of paths) {
        const folder = new MemoryFolder();
        const outcome = await converse('backup', folder, { hostile: { message, path } });
        assert.equal(endOf(outcome), 'data.path', path);
        assert.ok(folder.calls.every((call) => !call.includes(path)), path);
      }
    });
  }

  for (const form of ['absurd-length', 'deep-plist', 'huge-plist', 'wrong-count', 'truncated-frame'] as const) {
    it(`${form} ends with a typed error and little memory`, async () => {
      const before = process.memoryUsage().rss;
      const outcome = await converse('backup', new MemoryFolder(), { hostile: { message: 'MoveItems:to', path: 'x', form } });
      const codes = form === 'truncated-frame' ? ['link.lost', 'link.tls'] : ['data.frame', 'data.plist'];
      assert.ok(codes.includes(endOf(outcome)), endOf(outcome));
      assert.ok(process.memoryUsage().rss - before < 100 << 20);
    });
  }
});
