import assert from 'node:assert/strict';
import { listDevices, modelNames, readDeviceSummary } from '../../../../src/device/index.ts';
import { dateOf, percentOf, sizeOf, textOf } from '../../../../src/device/values/border.ts';
import { PlistReal, type PlistValue } from '../../../../src/plist/index.ts';
import { FakeLockdown, lockdownReply } from '../fake-lockdown.ts';
import { FakeMuxer, attached, testUdid } from '../fake-muxer.ts';

const usual: Record<string, PlistValue> = {
  '/DeviceName': 'Anna’s iPhone',
  '/DeviceClass': 'iPhone',
  '/ProductType': 'iPhone16,1',
  '/ProductVersion': '18.5',
  '/BuildVersion': '22F76',
  '/SerialNumber': 'F2LX1234ABCD',
  '/PasswordProtected': true,
  'com.apple.disk_usage.factory/TotalDiskCapacity': 256_000_000_000,
  'com.apple.disk_usage.factory/TotalDataCapacity': 247_983_448_064,
  'com.apple.disk_usage.factory/AmountDataAvailable': 30_700_000_000,
  'com.apple.disk_usage.factory/TotalDataAvailable': 69_700_000_000,
  'com.apple.mobile.battery/BatteryCurrentCapacity': 81,
  'com.apple.mobile.battery/BatteryIsCharging': true,
  'com.apple.mobile.backup/WillEncrypt': true,
  'com.apple.mobile.backup/CloudBackupEnabled': false,
  'com.apple.mobile.backup/LastCloudBackupDate': new PlistReal(800_000_000),
  'com.apple.mobile.backup/LastiTunesBackupDate': 800_000_001,
  'com.apple.fmip/IsAssociated': true,
  'com.apple.PurpleBuddy/SetupDone': true,
  'com.apple.mobile.chaperone/DeviceIsChaperoned': false,
};

describe('the summary of a phone', () => {
  it('has all that the phone tells', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [attached(3, { ConnectionType: 'Network' }), attached(7)] });
    new FakeLockdown(muxer).values = usual;
    assert.deepEqual(await readDeviceSummary(testUdid, { muxer: muxer.address }), {
      udid: testUdid,
      connections: ['usb', 'network'],
      trust: 'trusted',
      isVirtual: false,
      name: 'Anna’s iPhone',
      productType: 'iPhone16,1',
      model: 'iPhone 15 Pro',
      deviceClass: 'iPhone',
      iosVersion: '18.5',
      buildVersion: '22F76',
      serialNumber: 'F2LX1234ABCD',
      capacity: 256_000_000_000,
      dataCapacity: 247_983_448_064,
      dataAvailable: 30_700_000_000,
      battery: 81,
      isCharging: true,
      isLocked: true,
      encryption: 'on',
      requiresEncryption: undefined,
      cloudBackupEnabled: false,
      lastCloudBackup: new Date('2026-05-09T06:13:20Z'),
      lastComputerBackup: new Date('2026-05-09T06:13:21Z'),
      findMyEnabled: true,
      setupDone: true,
      isSupervised: false,
    });
  });

  it('holds encryption for off when the key was never set, and for unknown when the phone refuses', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.values = {};
    assert.equal((await readDeviceSummary(testUdid, { muxer: muxer.address })).encryption, 'off');
    phone.handlers['GetValue'] = () => lockdownReply('GetValue', { Error: 'GetProhibited' });
    const refused = await readDeviceSummary(testUdid, { muxer: muxer.address });
    assert.deepEqual([refused.encryption, refused.trust, refused.name], ['unknown', 'trusted', undefined]);
  });

  it('asks for the one key where a domain tells nothing as a whole', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    const values = phone.handlers['GetValue'];
    phone.values = usual;
    phone.handlers['GetValue'] = (message) =>
      message['Domain'] !== undefined && message['Key'] === undefined ? lockdownReply('GetValue') : (values?.(message) ?? 'close');
    const summary = await readDeviceSummary(testUdid, { muxer: muxer.address });
    assert.deepEqual([summary.encryption, summary.findMyEnabled], ['on', true]);
  });

  it('counts afresh where the cheap figures are missing', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer).values = { 'com.apple.disk_usage/TotalDiskCapacity': 64e9, 'com.apple.disk_usage/TotalDataAvailable': 5e9 };
    const summary = await readDeviceSummary(testUdid, { muxer: muxer.address });
    assert.deepEqual([summary.capacity, summary.dataAvailable], [64e9, 5e9]);
  });

  it('believes no value of a wrong type or an absurd size', async () => {
    await using muxer = await FakeMuxer.start();
    const wrong: PlistValue[] = ['text', -1, 2n ** 63n, new PlistReal(NaN), [], Buffer.from('x'), new PlistReal(1e300), 1.5e15];
    for (const value of wrong) {
      new FakeLockdown(muxer).values = Object.fromEntries(Object.keys(usual).filter((key) => key.startsWith('com')).map((key) => [key, value]));
      const summary = await readDeviceSummary(testUdid, { muxer: muxer.address });
      const { udid: _, connections: __, trust, isVirtual, encryption, ...rest } = summary;
      assert.deepEqual([trust, isVirtual, encryption], ['trusted', false, 'off']);
      for (const [key, each] of Object.entries(rest)) assert.equal(each, undefined, key);
    }
  });

  const trust = [
    ['InvalidHostID', 'forgotten'],
    ['PasswordProtected', 'locked'],
    ['UserDeniedPairing', 'denied'],
  ] as const;
  for (const [error, state] of trust) {
    it(`is the public part with trust "${state}" after ${error}`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer);
      phone.values = usual;
      phone.handlers['StartSession'] = () => lockdownReply('StartSession', { Error: error });
      const summary = await readDeviceSummary(testUdid, { muxer: muxer.address });
      assert.deepEqual([summary.trust, summary.name, summary.model, summary.encryption], [state, 'Anna’s iPhone', 'iPhone 15 Pro', 'unknown']);
    });
  }

  it('never makes a phone ask its owner', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    assert.equal((await readDeviceSummary(testUdid, { muxer: muxer.address })).trust, 'not-paired');
    assert.ok(!phone.requests.some((each) => each['Request'] === 'Pair'));
  });

  it('lists a phone that hangs up on every question with what the muxer knows', async () => {
    await using muxer = await FakeMuxer.start();
    const other = 'b'.repeat(40);
    muxer.handlers['ListDevices'] = () => ({ DeviceList: [attached(7), attached(8, { SerialNumber: other })] });
    new FakeLockdown(muxer).handlers['StartSession'] = () => 'close';
    const list = await listDevices({ muxer: muxer.address });
    assert.deepEqual(list.map((each) => [each.udid, each.trust, each.connections]), [
      [testUdid, 'unknown', ['usb']],
      [other, 'not-paired', ['usb']],
    ]);
  });
});

describe('values at the border', () => {
  it('are texts of bounded length, control characters included', () => {
    assert.equal(textOf('\u0007<b>'), '\u0007<b>');
    assert.equal(textOf('x'.repeat(10_000))?.length, 1_024);
    assert.equal(textOf(`${'x'.repeat(1_023)}😀`)?.isWellFormed(), true);
    assert.equal(textOf(''), undefined);
  });

  it('are sizes that can be', () => {
    assert.deepEqual([0, 1e15, 1e15 + 2, -1, 0.5].map((value) => sizeOf(value)), [0, 1e15, undefined, undefined, undefined]);
    assert.equal(sizeOf(new PlistReal(64e9)), 64e9);
    assert.deepEqual([0, 100, 101, -1].map((value) => percentOf(value)), [0, 100, undefined, undefined]);
  });

  it('are dates, also as seconds since 2001; none where a phone says 0', () => {
    assert.equal(dateOf(0), undefined);
    assert.equal(dateOf(new PlistReal(Infinity)), undefined);
    assert.equal(dateOf(2n ** 63n), undefined);
    assert.deepEqual(dateOf(new Date('2026-01-01T00:00:00Z')), new Date('2026-01-01T00:00:00Z'));
  });
});

describe('model names', () => {
  it('know every phone from the 4S on, and iPads', () => {
    const sample = ['iPhone4,1', 'iPhone10,6', 'iPhone12,8', 'iPhone14,6', 'iPhone17,5', 'iPhone18,4', 'iPhone19,4', 'iPad13,18', 'iPad16,1', 'iPod9,1'];
    assert.deepEqual(sample.map((type) => modelNames.get(type)), [
      'iPhone 4S',
      'iPhone X',
      'iPhone SE (2nd generation)',
      'iPhone SE (3rd generation)',
      'iPhone 16e',
      'iPhone Air',
      'iPhone Duo',
      'iPad (10th generation)',
      'iPad mini (A17 Pro)',
      'iPod touch (7th generation)',
    ]);
    for (const generation of [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]) {
      assert.ok([...modelNames.keys()].some((type) => type.startsWith(`iPhone${generation},`)), `iPhone${generation},x`);
    }
  });
});
