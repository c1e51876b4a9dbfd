import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVirtual, startVirtual, type RunningVirtual, type VirtualOptions } from '../../src/virtual-iphone/index.ts';
import { runTool, type ToolResult } from './support/tools.ts';

describe('libimobiledevice\'s tools and the virtual iPhone', function () {
  this.timeout(180_000);
  const running: RunningVirtual[] = [];
  afterEach(async () => {
    for (const virtual of running.splice(0)) await virtual.close();
  });

  async function phone(options: Partial<VirtualOptions> = {}): Promise<RunningVirtual & { udid: string }> {
    const virtual = await startVirtual({ seed: 3, onFault: fail, ...options });
    running.push(virtual);
    return { ...virtual, udid: virtual.phone.identity.udid };
  }

  const run = (virtual: RunningVirtual, tool: string, ...args: string[]): Promise<ToolResult> => runTool(tool, args, virtual.address, 20_000);

  async function output(virtual: RunningVirtual, tool: string, ...args: string[]): Promise<string> {
    const result = await run(virtual, tool, ...args);
    assert.equal(result.code, 0, `${tool} ${args.join(' ')}: ${result.output}`);
    return result.output.trim();
  }

  describe('idevice_id', () => {
    it('lists a phone by USB and by Wi-Fi, with the dash back in its id', async () => {
      const virtual = await phone({ connections: ['USB', 'Network'] });
      assert.match(virtual.udid, /^[0-9A-F]{8}-[0-9A-F]{16}$/);
      assert.equal(await output(virtual, 'idevice_id', '-l'), virtual.udid);
      assert.deepEqual((await output(virtual, 'idevice_id')).split('\n'), [`${virtual.udid} (USB)`, `${virtual.udid} (Network)`]);
    });

    it('lists a phone with an id of forty digits', async () => {
      const virtual = await phone({ productType: 'iPhone10,4', ios: '15.6.1' });
      assert.match(virtual.udid, /^[0-9a-f]{40}$/);
      assert.equal(await output(virtual, 'idevice_id', '-l'), virtual.udid);
    });

    it('lists several phones behind one muxer, over TCP and a UNIX socket, and each answers for itself', async () => {
      const socketPath = join(tmpdir(), `mux-${process.pid}.sock`);
      const virtual = await phone({ mux: { socketPath } });
      const other = await createVirtual({ seed: 4, onFault: fail, name: 'Other' });
      virtual.mux.addPhone(other);
      try {
        const udids = [virtual.udid, other.identity.udid];
        for (const address of [virtual.address, `UNIX:${socketPath}`]) {
          assert.deepEqual((await runTool('idevice_id', ['-l'], address)).output.trim().split('\n').toSorted(), udids.toSorted());
          for (const udid of udids) assert.equal((await runTool('ideviceinfo', ['-u', udid, '-k', 'UniqueDeviceID'], address)).output.trim(), udid);
        }
        virtual.mux.removePhone(virtual.phone);
        assert.equal(await output(virtual, 'idevice_id', '-l'), other.identity.udid);
      } finally {
        other.close();
      }
    });

    it('lists nothing once the phone is detached', async () => {
      const virtual = await phone();
      virtual.mux.removePhone(virtual.phone);
      assert.equal(await output(virtual, 'idevice_id', '-l'), '');
    });
  });

  describe('ideviceinfo', () => {
    it('reads public values without a session', async () => {
      const values = lines(await output(await phone({ ios: '17.5.1' }), 'ideviceinfo', '-s'));
      assert.equal(values.get('ProductVersion'), '17.5.1');
      assert.equal(values.get('BuildVersion'), '21F90');
      assert.equal(values.has('SerialNumber'), false);
    });

    it('reads all values in a session', async () => {
      const virtual = await phone();
      const values = lines(await output(virtual, 'ideviceinfo'));
      assert.equal(values.get('UniqueDeviceID'), virtual.udid);
      assert.equal(values.get('SerialNumber'), virtual.phone.identity.serialNumber);
      assert.equal(values.get('UniqueChipID'), String(virtual.phone.identity.ecid));
      assert.match(values.get('InternationalMobileEquipmentIdentity') ?? '', /^\d{15}$/);
    });

    it('reads a domain and follows the moods', async () => {
      const virtual = await phone({ moods: { batteryLevel: 12, charging: false } });
      const battery = lines(await output(virtual, 'ideviceinfo', '-q', 'com.apple.mobile.battery'));
      assert.deepEqual([battery.get('BatteryCurrentCapacity'), battery.get('BatteryIsCharging')], ['12', 'false']);
      virtual.phone.setMoods({ batteryLevel: 13 });
      assert.equal(await output(virtual, 'ideviceinfo', '-q', 'com.apple.mobile.battery', '-k', 'BatteryCurrentCapacity'), '13');
    });

    it('gets nothing for Find My as a whole and an answer for its key', async () => {
      const virtual = await phone({ moods: { findMy: true } });
      assert.doesNotMatch(await output(virtual, 'ideviceinfo', '-q', 'com.apple.fmip'), /IsAssociated/);
      assert.match(await output(virtual, 'ideviceinfo', '-q', 'com.apple.fmip', '-k', 'IsAssociated'), /^true$/m);
    });

    it('reads a phone whose services speak TLS 1.2 and one that allows 1.3', async () => {
      for (const allowTls13 of [false, true]) {
        assert.equal(await output(await phone({ allowTls13 }), 'ideviceinfo', '-k', 'ProductType'), 'iPhone16,1');
      }
    });

    it('works on a slow link', async () => {
      const virtual = await phone({ moods: { latency: 20, rate: 1_000_000 } });
      assert.equal(await output(virtual, 'ideviceinfo', '-k', 'SerialNumber'), virtual.phone.identity.serialNumber);
    });

    it('goes past the muxer to a phone in the network', async function () {
      if (process.platform !== 'linux') this.skip();
      const virtual = await phone({ connections: ['Network'] });
      assert.equal(await output(virtual, 'ideviceinfo', '-n', '-k', 'UniqueDeviceID'), virtual.udid);
      assert.equal(await output(virtual, 'idevicename', '-n'), virtual.phone.identity.name);
    });

    it('is not disturbed by keys it does not know', async () => {
      const virtual = await phone({ moods: { unknownKeys: true } });
      assert.equal(await output(virtual, 'ideviceinfo', '-k', 'ProductType'), 'iPhone16,1');
    });

    it('finds the phone again under a new number after a restart', async () => {
      const virtual = await phone();
      virtual.phone.restart(600_000);
      assert.equal(await output(virtual, 'idevice_id', '-l'), '');
      virtual.phone.presence.comeBack();
      assert.equal(await output(virtual, 'ideviceinfo', '-k', 'UniqueDeviceID'), virtual.udid);
    });
  });

  describe('idevicepair', () => {
    it('pairs, validates, lists and unpairs', async () => {
      const virtual = await phone();
      assert.match(await output(virtual, 'idevicepair', 'pair'), /^SUCCESS: Paired/);
      assert.match(await output(virtual, 'idevicepair', 'validate'), /^SUCCESS: Validated/);
      assert.equal(virtual.phone.pairings.size, 1);
      assert.match(await output(virtual, 'idevicepair', 'unpair'), /^SUCCESS: Unpaired/);
      assert.equal(virtual.phone.pairings.size, 0);
    });

    it('waits for the Trust dialog, and pairs once it was tapped', async () => {
      const virtual = await phone({ moods: { trust: 'pending' } });
      const first = await run(virtual, 'idevicepair', 'pair');
      assert.match(first.output, /Please accept the trust dialog/);
      assert.notEqual(first.code, 0);
      virtual.phone.person.tapTrust(true);
      assert.match(await output(virtual, 'idevicepair', 'pair'), /^SUCCESS/);
    });

    it('is told that the person does not trust it, that the phone is locked', async () => {
      const virtual = await phone({ moods: { trust: 'denied' } });
      assert.match((await run(virtual, 'idevicepair', 'pair')).output, /user denied the trust dialog/);
      virtual.phone.setMoods({ trust: 'trusted', locked: true });
      assert.match((await run(virtual, 'idevicepair', 'pair')).output, /passcode is set/);
    });

    it('has a stale record after the phone forgot it', async () => {
      const virtual = await phone();
      await output(virtual, 'idevicepair', 'pair');
      virtual.phone.setMoods({ trust: 'revoked' });
      assert.match((await run(virtual, 'ideviceinfo')).output, /Invalid HostID \(-21\)|error code -21/);
    });

    it('trusts a host again whose record an earlier run kept', async () => {
      const virtual = await phone();
      await output(virtual, 'idevicepair', 'pair');
      const record = virtual.mux.records.get(virtual.udid);
      assert.ok(record);
      const second = await startVirtual({ seed: 3, moods: { trust: 'denied' } });
      running.push(second);
      second.mux.records.save(virtual.udid, record);
      assert.equal(second.phone.trustRecord(record), true);
      assert.match(await output(second, 'idevicepair', 'validate'), /^SUCCESS/);
    });
  });

  it('idevicename reads and sets the name', async () => {
    const virtual = await phone({ name: 'Anna’s iPhone' });
    assert.equal(await output(virtual, 'idevicename'), 'Anna’s iPhone');
    await output(virtual, 'idevicename', 'Brücke 🌉');
    assert.equal(virtual.phone.identity.name, 'Brücke 🌉');
    assert.equal(await output(virtual, 'ideviceinfo', '-s', '-k', 'DeviceName'), 'Brücke 🌉');
  });

  it('ideviceinstaller lists the user\'s apps', async () => {
    const virtual = await phone();
    const [, ...listed] = (await output(virtual, 'ideviceinstaller', '-l')).split('\n');
    const apps = virtual.phone.content.apps().filter(({ type }) => type === 'User');
    assert.ok(apps.length > 0);
    assert.deepEqual(listed.map((line) => line.split(',')[0]), apps.map(({ bundleId }) => bundleId));
  });

  describe('idevicediagnostics', () => {
    it('reads diagnostics and MobileGestalt, which iOS 17.4 gave up', async () => {
      assert.match(await output(await phone(), 'idevicediagnostics', 'diagnostics', 'GasGauge'), /<key>GasGauge<\/key>/);
      assert.match(await output(await phone({ ios: '16.1' }), 'idevicediagnostics', 'mobilegestalt', 'PasswordConfigured'), /PasswordConfigured<\/key>\s*<true\/>/);
      assert.match(await output(await phone(), 'idevicediagnostics', 'mobilegestalt', 'PasswordConfigured'), /MobileGestaltDeprecated/);
    });

    it('restarts the phone and switches it off', async () => {
      const virtual = await phone();
      await output(virtual, 'idevicediagnostics', 'restart');
      assert.equal(virtual.phone.presence.present, false);
      virtual.phone.presence.comeBack();
      await output(virtual, 'idevicediagnostics', 'shutdown');
      assert.equal(await output(virtual, 'idevice_id', '-l'), '');
    });
  });
});

function fail(error: unknown): never {
  throw error;
}

/** `Key: value` lines. */
function lines(text: string): Map<string, string> {
  return new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
}
