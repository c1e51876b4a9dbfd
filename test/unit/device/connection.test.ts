import assert from 'node:assert/strict';
import { once } from 'node:events';
import { openDevice, pairDevice } from '../../../src/device/index.ts';
import { FakeLockdown } from './fake-lockdown.ts';
import { FakeMuxer, testUdid } from './fake-muxer.ts';

describe('opening a device', () => {
  it('starts a session with the saved pair record and reads values', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    assert.equal(await device.getValue(undefined, 'ProductVersion'), '18.5');
    assert.equal(await device.getValue('com.apple.fmip', 'IsAssociated'), undefined);
    await device.close();
    assert.deepEqual(phone.requests.map((each) => each['Request']), ['StartSession', 'GetValue', 'GetValue', 'StopSession']);
  });

  for (const isSecure of [true, false]) {
    it(`hands over a raw ${isSecure ? 'TLS' : 'plain'} socket with the first byte unread`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer);
      phone.addService('com.apple.mobilebackup2', (stream) => stream.write('hello'), isSecure);
      const device = await openDevice(testUdid, { muxer: muxer.address });
      const socket = await device.startService('com.apple.mobilebackup2', { escrowBag: true });
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      assert.equal(chunk.toString(), 'hello');
      assert.deepEqual(phone.requests.at(-1)?.['EscrowBag'], Buffer.alloc(32, 7));
      socket.destroy();
      await device.close();
    });
  }

  it('pairs with a phone that has never met this computer', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    await assert.rejects(openDevice(testUdid, { muxer: muxer.address }), { code: 'lockdown.MissingPairRecord' });
    await pairDevice(testUdid, { muxer: muxer.address, patience: 1_000 });
    const pairing = phone.requests.find((each) => each['Request'] === 'Pair');
    assert.ok(pairing);
    const device = await openDevice(testUdid, { muxer: muxer.address });
    await device.close();
  });
});
