import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { AfcClient, type DeviceConnection, NotificationProxy, SyncLock, openDevice } from '../../../../src/device/index.ts';
import { FakeFiles, afcStatusReply, serveAfc } from '../fake-afc.ts';
import { FakeLockdown, sendPlist, servePlists } from '../fake-lockdown.ts';
import { FakeMuxer, testUdid } from '../fake-muxer.ts';
import { asString } from '../../../../src/plist/index.ts';
import type { Duplex } from 'node:stream';

/** A phone with notification_proxy and AFC that keeps one log of what both were told. */
class SyncPhone {
  readonly log: string[] = [];
  readonly files = new FakeFiles();
  proxy: Duplex | undefined;

  constructor(phone: FakeLockdown) {
    phone.addService('com.apple.mobile.notification_proxy', (stream) => {
      this.proxy = stream;
      servePlists(stream, (message) => {
        this.log.push(`${asString(message['Command'])} ${asString(message['Name']) ?? ''}`.trim());
        return message['Command'] === 'Shutdown' ? [{ Command: 'ProxyDeath' }, 'close'] : 'silence';
      });
    });
    phone.addService('com.apple.afc', (stream) => this.files.serve(stream));
  }
}

async function open(muxer: FakeMuxer): Promise<{ device: DeviceConnection; phone: SyncPhone; lockdown: FakeLockdown }> {
  const lockdown = new FakeLockdown(muxer);
  const phone = new SyncPhone(lockdown);
  return { device: await openDevice(testUdid, { muxer: muxer.address }), phone, lockdown };
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(10);
  assert.ok(condition(), 'it never came');
}

describe('the notification proxy', () => {
  it('observes what a backup needs, relays it by name, and leaves with a good-bye', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    const heard: string[] = [];
    const proxy = await NotificationProxy.open(device, { onNotification: (name) => heard.push(name), onLost: () => heard.push('lost') });
    await until(() => phone.log.length === 6);
    assert.deepEqual(phone.log, [
      'ObserveNotification com.apple.itunes-client.syncCancelRequest',
      'ObserveNotification com.apple.itunes-client.syncSuspendRequest',
      'ObserveNotification com.apple.itunes-client.syncResumeRequest',
      'ObserveNotification com.apple.mobile.backup.domain_changed',
      'ObserveNotification com.apple.LocalAuthentication.ui.presented',
      'ObserveNotification com.apple.LocalAuthentication.ui.dismissed',
    ]);
    assert.ok(phone.proxy);
    sendPlist(phone.proxy, { Command: 'RelayNotification', Name: 'com.apple.LocalAuthentication.ui.presented' });
    sendPlist(phone.proxy, { Command: 'RelayNotification', Name: 'com.apple.something.else' });
    sendPlist(phone.proxy, { Command: 'RelayNotification' });
    sendPlist(phone.proxy, { Command: 'Unheard of' });
    sendPlist(phone.proxy, { Command: 'RelayNotification', Name: 'com.apple.itunes-client.syncCancelRequest' });
    await until(() => heard.length === 2);
    await proxy.close();
    assert.deepEqual(heard, ['com.apple.LocalAuthentication.ui.presented', 'com.apple.itunes-client.syncCancelRequest']);
    assert.equal(phone.log.at(-1), 'Shutdown');
    await device.close();
  });

  it('tells when the phone is lost, and does not wait long for a phone that says nothing', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    const lost: string[] = [];
    const proxy = await NotificationProxy.open(device, { onNotification: () => undefined, onLost: (error) => lost.push(error.code) });
    await until(() => phone.proxy !== undefined);
    phone.proxy?.destroy();
    await until(() => lost.length === 1);
    assert.deepEqual(lost, ['link.lost']);
    await proxy.close();
    await device.close();
  });

  it('survives what no phone sends', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    const lost: string[] = [];
    await NotificationProxy.open(device, { onNotification: () => undefined, onLost: (error) => lost.push(error.code) });
    await until(() => phone.proxy !== undefined);
    phone.proxy?.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    await until(() => lost.length === 1);
    assert.deepEqual(lost, ['data.frame']);
    await device.close();
  });
});

describe('the sync lock', () => {
  it('is taken and left as iTunes does', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    const proxy = await NotificationProxy.open(device);
    const afc = await AfcClient.open(device);
    const lock = await SyncLock.acquire(afc, proxy);
    assert.equal(lock.isHeld, true);
    await lock.release();
    await proxy.close();
    assert.deepEqual(phone.log, [
      'PostNotification com.apple.itunes-mobdev.syncWillStart',
      'PostNotification com.apple.itunes-mobdev.syncLockRequest',
      'PostNotification com.apple.itunes-mobdev.syncDidStart',
      'PostNotification com.apple.itunes-mobdev.syncDidFinish',
      'Shutdown',
    ]);
    assert.deepEqual(phone.files.requests.map((each) => each.operation), [13, 27, 27, 20]);
    assert.equal(phone.files.requests[0]?.data.toString('latin1', 8), '/com.apple.itunes.lock_sync\0');
    assert.equal(phone.files.requests[0]?.data.readUInt32LE(0), 2);
    afc.close();
    await device.close();
  });

  it('waits for another host to finish', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    phone.files.locksRefused = 2;
    let busy = 0;
    const proxy = await NotificationProxy.open(device);
    const afc = await AfcClient.open(device);
    const lock = await SyncLock.acquire(afc, proxy, { onBusy: () => busy++ });
    assert.equal(busy, 1);
    assert.equal(phone.files.requests.filter((each) => each.operation === 27).length, 3);
    await lock.release();
    await proxy.close();
    afc.close();
    await device.close();
  });

  it('gives up after fifty tries, and tells the phone', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    phone.files.locksRefused = Infinity;
    const proxy = await NotificationProxy.open(device);
    const afc = await AfcClient.open(device);
    await assert.rejects(SyncLock.acquire(afc, proxy, { pause: 1 }), { code: 'afc.19', kind: 'device' });
    assert.equal(phone.files.requests.filter((each) => each.operation === 27).length, 50);
    await proxy.close();
    assert.equal(phone.log.at(-2), 'PostNotification com.apple.itunes-mobdev.syncDidFinish');
    afc.close();
    await device.close();
  });

  it('can be cancelled while it waits', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, phone } = await open(muxer);
    phone.files.locksRefused = Infinity;
    const proxy = await NotificationProxy.open(device);
    const afc = await AfcClient.open(device);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(SyncLock.acquire(afc, proxy, { signal: stop.signal }), { kind: 'cancelled' });
    await proxy.close();
    afc.close();
    await device.close();
  });

  it('goes on without a lock where the phone lets no lock file be opened', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, lockdown, phone } = await open(muxer);
    lockdown.addService('com.apple.afc', (stream) => serveAfc(stream, () => afcStatusReply(10)));
    const proxy = await NotificationProxy.open(device);
    const afc = await AfcClient.open(device);
    const lock = await SyncLock.acquire(afc, proxy);
    assert.equal(lock.isHeld, false);
    await lock.release();
    await proxy.close();
    assert.equal(phone.log.filter((each) => each.startsWith('Post')).length, 4);
    afc.close();
    await device.close();
  });
});
