import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { MuxClient, openDevice } from '../../../src/device/index.ts';
import { AfcClient } from '../../../src/device/afc/client.ts';
import { AfcLink } from '../../../src/device/afc/link.ts';
import { parseApp } from '../../../src/device/apps/app.ts';
import { PlistChannel } from '../../../src/device/link/plist-channel.ts';
import { SocketReader } from '../../../src/device/link/socket-reader.ts';
import { parsePairRecord } from '../../../src/device/lockdown/pair-record.ts';
import { parseMuxEntry } from '../../../src/device/mux/entries.ts';
import { encodeMuxFrame, readMuxFrame } from '../../../src/device/mux/frame.ts';
import { emptyValues, summarize } from '../../../src/device/values/summary.ts';
import { PlistError, asDict, emptyDict, readPlist, writeBinaryPlist, writeXmlPlist, type PlistDict } from '../../../src/plist/index.ts';
import { EngineError } from '../../../src/shared/errors.ts';
import { packet, words } from './fake-afc.ts';
import { FakeLockdown, lockdownReply, plistFrame, savedRecord } from './fake-lockdown.ts';
import { FakeMuxer, attached, testUdid } from './fake-muxer.ts';
import { Mutator } from './mutations.ts';

/** `FUZZ_RUNS` runs more. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const wait = { timeout: 2_000 };

/** Gives `bytes`, then the end; takes whatever is written. */
function wire(bytes: Buffer): Duplex {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  stream.push(bytes);
  stream.push(null);
  return stream;
}

async function survives(seed: number, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    assert.ok(error instanceof EngineError, `seed ${seed}: ${String(error)}`);
    assert.notEqual(error.code, 'link.silent', `seed ${seed} hangs`);
    assert.notEqual(error.kind, 'crash', `seed ${seed}`);
  }
}

async function fuzz(good: readonly Buffer[], work: (bytes: Buffer) => unknown): Promise<void> {
  const before = process.memoryUsage().rss;
  for (let seed = 0; seed < runs; seed++) {
    const bytes = new Mutator(seed).damage(good[seed % good.length] ?? Buffer.alloc(0));
    await survives(seed, () => work(bytes));
  }
  assert.ok(process.memoryUsage().rss - before < 300e6, 'memory grew beyond all input');
}

/** A damaged plist that is still one. */
function readable(bytes: Buffer): PlistDict | undefined {
  try {
    return asDict(readPlist(bytes));
  } catch (error) {
    if (error instanceof PlistError) return undefined;
    throw error;
  }
}

const app = { CFBundleIdentifier: 'com.example.a', CFBundleDisplayName: 'A', StaticDiskUsage: 5, GroupContainers: { 'group.a': '/x' } };
const root = { DeviceName: 'Anna', ProductType: 'iPhone16,1', ProductVersion: '18.5', PasswordProtected: true, UniqueChipID: 2n ** 53n };
const bothWays = (dict: PlistDict): Buffer[] => [writeXmlPlist(dict), writeBinaryPlist(dict)];

describe('damaged input', () => {
  it('to the muxer frames gives a typed error', async () => {
    const good = [encodeMuxFrame({ DeviceList: [attached(7), attached(8)] }, 1), encodeMuxFrame({ MessageType: 'Result', Number: 0 }, 1)];
    await fuzz(good, (bytes) => readMuxFrame(new SocketReader(wire(bytes)), wait));
  });

  it('to the muxer entries gives a device or none', async () => {
    await fuzz(bothWays(attached(7)), (bytes) => {
      const device = parseMuxEntry(readable(bytes) ?? null);
      assert.ok(device === undefined || (device.deviceId > 0 && /^[0-9A-Fa-f-]{25,40}$/.test(device.udid)));
    });
  });

  it('to property list channels gives a typed error', async () => {
    const good = [plistFrame(app), Buffer.concat([Buffer.from([0, 0, 0, writeBinaryPlist(root).length]), writeBinaryPlist(root)])];
    await fuzz(good, (bytes) => new PlistChannel(wire(bytes)).receive(wait.timeout));
  });

  it('to AFC gives a typed error for each request under way', async () => {
    const names = Buffer.from('DCIM\0Books\0');
    const good = [packet({ operation: 2, payload: names }, 1n), packet({ operation: 1, data: words(8) }, 1n)];
    await fuzz(good, (bytes) => new AfcClient(new AfcLink(wire(bytes))).list('/'));
  });

  it('to pair records gives a typed error', async () => {
    await fuzz([savedRecord()], (bytes) => parsePairRecord(bytes));
  });

  it('to apps and values gives bounded texts and sizes that can be', async () => {
    await fuzz(bothWays({ app, root }), (bytes) => {
      const dict = readable(bytes) ?? emptyDict();
      const parsed = parseApp(dict['app'] ?? null);
      assert.ok(parsed === undefined || (parsed.staticUsage ?? 0) >= 0);
      const frame = { udid: testUdid, connections: [], trust: 'trusted' } as const;
      const summary = summarize(frame, { ...emptyValues(), root: asDict(dict['root']) ?? emptyDict() });
      assert.ok((summary.name?.length ?? 0) <= 1_024);
    });
  });

  it('from a muxer on a real socket never is an empty list', async () => {
    await using muxer = await FakeMuxer.start();
    const good = encodeMuxFrame({ DeviceList: [attached(7)] }, 1);
    for (let seed = 0; seed < runs / 10; seed++) {
      const bytes = new Mutator(seed).damage(good);
      muxer.handlers['ListDevices'] = (_, socket) => {
        setImmediate(() => socket.end());
        return bytes;
      };
      await survives(seed, () => MuxClient.at(muxer.address).list());
    }
  });

  it('from a phone on a real socket gives a typed error', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const good = plistFrame(lockdownReply('StartSession', { SessionID: 'S', EnableSessionSSL: false }) as PlistDict);
    for (let seed = 0; seed < runs / 10; seed++) {
      phone.handlers['StartSession'] = () => {
        setImmediate(() => muxer.sockets.forEach((socket) => socket.end()));
        return new Mutator(seed).damage(good);
      };
      await survives(seed, async () => (await openDevice(testUdid, { muxer: muxer.address })).close());
    }
  });
});
