import assert from 'node:assert/strict';
import { once } from 'node:events';
import { generateKeyPairSync } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { openDevice } from '../../../src/device/index.ts';
import { writePairRecord } from '../../../src/device/lockdown/pair-record.ts';
import { makePairIdentity } from '../../../src/device/pairing/certificates.ts';
import { FakeLockdown, devicePublicKey, hostId, identity, lockdownReply, plistFrame, sendPlist, servePlists, systemBuid } from './fake-lockdown.ts';
import { FakeMuxer, attached, testUdid } from './fake-muxer.ts';

describe('opening a device', () => {
  it('starts a session with the saved pair record and reads values', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    assert.equal(await device.getValue(undefined, 'ProductVersion'), '18.5');
    assert.equal(await device.getValue('com.apple.fmip', 'IsAssociated'), undefined);
    await device.close();
    assert.deepEqual(phone.requests.map((each) => each['Request']), ['StartSession', 'GetValue', 'GetValue', 'StopSession']);
    assert.equal(phone.requests[0]?.['HostID'], hostId);
    assert.equal(phone.requests[0]?.['SystemBUID'], systemBuid);
    assert.equal(phone.requests[3]?.['SessionID'], 'S1');
  });

  it('answers questions that are asked at the same time, each with its own', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.values = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`/key${index}`, index]));
    const device = await openDevice(testUdid, { muxer: muxer.address });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => device.getValue(undefined, `key${index}`)));
    assert.deepEqual(answers, Array.from({ length: 20 }, (_, index) => index));
    assert.equal(phone.sessions, 1);
    await device.close();
  });

  it('keeps 64-bit values, and values that JSON cannot hold', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.values = { '/UniqueChipID': 2n ** 60n, '/PkHash': Buffer.from('hash') };
    const device = await openDevice(testUdid, { muxer: muxer.address });
    assert.equal(await device.getValue(undefined, 'UniqueChipID'), 2n ** 60n);
    assert.deepEqual(await device.getValue(undefined, 'PkHash'), Buffer.from('hash'));
    await device.close();
  });

  it('takes a domain that answers without a value for one that has none', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.handlers['GetValue'] = () => lockdownReply('GetValue', { Domain: 'com.apple.fmip', UniqueChipID: 2n ** 60n });
    const device = await openDevice(testUdid, { muxer: muxer.address });
    assert.equal(await device.getValue('com.apple.fmip'), undefined);
    await device.close();
  });

  it('starts a new session when the phone has ended the old one', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    for (const socket of muxer.sockets) socket.destroy();
    assert.equal(await device.getValue(undefined, 'ProductVersion'), '18.5');
    await device.close();
    assert.ok(phone.sessions <= 2);
  });

  it('starts a new session, once, when the phone says that the old one is over', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    phone.handlers['GetValue'] = () => lockdownReply('GetValue', { Error: phone.sessions === 1 ? 'SessionInactive' : 'GetProhibited' });
    await assert.rejects(device.getValue(undefined, 'x'), { code: 'lockdown.GetProhibited' });
    assert.equal(phone.sessions, 2);
    phone.handlers['GetValue'] = () => lockdownReply('GetValue', { Error: 'SessionInactive' });
    await assert.rejects(device.getValue(undefined, 'x'), { code: 'lockdown.SessionInactive' });
    assert.equal(phone.sessions, 3);
    await device.close();
  });

  for (const isSecure of [true, false]) {
    it(`hands over a raw ${isSecure ? 'TLS' : 'plain'} socket with nothing read from it`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer);
      phone.addService('com.apple.mobilebackup2', (stream) => stream.write('hello'), isSecure);
      const device = await openDevice(testUdid, { muxer: muxer.address });
      const socket = await device.startService('com.apple.mobilebackup2', { escrowBag: true });
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      assert.equal(chunk.toString(), 'hello');
      assert.equal(socket instanceof TLSSocket, isSecure);
      assert.deepEqual(phone.requests.at(-1)?.['EscrowBag'], Buffer.alloc(32, 7));
      socket.destroy();
      await device.close();
    });
  }

  it('holds the phone back when nobody reads', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const total = 32 << 20;
    let sent = 0;
    phone.addService('flood', (stream) => {
      const chunk = Buffer.alloc(1 << 16);
      const pump = (): void => {
        let isTaken = true;
        for (; isTaken && sent < total; sent += chunk.length) isTaken = stream.write(chunk);
        if (sent < total) stream.once('drain', pump);
        else stream.end();
      };
      pump();
    });
    const device = await openDevice(testUdid, { muxer: muxer.address });
    const socket = await device.startService('flood');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(sent < total, 'everything was taken in although nobody read');
    let received = 0;
    for await (const chunk of socket) received += (chunk as Buffer).length;
    assert.equal(received, total);
    await device.close();
  });

  it('answers the heartbeat of a phone on Wi-Fi while services run', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [attached(7, { ConnectionType: 'Network' })] });
    const phone = new FakeLockdown(muxer);
    const beats: unknown[] = [];
    phone.addService('com.apple.mobile.heartbeat', (stream) => {
      servePlists(stream, (message) => (beats.push(message['Command']), 'silence'));
      sendPlist(stream, { Command: 'Marco', Interval: 10 });
      sendPlist(stream, { Command: 'Marco', Interval: 10 });
    });
    phone.addService('com.apple.afc', () => undefined);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    const socket = await device.startService('com.apple.afc');
    for (let i = 0; i < 100 && beats.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(beats, ['Polo', 'Polo']);
    socket.destroy();
    await device.close();
  });

  it('opens the wished attachment, and names one that is not there', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer);
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [attached(3, { ConnectionType: 'Network' }), attached(7)] });
    const wireless = await openDevice(testUdid, { muxer: muxer.address, connection: 'network' });
    assert.equal(wireless.device.deviceId, 3);
    await wireless.close();
    const wired = await openDevice(testUdid, { muxer: muxer.address });
    assert.equal(wired.device.deviceId, 7);
    await wired.close();
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [attached(7)] });
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address, connection: 'network' }), { code: 'device.gone', subject: testUdid });
    await assert.rejects(openDevice('a'.repeat(40), { muxer: muxer.address }), { code: 'device.gone' });
  });
});

describe('a phone that cannot be opened', () => {
  const said = ['InvalidHostID', 'PasswordProtected', 'ServiceProhibited', 'SessionActive', 'MCProtected', 'SomethingNew'];
  for (const error of said) {
    it(`is said to answer ${error}`, async () => {
      await using muxer = await FakeMuxer.start();
      new FakeLockdown(muxer).handlers['StartSession'] = () => lockdownReply('StartSession', { Error: error });
      await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: `lockdown.${error}`, kind: 'device', deviceText: error });
    });
  }

  it('does not bring what is no word into a code', async () => {
    await using muxer = await FakeMuxer.start();
    const text = `\u001b[31m${'x'.repeat(10_000)}`;
    new FakeLockdown(muxer).handlers['StartSession'] = () => lockdownReply('StartSession', { Error: text });
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'lockdown.Unknown', message: 'The device refused: Unknown' });
  });

  it('is said to refuse a service', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    await assert.rejects(device.startService('com.apple.none'), { code: 'lockdown.InvalidService', subject: 'com.apple.none' });
    await device.close();
  });

  it('is said to be unknown when there is no pair record, or one that is damaged', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer, false);
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'lockdown.MissingPairRecord' });
    muxer.pairRecords.set(testUdid, Buffer.from('bplist00nonsense'));
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'data.damaged' });
    muxer.pairRecords.set(testUdid, writePairRecord({ ...identity, hostPrivateKey: Buffer.from('no key'), hostId, systemBuid, escrowBag: undefined, wifiMacAddress: undefined }));
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'link.tls' });
  });

  it('is not trusted with another key than the one of the pair record', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' });
    const foreign = await makePairIdentity(Buffer.from(other), new Date());
    muxer.pairRecords.set(testUdid, writePairRecord({ ...foreign, hostId, systemBuid, escrowBag: undefined, wifiMacAddress: undefined }));
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'link.tls' });
  });

  it('is trusted with the same key under another certificate', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer);
    const again = await makePairIdentity(devicePublicKey, new Date());
    muxer.pairRecords.set(testUdid, writePairRecord({ ...again, hostId, systemBuid, escrowBag: undefined, wifiMacAddress: undefined }));
    await (await openDevice(testUdid, { muxer: muxer.address })).close();
  });

  const wrong = [
    ['bytes that are no TLS', 'link.tls', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['the end', 'link.lost', (socket: Socket) => socket.end()],
    ['a reset', 'link.lost', (socket: Socket) => socket.resetAndDestroy()],
  ] as const;
  for (const [what, code, answer] of wrong) {
    it(`is named when it answers the handshake with ${what}`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer);
      phone.services.set('broken', { port: 51_000, isSecure: true });
      muxer.ports.set(51_000, (socket) => {
        socket.resume();
        setTimeout(() => answer(socket), 20);
      });
      const device = await openDevice(testUdid, { muxer: muxer.address });
      await assert.rejects(device.startService('broken'), { code });
      await device.close();
    });
  }

  it('does not hold up a cancel during the handshake', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.services.set('silent', { port: 51_000, isSecure: true });
    muxer.ports.set(51_000, (socket) => void socket.resume());
    const stop = new AbortController();
    const device = await openDevice(testUdid, { muxer: muxer.address, signal: stop.signal });
    const opening = device.startService('silent');
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(opening, { kind: 'cancelled' });
    await device.close();
  });

  const answers = [
    ['another request', plistFrame({ Request: 'Goodbye' }), 'data.frame'],
    ['an array', Buffer.concat([Buffer.from([0, 0, 0, 51]), Buffer.from('<?xml version="1.0"?><plist version="1.0"><array/></plist>').subarray(0, 51)]), 'data.plist'],
    ['an absurd length', Buffer.from([0xff, 0xff, 0xff, 0xff]), 'data.frame'],
    ['no plist', Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('nope')]), 'data.plist'],
    ['nothing', Buffer.alloc(4), 'data.plist'],
    ['a failure without a name', plistFrame({ Request: 'StartSession', Result: 'Failure' }), 'lockdown.Failure'],
  ] as const;
  for (const [what, answer, code] of answers) {
    it(`is said to have answered with ${what}`, async () => {
      await using muxer = await FakeMuxer.start();
      new FakeLockdown(muxer).handlers['StartSession'] = () => answer;
      await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code });
    });
  }

  for (const port of [0, 65_536, -1, 'text', 2n ** 60n]) {
    it(`is not connected to on port ${port}`, async () => {
      await using muxer = await FakeMuxer.start();
      new FakeLockdown(muxer).handlers['StartService'] = () => lockdownReply('StartService', { Port: port });
      const device = await openDevice(testUdid, { muxer: muxer.address });
      await assert.rejects(device.startService('x'), { code: 'data.frame' });
      await device.close();
    });
  }
});
