import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone, startMux, startVirtual, type RunningVirtual } from '../../../../src/virtual-iphone/index.ts';
import type { PlistDict } from '../../../../src/plist/index.ts';
import { fewFiles } from '../few-files.ts';
import { MuxHost, muxPacket, textOf } from '../host.ts';

describe('the virtual muxer', () => {
  let virtual: RunningVirtual;
  const hosts: MuxHost[] = [];
  beforeEach(async () => {
    virtual = await startVirtual({ seed: 1, content: fewFiles() });
  });
  afterEach(async () => {
    for (const host of hosts.splice(0)) host.socket.destroy();
    await virtual.close();
  });

  function host(path?: string): MuxHost {
    const made = new MuxHost(virtual, path);
    hosts.push(made);
    return made;
  }

  const list = async (): Promise<PlistDict[]> => (await host().ask({ MessageType: 'ListDevices' }))['DeviceList'] as PlistDict[];

  it('listens on loopback and says where', () => {
    assert.match(virtual.address, /^127\.0\.0\.1:\d+$/);
  });

  it('lists a phone with the properties of a USB device, the serial without a dash', async () => {
    const [entry] = await list();
    assert.ok(entry);
    assert.equal(entry['MessageType'], 'Attached');
    const udid = virtual.phone.identity.udid;
    assert.deepEqual({ ...entry['Properties'] as PlistDict }, {
      ConnectionType: 'USB', DeviceID: entry['DeviceID'], SerialNumber: udid.replace('-', ''), UDID: udid,
      ConnectionSpeed: 480_000_000, LocationID: 0x10001, ProductID: 4776, USBSerialNumber: udid.replace('-', ''),
    });
  });

  it('lists the same phone by Wi-Fi with a BSD socket address and a number of its own', async () => {
    virtual.mux.addPhone(virtual.phone, ['Network']);
    const [usb, network] = await list();
    const properties = network?.['Properties'] as PlistDict;
    assert.notEqual(network?.['DeviceID'], usb?.['DeviceID']);
    assert.equal(properties['ConnectionType'], 'Network');
    assert.deepEqual([...(properties['NetworkAddress'] as Buffer).subarray(0, 5)], [16, 2, 0, 0, 127]);
    assert.equal(properties['ProductID'], undefined);
  });

  it('answers in XML with the tag of the request, header and list in one piece', async () => {
    const made = host();
    const first = new Promise<Buffer>((resolve) => {
      made.socket.once('data', resolve);
    });
    made.socket.write(muxPacket({ MessageType: 'ReadBUID' }, 0xabcdef));
    const reply = await made.next();
    assert.deepEqual([reply.version, reply.kind, reply.tag], [1, 8, 0xabcdef]);
    assert.equal(reply.payload.toString('latin1', 0, 5), '<?xml');
    assert.match(textOf(reply.message['BUID']), /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
    assert.equal((await first).length, 16 + reply.payload.length);
  });

  it('serves several requests on one connection, also when they come in pieces or at once', async () => {
    const made = host();
    const both = Buffer.concat([muxPacket({ MessageType: 'ReadBUID' }, 1), muxPacket({ MessageType: 'ListDevices' }, 2)]);
    made.socket.write(both.subarray(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 20));
    made.socket.write(both.subarray(20));
    assert.deepEqual([(await made.next()).tag, (await made.next()).tag], [1, 2]);
  });

  it('answers other versions of the protocol with result 6 in their binary form', async () => {
    const made = host();
    made.socket.write(Buffer.from('10000000000000000300000005000000', 'hex'));
    const reply = await made.next();
    assert.deepEqual([reply.version, reply.kind, reply.tag, reply.payload.toString('hex')], [0, 1, 5, '06000000']);
  });

  it('answers what it does not know with result 1, and drops a client with an impossible length', async () => {
    const made = host();
    assert.equal((await made.ask({ MessageType: 'Dance' }))['Number'], 1);
    made.socket.write(Buffer.from('ffffffff010000000800000001000000', 'hex'));
    assert.equal((await made.inbox.rest()).length, 0);
  });

  it('refuses closed ports with 3 and missing devices with 2, and goes on', async () => {
    const made = host();
    const [entry] = await list();
    assert.equal((await made.ask({ MessageType: 'Connect', DeviceID: entry?.['DeviceID'] ?? 0, PortNumber: 1 }))['Number'], 3);
    assert.equal((await made.ask({ MessageType: 'Connect', DeviceID: 99, PortNumber: 32_498 }))['Number'], 2);
    assert.equal((await made.ask({ MessageType: 'Connect', DeviceID: entry?.['DeviceID'] ?? 0, PortNumber: 32_498 }))['Number'], 0);
  });

  it('tells listeners of phones that come, go and are paired', async () => {
    const made = host();
    made.socket.write(muxPacket({ MessageType: 'Listen', ProgName: 'test', kLibUSBMuxVersion: 3 }, 4));
    assert.deepEqual({ ...(await made.next()).message }, { MessageType: 'Result', Number: 0 });
    const attached = await made.next();
    assert.deepEqual([attached.message['MessageType'], attached.tag], ['Attached', 0]);
    const id = Number(attached.message['DeviceID']);
    await host().ask({ MessageType: 'SavePairRecord', PairRecordID: virtual.phone.identity.udid, PairRecordData: Buffer.from('x'), DeviceID: id });
    assert.deepEqual({ ...(await made.next()).message }, { MessageType: 'Paired', DeviceID: id });
    virtual.phone.restart(10);
    assert.deepEqual({ ...(await made.next()).message }, { MessageType: 'Detached', DeviceID: id });
    const again = (await made.next()).message;
    assert.equal(again['MessageType'], 'Attached');
    assert.notEqual(again['DeviceID'], id);
  });

  it('lists listeners', async () => {
    const made = host();
    await made.ask({ MessageType: 'Listen', ProgName: 'test', kLibUSBMuxVersion: 3 });
    const [listener] = (await host().ask({ MessageType: 'ListListeners' }))['ListenerList'] as PlistDict[];
    assert.deepEqual({ ...listener }, { Blacklisted: false, ConnType: 0, 'ID String': '0-test', ProgName: 'test', kLibUSBMuxVersion: 3 });
  });

  it('ends open connections of a phone that goes', async () => {
    const made = host();
    const [entry] = await list();
    await made.ask({ MessageType: 'Connect', DeviceID: entry?.['DeviceID'] ?? 0, PortNumber: 32_498 });
    virtual.mux.removePhone(virtual.phone);
    assert.equal((await made.inbox.rest()).length, 0);
    assert.deepEqual(await list(), []);
  });

  it('keeps pair records: none is 2, a name that is none is 22, with and without the dash of the id', async () => {
    const made = host();
    const udid = virtual.phone.identity.udid;
    assert.equal((await made.ask({ MessageType: 'ReadPairRecord', PairRecordID: udid }))['Number'], 2);
    assert.equal((await made.ask({ MessageType: 'SavePairRecord', PairRecordID: '../x', PairRecordData: Buffer.from('x') }))['Number'], 22);
    assert.equal((await made.ask({ MessageType: 'SavePairRecord', PairRecordID: udid, PairRecordData: Buffer.from('record') }))['Number'], 0);
    const read = await made.ask({ MessageType: 'ReadPairRecord', PairRecordID: udid.replace('-', '') });
    assert.equal(textOf(read['PairRecordData']), 'record');
    assert.equal((await made.ask({ MessageType: 'DeletePairRecord', PairRecordID: udid }))['Number'], 0);
    assert.equal((await made.ask({ MessageType: 'ReadPairRecord', PairRecordID: udid }))['Number'], 2);
  });

  describe('with a folder of its own', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'mux-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('keeps pair records over runs, for nobody else\'s eyes', async () => {
      for (const run of [1, 2]) {
        const mux = await startMux({ recordFolder: folder });
        if (run === 1) mux.records.save('abc', Buffer.from('kept'));
        assert.equal(String(mux.records.get('abc')), 'kept');
        await mux.close();
      }
      assert.equal(statSync(join(folder, 'abc.plist')).mode & 0o777, 0o600);
    });

    it('listens on a UNIX socket too, in place of a stale one but of nothing else', async () => {
      const socketPath = join(folder, 'mux.sock');
      const second = await startMux({ socketPath });
      const phone = createPhone({ seed: 2 }, fewFiles(), { services: [] });
      second.addPhone(phone);
      const listed = await host(socketPath).ask({ MessageType: 'ListDevices' });
      assert.equal((listed['DeviceList'] as PlistDict[]).length, 1);
      await second.close();
      writeFileSync(join(folder, 'file'), 'precious');
      await assert.rejects(startMux({ socketPath: join(folder, 'file') }));
    });

    it('carries several phones', async () => {
      virtual.mux.addPhone(createPhone({ seed: 2 }, fewFiles(), { services: [] }));
      const serials = (await list()).map((entry) => (entry['Properties'] as PlistDict)['SerialNumber']);
      assert.equal(new Set(serials).size, 2);
    });
  });
});
