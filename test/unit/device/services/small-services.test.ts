import assert from 'node:assert/strict';
import { type DeviceConnection, hasPasscode, openDevice, readIcons, restartDevice } from '../../../../src/device/index.ts';
import type { PlistDict, PlistValue } from '../../../../src/plist/index.ts';
import { FakeLockdown, type LockdownAnswer, servePlists } from '../fake-lockdown.ts';
import { FakeMuxer, testUdid } from '../fake-muxer.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('icon')]);

interface Asked {
  readonly device: DeviceConnection;
  readonly requests: PlistDict[];
}

async function withService(muxer: FakeMuxer, name: string, answer: (message: PlistDict) => LockdownAnswer): Promise<Asked> {
  const requests: PlistDict[] = [];
  const phone = new FakeLockdown(muxer);
  phone.addService(name, (stream) => servePlists(stream, (message) => (requests.push(message), answer(message))));
  return { device: await openDevice(testUdid, { muxer: muxer.address }), requests };
}

describe('diagnostics_relay', () => {
  const service = 'com.apple.mobile.diagnostics_relay';
  const gestalt = (value: Readonly<Record<string, PlistValue>>): LockdownAnswer => ({ Status: 'Success', Diagnostics: { MobileGestalt: value } });
  const cases = [
    ['true', gestalt({ PasswordConfigured: true, Status: 'Success' }), true],
    ['false', gestalt({ PasswordConfigured: false, Status: 'Success' }), false],
    ['nothing since iOS 17.4', gestalt({ Status: 'MobileGestaltDeprecated' }), undefined],
    ['nothing on failure', { Status: 'Failure' }, undefined],
    ['nothing for a wrong type', gestalt({ PasswordConfigured: 'yes' }), undefined],
  ] as const;
  for (const [what, answer, expected] of cases) {
    it(`tells whether there is a passcode: ${what}`, async () => {
      await using muxer = await FakeMuxer.start();
      const { device, requests } = await withService(muxer, service, () => answer);
      assert.equal(await hasPasscode(device), expected);
      assert.deepEqual(requests[0]?.['MobileGestaltKeys'], ['PasswordConfigured']);
      await device.close();
    });
  }

  it('is not needed to know nothing', async () => {
    await using muxer = await FakeMuxer.start();
    const { device } = await withService(muxer, 'another', () => 'close');
    assert.equal(await hasPasscode(device), undefined);
    await device.close();
  });

  it('restarts a phone, which may hang up at once', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, requests } = await withService(muxer, service, (message) => (message['Request'] === 'Restart' ? { Status: 'Success' } : 'close'));
    await restartDevice(device);
    assert.deepEqual(requests.map((each) => each['Request']), ['Restart', 'Goodbye']);
    await device.close();
  });

  it('says why a phone does not restart', async () => {
    await using muxer = await FakeMuxer.start();
    const { device } = await withService(muxer, service, () => ({ Status: 'UnknownRequest' }));
    await assert.rejects(restartDevice(device), { code: 'service.UnknownRequest', kind: 'device' });
    await device.close();
  });
});

describe('springboard', () => {
  const service = 'com.apple.springboardservices';

  it('gives the icons of apps over one connection; others are left out', async () => {
    await using muxer = await FakeMuxer.start();
    const { device, requests } = await withService(muxer, service, ({ bundleId }) => {
      if (bundleId === 'a') return { pngData: png };
      if (bundleId === 'b') return {};
      return { pngData: bundleId === 'c' ? Buffer.from('GIF89a') : Buffer.concat([png, Buffer.alloc(1 << 20)]) };
    });
    const icons = await readIcons(device, ['a', 'b', 'c', 'd']);
    assert.deepEqual([...icons], [['a', png]]);
    assert.deepEqual(requests.map((each) => each['command']), Array.from({ length: 4 }, () => 'getIconPNGData'));
    await device.close();
  });

  it('is not needed: no service, no icons', async () => {
    await using muxer = await FakeMuxer.start();
    const { device } = await withService(muxer, 'another', () => 'close');
    assert.equal((await readIcons(device, ['a'])).size, 0);
    await device.close();
  });
});
