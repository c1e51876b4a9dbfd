import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AfcService } from 'appium-ios-device/build/lib/afc/index.js';
import { InstallationProxyService } from 'appium-ios-device/build/lib/installation-proxy/index.js';
import { PlistService } from 'appium-ios-device/build/lib/plist-service/index.js';
import { connectPortSSL, getConnectedDevices, getDeviceInfo, startLockdownSession } from 'appium-ios-device/build/lib/utilities.js';
import { UsbmuxClient } from 'usbmux-client';
import { startVirtual, type RunningVirtual } from '../../src/virtual-iphone/index.ts';
import { runTool } from './support/tools.ts';

describe('npm\'s clients and the virtual iPhone', function () {
  this.timeout(180_000);
  let virtual: RunningVirtual;
  beforeEach(async () => {
    virtual = await startVirtual({ seed: 4, ios: '17.5.1', clock: new Date('2026-11-22T10:00:00Z') });
  });
  afterEach(() => virtual.close());

  const at = (): { host: string; port: number } => ({ host: '127.0.0.1', port: virtual.mux.port });

  describe('usbmux-client', () => {
    it('lists devices, reads their values and follows attach and detach', async () => {
      const client = new UsbmuxClient(at());
      try {
        const [id = ''] = Object.keys(await client.getDevices());
        const values = await client.queryAllDeviceValues(id);
        assert.equal(values.UniqueDeviceID, virtual.phone.identity.udid);
        assert.equal(await client.queryDeviceValue(id, 'ProductVersion'), '17.5.1');
        virtual.mux.removePhone(virtual.phone);
        await until(async () => Object.keys(await client.getDevices()).length === 0);
        virtual.mux.addPhone(virtual.phone);
        await until(async () => Object.keys(await client.getDevices()).length === 1);
        assert.notEqual(Object.keys(await client.getDevices())[0], id);
      } finally {
        await client.close();
      }
    });

    it('is refused at a closed port', async () => {
      const client = new UsbmuxClient(at());
      try {
        const [id = ''] = Object.keys(await client.getDevices());
        await assert.rejects(client.createDeviceTunnel(id, 1234));
      } finally {
        await client.close();
      }
    });
  });

  describe('appium-ios-device', () => {
    let environment: string | undefined;
    let udid: string;
    beforeEach(async () => {
      environment = process.env['USBMUXD_SOCKET_ADDRESS'];
      process.env['USBMUXD_SOCKET_ADDRESS'] = virtual.address;
      // It takes the muxer's serial number, which has no dash, for the id.
      udid = virtual.phone.identity.udid.replace('-', '');
      const pairing = await runTool('idevicepair', ['pair'], virtual.address);
      assert.equal(pairing.code, 0, pairing.output);
    });
    afterEach(() => {
      if (environment === undefined) delete process.env['USBMUXD_SOCKET_ADDRESS'];
      else process.env['USBMUXD_SOCKET_ADDRESS'] = environment;
    });

    async function start(name: string): Promise<Socket> {
      const lockdown = await startLockdownSession(udid);
      try {
        const service = await lockdown.startService(name) as { Port: number; EnableServiceSSL: boolean };
        assert.equal(service.EnableServiceSSL, true);
        return await connectPortSSL(udid, service.Port) as Socket;
      } finally {
        lockdown.close();
      }
    }

    it('lists the phone, reads public values and, in a session, all', async () => {
      assert.deepEqual(await getConnectedDevices(), [udid]);
      const info = await getDeviceInfo(udid) as Record<string, unknown>;
      assert.equal(info['UniqueDeviceID'], virtual.phone.identity.udid);
      assert.equal(info['SerialNumber'], undefined, 'not public');
      const lockdown = await startLockdownSession(udid);
      // One question a session: version 3.1.23 hears each answer in a session twice.
      const all = await lockdown.getValue({}) as Record<string, unknown>;
      lockdown.close();
      assert.equal(all['SerialNumber'], virtual.phone.identity.serialNumber);
    });

    it('lists apps', async () => {
      const service = new InstallationProxyService(new PlistService(await start('com.apple.mobile.installation_proxy')));
      try {
        const listed = await service.listApplications({ applicationType: 'User' }) as Record<string, unknown>;
        const apps = virtual.phone.content.apps().filter(({ type }) => type === 'User');
        assert.deepEqual(Object.keys(listed).toSorted(), apps.map(({ bundleId }) => bundleId).toSorted());
      } finally {
        service.close();
      }
    });

    it('lists and reads files over AFC', async () => {
      const service = new AfcService(await start('com.apple.afc'));
      try {
        assert.ok((await service.listDirectory('/')).includes('DCIM'));
        const [name = ''] = (await service.listDirectory('/DCIM/100APPLE')).filter((each: string) => each.endsWith('.PNG'));
        const path = `/DCIM/100APPLE/${name}`;
        const item = virtual.phone.content.media().item(path.slice(1));
        assert.ok(item);
        const expected = Buffer.concat([...virtual.phone.content.read(item, 65_536)]);
        const stream = await service.createReadStream(path, {});
        assert.ok((await buffer(stream)).equals(expected));
        assert.equal((await service.getFileInfo(path)).size, expected.length);
      } finally {
        service.close();
      }
    });
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    assert.ok(tries < 3000, 'the condition never came true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
