import assert from 'node:assert/strict';
import { type DeviceConnection, listApps, openDevice } from '../../../../src/device/index.ts';
import { parseApp } from '../../../../src/device/apps/app.ts';
import { asArray, asDict, asString, PlistReal, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../../src/plist/index.ts';
import { FakeLockdown, type LockdownAnswer, servePlists } from '../fake-lockdown.ts';
import { FakeMuxer, testUdid } from '../fake-muxer.ts';

const notes = { CFBundleIdentifier: 'com.example.notes', CFBundleDisplayName: 'Notes', CFBundleShortVersionString: '2.1', ApplicationType: 'User' };

const part = (list: PlistValue[], index = 0): LockdownAnswer => ({
  Status: 'BrowsingApplications',
  Total: 10,
  CurrentIndex: index,
  CurrentAmount: list.length,
  CurrentList: list,
});

async function openWith(muxer: FakeMuxer, answers: readonly LockdownAnswer[], seen?: (message: PlistDict) => void): Promise<DeviceConnection> {
  new FakeLockdown(muxer).addService('com.apple.mobile.installation_proxy', (stream) =>
    servePlists(stream, (message) => {
      seen?.(message);
      return answers;
    }),
  );
  return await openDevice(testUdid, { muxer: muxer.address });
}

function binaryFrame(message: PlistDict): Buffer {
  const body = writeBinaryPlist(message);
  return Buffer.concat([Buffer.from([0, 0, body.length >> 8, body.length & 0xff]), body]);
}

describe('the list of apps', () => {
  it('is put together from partial lists', async () => {
    await using muxer = await FakeMuxer.start();
    const big = Buffer.alloc(3 << 20, 1);
    const sized = { CFBundleIdentifier: 'com.example.a', StaticDiskUsage: 5, DynamicDiskUsage: 2n ** 40n, ApplicationSINF: Buffer.from('s'), iTunesMetadata: big };
    const device = await openWith(muxer, [part([notes]), { Status: 'BrowsingApplications' }, part([sized], 1), { Status: 'Complete' }]);
    const apps = await listApps(device);
    assert.deepEqual(apps.map((app) => app.bundleId), ['com.example.a', 'com.example.notes']);
    assert.deepEqual([apps[0]?.staticUsage, apps[0]?.dynamicUsage, apps[0]?.storeMetadata?.length], [5, 2 ** 40, 3 << 20]);
    assert.deepEqual([apps[1]?.name, apps[1]?.version, apps[1]?.type, apps[1]?.sinf], ['Notes', '2.1', 'User', undefined]);
    await device.close();
  });

  it('asks for sizes and store data only when wanted', async () => {
    await using muxer = await FakeMuxer.start();
    const asked: PlistValue[][] = [];
    const device = await openWith(muxer, [{ Status: 'Complete' }], (message) => {
      assert.equal(message['Command'], 'Browse');
      const options = asDict(message['ClientOptions']);
      asked.push([...(asArray(options?.['ReturnAttributes']) ?? []), asString(options?.['ApplicationType']) ?? '']);
    });
    await listApps(device);
    await listApps(device, { type: 'User', sizes: true, store: true });
    assert.ok(!asked[0]?.includes('DynamicDiskUsage') && !asked[0]?.includes('ApplicationSINF'));
    for (const attribute of ['CFBundleIdentifier', 'StaticDiskUsage', 'DynamicDiskUsage', 'ApplicationSINF', 'iTunesMetadata', 'User']) {
      assert.ok(asked[1]?.includes(attribute), attribute);
    }
    await device.close();
  });

  it('says what the phone refused', async () => {
    await using muxer = await FakeMuxer.start();
    const device = await openWith(muxer, [{ Error: 'APIInternalError', ErrorDescription: 'no', ErrorDetail: 7 }]);
    await assert.rejects(listApps(device), { code: 'service.APIInternalError', deviceText: 'no', kind: 'device' });
    await device.close();
  });

  const wrong: readonly (readonly [string, readonly LockdownAnswer[], string])[] = [
    ['a list that is none', [{ Status: 'BrowsingApplications', CurrentList: 'text' }, { Status: 'Complete' }], 'data.frame'],
    ['null as an app', [binaryFrame({ Status: 'BrowsingApplications', CurrentList: [null] }), { Status: 'Complete' }], 'data.frame'],
    ['the end in the middle', [part([notes]), 'close'], 'link.lost'],
    ['no plist', [Buffer.from([0, 0, 0, 2, 0x61, 0x62])], 'data.plist'],
  ];
  for (const [what, answers, code] of wrong) {
    it(`names ${what}`, async () => {
      await using muxer = await FakeMuxer.start();
      const device = await openWith(muxer, answers);
      await assert.rejects(listApps(device), { code });
      await device.close();
    });
  }

  it('leaves out apps without a usable bundle id', async () => {
    await using muxer = await FakeMuxer.start();
    const device = await openWith(muxer, [
      part([{}, 'text', { CFBundleIdentifier: 5 }, { CFBundleIdentifier: '../../x' }, { CFBundleIdentifier: '__proto__' }, { CFBundleIdentifier: 'x'.repeat(300) }, notes]),
      { Status: 'Complete' },
    ]);
    assert.deepEqual((await listApps(device)).map((app) => app.bundleId), ['com.example.notes']);
    assert.equal(({} as Record<string, unknown>)['CFBundleIdentifier'], undefined);
    await device.close();
  });

  it('ends with a phone that never stops', async () => {
    await using muxer = await FakeMuxer.start();
    const device = await openWith(muxer, Array.from({ length: 20_001 }, () => ({ Status: 'BrowsingApplications' })));
    await assert.rejects(listApps(device), { code: 'data.limit' });
    await device.close();
  });
});

describe('one app', () => {
  it('has groups from either form, and no size that cannot be', () => {
    const app = (keys: Readonly<Record<string, PlistValue>>) => parseApp({ ...notes, ...keys });
    assert.deepEqual(app({ GroupContainers: { 'group.a': '/path', 'bad group': '/' } })?.groups, ['group.a']);
    assert.deepEqual(app({ GroupContainers: ['group.b', 5] })?.groups, ['group.b']);
    for (const size of [-1, 'x', new PlistReal(0.5), 2n ** 62n]) assert.equal(app({ DynamicDiskUsage: size })?.dynamicUsage, undefined);
    assert.equal(app({ CFBundleDisplayName: '', CFBundleName: 'n' })?.name, 'n');
    assert.equal(app({ ApplicationType: 'Else' })?.type, undefined);
  });
});
