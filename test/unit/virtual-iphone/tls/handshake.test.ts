import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { deviceNotification, hostNotification, NotificationProxy, openDevice, pairDevice } from '../../../../src/device/index.ts';
import { startVirtual, type RunningVirtual, type VirtualOptions } from '../../../../src/virtual-iphone/index.ts';
import { fewFiles } from '../few-files.ts';

/* Our client and the virtual phone share no code of this: each is the other's judge, under every TLS library they run on. */
describe('TLS between our client and the virtual phone', () => {
  const running: RunningVirtual[] = [];
  afterEach(async () => {
    for (const virtual of running.splice(0)) await virtual.close();
  });

  async function start(options: Partial<VirtualOptions> = {}): Promise<RunningVirtual> {
    const virtual = await startVirtual({ seed: 11, content: fewFiles(), ...options });
    running.push(virtual);
    return virtual;
  }

  const at = (virtual: RunningVirtual): { muxer: string; patience: number } => ({ muxer: virtual.address, patience: 5000 });

  for (const [allowTls13, protocol] of [[false, 'TLSv1.2'], [true, 'TLSv1.3']] as const) {
    it(`pairs, opens a session and speaks to a service in ${protocol}`, async () => {
      const virtual = await start({ allowTls13 });
      const { udid, serialNumber } = virtual.phone.identity;
      await pairDevice(udid, at(virtual));
      const device = await openDevice(udid, at(virtual));
      try {
        assert.equal(await device.getValue(undefined, 'SerialNumber'), serialNumber);
        const socket = (await device.startService('com.apple.mobile.notification_proxy')) as TLSSocket;
        assert.equal(socket.getProtocol(), protocol);
        const [pairing] = virtual.phone.pairings.values();
        assert.equal(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256, pairing?.device.fingerprint256);
        socket.destroy();
      } finally {
        await device.close();
      }
    });
  }

  it('carries what the phone says by itself', async () => {
    const virtual = await start();
    const { udid } = virtual.phone.identity;
    await pairDevice(udid, at(virtual));
    const device = await openDevice(udid, at(virtual));
    const posted = new Promise<void>((resolve) => virtual.phone.observe((name) => name === hostNotification.syncDidStart && resolve()));
    let proxy: NotificationProxy | undefined;
    try {
      const heard = new Promise<string>((resolve, reject) => {
        NotificationProxy.open(device, { onNotification: resolve }).then((opened) => {
          proxy = opened;
          proxy.post(hostNotification.syncDidStart);
        }, reject);
      });
      await posted;
      virtual.phone.notify(deviceNotification.cancelRequest);
      assert.equal(await heard, deviceNotification.cancelRequest);
    } finally {
      await proxy?.close();
      await device.close();
    }
  });

  it('fails with the pair record that another phone was paired with', async () => {
    const [one, other] = [await start(), await start({ seed: 12 })];
    await pairDevice(one.phone.identity.udid, at(one));
    const record = one.mux.records.get(one.phone.identity.udid);
    assert.ok(record && other.mux.records.save(other.phone.identity.udid, record));
    await assert.rejects(openDevice(other.phone.identity.udid, at(other)));
  });
});
