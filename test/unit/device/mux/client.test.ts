import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MuxClient } from '../../../../src/device/index.ts';
import { encodeMuxFrame } from '../../../../src/device/mux/frame.ts';
import { mergeEntries } from '../../../../src/device/mux/entries.ts';
import { type Reply, FakeMuxer, attached, muxFrame, result, testUdid } from '../fake-muxer.ts';

async function refusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('the usbmux client', () => {
  it('frames requests with four u32 LE: length, version 1, message 8, tag', () => {
    const frame = encodeMuxFrame({ MessageType: 'x'.repeat(262) }, 2);
    assert.equal(frame.readUInt32LE(0), frame.length);
    assert.equal(frame.subarray(4, 16).toString('hex'), '010000000800000002000000');
    assert.match(frame.toString('utf8', 16), /^<\?xml/);
  });

  it('lists USB and network entries, with the dash that muxers leave out', async () => {
    await using muxer = await FakeMuxer.start();
    const old = 'a'.repeat(40);
    muxer.handlers['ListDevices'] = () => ({
      DeviceList: [attached(3, { ConnectionType: 'Network', NetworkAddress: Buffer.alloc(128) }), attached(7), attached(9, { SerialNumber: old })],
    });
    const devices = await MuxClient.at(muxer.address).list();
    assert.deepEqual(devices.map((each) => [each.deviceId, each.udid, each.connection, each.speed]), [
      [3, testUdid, 'network', undefined],
      [7, testUdid, 'usb', 480_000_000],
      [9, old, 'usb', 480_000_000],
    ]);
    const merged = mergeEntries(devices);
    assert.deepEqual(merged.map((each) => [each.udid, each.connections, each.entries[0]?.deviceId]), [
      [testUdid, ['usb', 'network'], 7],
      [old, ['usb'], 9],
    ]);
  });

  it('leaves out entries that are malformed, and keeps the others', async () => {
    await using muxer = await FakeMuxer.start();
    const broken = [
      'text',
      {},
      attached(0),
      attached(-1),
      attached(2, { SerialNumber: '' }),
      attached(2, { SerialNumber: '../../etc' }),
      attached(2, { SerialNumber: 5 }),
      attached(2, { ConnectionType: 'Serial' }),
      attached(2, { ConnectionType: 'constructor' }),
    ];
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [...broken, attached(7), ...broken] });
    assert.deepEqual((await MuxClient.at(muxer.address).list()).map((each) => each.deviceId), [7]);
  });

  it('sends the port with its bytes swapped', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.ports.set(62_078, (socket) => socket.write('hi'));
    const socket = await MuxClient.at(muxer.address).connect(7, 62_078);
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.equal(data.toString(), 'hi');
    assert.equal(muxer.requests.at(-1)?.['PortNumber'], 32_498);
    socket.destroy();
  });

  it('keeps bytes that come in one piece with the answer to Connect', async () => {
    await using muxer = await FakeMuxer.start();
    const reply = encodeMuxFrame({ MessageType: 'Result', Number: 0 }, 1);
    muxer.handlers['Connect'] = () => Buffer.concat([reply, Buffer.from('early')]);
    const socket = await MuxClient.at(muxer.address).connect(7, 1);
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.equal(data.toString(), 'early');
    socket.destroy();
  });

  for (const [number, code] of [[2, 'device.gone'], [3, 'link.refused'], [1, 'mux.protocol'], [6, 'mux.protocol']] as const) {
    it(`calls result ${number} of Connect ${code}`, async () => {
      await using muxer = await FakeMuxer.start();
      muxer.handlers['Connect'] = () => result(number);
      await assert.rejects(MuxClient.at(muxer.address).connect(7, 62_078), { code, kind: 'connection' });
    });
  }

  it('reads, saves and deletes pair records', async () => {
    await using muxer = await FakeMuxer.start();
    const mux = MuxClient.at(muxer.address);
    assert.equal(await mux.readPairRecord(testUdid), undefined);
    await mux.deletePairRecord(testUdid);
    await mux.savePairRecord(testUdid, Buffer.from('record'), 7);
    assert.equal(muxer.requests.at(-1)?.['DeviceID'], 7);
    assert.deepEqual(await mux.readPairRecord(testUdid), Buffer.from('record'));
    await mux.deletePairRecord(testUdid);
    assert.equal(muxer.pairRecords.size, 0);
    assert.equal(await mux.readBuid(), '30142955-444094379208051516');
  });

  it('throws when the muxer cannot save', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.handlers['SavePairRecord'] = () => result(22);
    await assert.rejects(MuxClient.at(muxer.address).savePairRecord(testUdid, Buffer.from('x'), 7), { code: 'mux.protocol' });
  });

  it('speaks through a Unix socket too', async () => {
    if (process.platform === 'win32') return;
    await using muxer = await FakeMuxer.start();
    const folder = await mkdtemp(join(tmpdir(), 'mux-'));
    const server = createServer((client) => client.pipe(connect(muxer.port, '127.0.0.1')).pipe(client)).listen(join(folder, 'usbmuxd'));
    await once(server, 'listening');
    for (const form of [`UNIX:${folder}/usbmuxd`, `unix://${folder}/usbmuxd`, `${folder}/usbmuxd`]) {
      assert.equal((await MuxClient.at(form).list()).length, 1);
    }
    server.close();
    await rm(folder, { recursive: true });
  });

  it('names a missing socket and a refused one', async () => {
    await assert.rejects(MuxClient.at('/nowhere/usbmuxd').list(), { code: 'mux.missing', subject: '/nowhere/usbmuxd' });
    await assert.rejects(MuxClient.at('UNIX:/dev/null').list(), { code: 'mux.refused' });
    await assert.rejects(MuxClient.at(`127.0.0.1:${await refusedPort()}`).list(), { code: 'mux.refused' });
    await assert.rejects(MuxClient.at('no-such-host.invalid:1').list(), { code: 'mux.missing' });
  });

  const xml = Buffer.from('<?xml version="1.0"?><plist version="1.0"><dict/></plist>');
  const nonsense: readonly (readonly [string, Reply])[] = [
    ['another version', muxFrame(xml, 1, undefined, 0)],
    ['another message', muxFrame(xml, 1, undefined, 1, 3)],
    ['no body', muxFrame(Buffer.alloc(0), 1)],
    ['an absurd length', muxFrame(xml, 1, 0xffffffff)],
    ['a length below the header', muxFrame(xml, 1, 3)],
    ['a body that is no plist', muxFrame(Buffer.from('HTTP/1.1 400 Bad Request'), 1)],
    ['an array', muxFrame(Buffer.from('<?xml version="1.0"?><plist version="1.0"><array/></plist>'), 1)],
    ['no list', muxFrame(xml, 1)],
    ['the tag of another request', muxFrame(xml, 99)],
    ['a result in place of a list', result(1)],
    ['the end', 'close'],
    ['half a frame and the end', Buffer.alloc(8)],
  ];
  for (const [what, reply] of nonsense) {
    it(`never takes ${what} for an empty list`, async () => {
      await using muxer = await FakeMuxer.start();
      muxer.handlers['ListDevices'] = (_, socket) => {
        if (Buffer.isBuffer(reply) && reply.length === 8) setImmediate(() => socket.end());
        return reply;
      };
      await assert.rejects(MuxClient.at(muxer.address).list(), { code: 'mux.protocol', kind: 'connection' });
    });
  }

  it('ends a wait when cancelled', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.handlers['ListDevices'] = () => 'silence';
    const stop = new AbortController();
    const list = MuxClient.at(muxer.address).list(stop.signal);
    setTimeout(() => stop.abort(), 20);
    await assert.rejects(list, { kind: 'cancelled' });
  });
});
