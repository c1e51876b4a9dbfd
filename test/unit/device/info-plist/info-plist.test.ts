import assert from 'node:assert/strict';
import { AfcClient, type InfoPlistFacts, openDevice, readInfoPlistFacts, writeInfoPlist } from '../../../../src/device/index.ts';
import { PlistUid, asDict, asString, readXmlPlist, type PlistDict, type PlistValue } from '../../../../src/plist/index.ts';
import { FakeFiles } from '../fake-afc.ts';
import { FakeLockdown, servePlists } from '../fake-lockdown.ts';
import { FakeMuxer, testUdid } from '../fake-muxer.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('icon')]);

const values: Record<string, PlistValue> = {
  '/BuildVersion': '22F76',
  '/DeviceName': 'Anna <iPhone>',
  '/ProductType': 'iPhone14,5',
  '/ProductVersion': '18.5',
  '/SerialNumber': 'F2LX1234ABCD',
  '/IntegratedCircuitCardIdentity': '89014103211118510720',
  '/InternationalMobileEquipmentIdentity': '356938035643809',
  '/InternationalMobileEquipmentIdentity2': '356938035643817',
  '/MobileEquipmentIdentifier': '35693803564380',
  '/PhoneNumber': '+1 555 0100',
  'com.apple.mobile.iTunes/MinITunesVersion': '12.12.0',
  'com.apple.iTunes/DBID': 'AB12',
};

const whole = { CFBundleIdentifier: 'com.example.whole', ApplicationSINF: Buffer.from('sinf'), iTunesMetadata: Buffer.from('meta') };

/** A phone with all that Info.plist is made of. */
function fullPhone(muxer: FakeMuxer): FakeLockdown {
  const phone = new FakeLockdown(muxer);
  phone.values = values;
  const apps = [whole, { CFBundleIdentifier: 'com.example.noicon', ApplicationSINF: Buffer.from('s'), iTunesMetadata: Buffer.from('m') }, { CFBundleIdentifier: 'com.example.free', iTunesMetadata: Buffer.from('m') }];
  phone.addService('com.apple.mobile.installation_proxy', (stream) =>
    servePlists(stream, () => [{ Status: 'BrowsingApplications', CurrentAmount: 3, CurrentList: apps }, { Status: 'Complete' }]),
  );
  phone.addService('com.apple.springboardservices', (stream) => servePlists(stream, ({ bundleId }) => (bundleId === whole.CFBundleIdentifier ? { pngData: png } : {})));
  const files = { '/iTunes_Control/iTunes/iTunesPrefs': Buffer.from('prefs'), '/iTunes_Control/iTunes/IC-Info.sidb': Buffer.alloc(0), '/Books/iBooksData2.plist': Buffer.from('books') };
  phone.addService('com.apple.afc', (stream) => new FakeFiles(files).serve(stream));
  return phone;
}

async function readFacts(muxer: FakeMuxer): Promise<InfoPlistFacts> {
  const device = await openDevice(testUdid, { muxer: muxer.address });
  const afc = await AfcClient.open(device);
  try {
    return await readInfoPlistFacts(device, afc);
  } finally {
    afc.close();
    await device.close();
  }
}

const parse = (bytes: Buffer): PlistDict => asDict(readXmlPlist(bytes)) ?? assert.fail('no dictionary');

describe('Info.plist', () => {
  it('is complete', async () => {
    await using muxer = await FakeMuxer.start();
    fullPhone(muxer);
    const info = parse(writeInfoPlist(await readFacts(muxer), new Date('2026-11-22T16:40:12Z'), '0123456789ABCDEF0123456789ABCDEF'));
    assert.deepEqual(structuredClone(info), {
      Applications: {
        'com.example.noicon': { ApplicationSINF: new Uint8Array(Buffer.from('s')), iTunesMetadata: new Uint8Array(Buffer.from('m')) },
        'com.example.whole': {
          ApplicationSINF: new Uint8Array(Buffer.from('sinf')),
          PlaceholderIcon: new Uint8Array(png),
          iTunesMetadata: new Uint8Array(Buffer.from('meta')),
        },
      },
      'Build Version': '22F76',
      'Device Name': 'Anna <iPhone>',
      'Display Name': 'Anna <iPhone>',
      GUID: '0123456789ABCDEF0123456789ABCDEF',
      ICCID: '89014103211118510720',
      IMEI: '356938035643809',
      'IMEI 2': '356938035643817',
      'Installed Applications': ['com.example.free', 'com.example.noicon', 'com.example.whole'],
      'Last Backup Date': new Date('2026-11-22T16:40:12Z'),
      MEID: '35693803564380',
      'Phone Number': '+1 555 0100',
      'Product Name': 'iPhone 13',
      'Product Type': 'iPhone14,5',
      'Product Version': '18.5',
      'Serial Number': 'F2LX1234ABCD',
      'Target Identifier': testUdid,
      'Target Type': 'Device',
      'Unique Identifier': testUdid,
      'iBooks Data 2': new Uint8Array(Buffer.from('books')),
      'iTunes Files': { iTunesPrefs: new Uint8Array(Buffer.from('prefs')) },
      'iTunes Settings': { DBID: 'AB12' },
      'iTunes Version': '12.12.0',
    });
  });

  it('is still written for a phone that offers no service but AFC, and tells little', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.values = { '/DeviceName': 'Anna', '/PhoneNumber': 5 };
    phone.addService('com.apple.afc', (stream) => new FakeFiles().serve(stream));
    const info = parse(writeInfoPlist(await readFacts(muxer), new Date()));
    assert.match(asString(info['GUID']) ?? '', /^[0-9A-F]{32}$/);
    assert.deepEqual(Object.keys(info), [
      'Applications',
      'Device Name',
      'Display Name',
      'GUID',
      'Installed Applications',
      'Last Backup Date',
      'Target Identifier',
      'Target Type',
      'Unique Identifier',
      'iTunes Files',
      'iTunes Settings',
      'iTunes Version',
    ]);
    assert.equal(info['iTunes Version'], '10.0.1');
  });

  it('leaves out settings that XML cannot hold', () => {
    const nothing = { udid: testUdid, values: {}, minITunesVersion: undefined, apps: [], iTunesFiles: new Map<string, Buffer>(), booksData: undefined };
    for (const value of [null, new PlistUid(3), new Date(NaN)]) {
      const info = parse(writeInfoPlist({ ...nothing, iTunesSettings: { key: value } }, new Date()));
      assert.deepEqual(Object.keys(asDict(info['iTunes Settings']) ?? {}), []);
    }
  });
});
