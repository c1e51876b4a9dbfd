import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AfcClient,
  type DeviceSummary,
  NotificationProxy,
  SyncLock,
  type TrustState,
  listApps,
  listDevices,
  openDevice,
  pairDevice,
  readDeviceSummary,
  readInfoPlistFacts,
  restartDevice,
  watchDevices,
  writeInfoPlist,
} from '../../src/device/index.ts';
import { asDict, readXmlPlist } from '../../src/plist/index.ts';
import { Stage, type StagedPhone } from './support/stage.ts';
import { runTool } from './support/tools.ts';

async function until(condition: () => boolean, limit = 60_000): Promise<void> {
  for (let spent = 0; spent < limit && !condition(); spent += 20) await sleep(20);
  assert.ok(condition(), 'it never came');
}

describe('the device client and a virtual iPhone', function () {
  this.timeout(180_000);
  let stage: Stage;
  beforeEach(async () => (stage = await Stage.open()));
  afterEach(() => stage.close());

  const pair = async (phone: StagedPhone, onState: (state: TrustState) => void = () => undefined): Promise<TrustState[]> => {
    const states: TrustState[] = [];
    const hear = (state: TrustState): void => {
      states.push(state);
      onState(state);
    };
    await pairDevice(phone.udid, { muxer: phone.address, patience: 60_000, interval: 50, onState: hear });
    return states;
  };

  it('agree on every value of the summary', async () => {
    const lastCloudBackup = new Date('2026-11-20T03:00:00Z');
    const phone = await stage.phone({ moods: { batteryLevel: 42, charging: false, cloudBackupEnabled: true, lastCloudBackup, findMy: true, supervised: true } });
    await pair(phone);
    const summary = await readDeviceSummary(phone.udid, { muxer: phone.address });
    const { identity } = phone.phone;
    assert.deepEqual(
      [summary.name, summary.productType, summary.iosVersion, summary.buildVersion, summary.serialNumber, summary.capacity],
      [identity.name, identity.productType, identity.iosVersion, identity.buildVersion, identity.serialNumber, identity.capacity],
    );
    assert.deepEqual([summary.model, summary.deviceClass, summary.trust, summary.encryption], ['iPhone 15 Pro', 'iPhone', 'trusted', 'off']);
    assert.deepEqual([summary.battery, summary.isCharging, summary.cloudBackupEnabled, summary.lastCloudBackup], [42, false, true, lastCloudBackup]);
    assert.deepEqual([summary.findMyEnabled, summary.setupDone, summary.isSupervised, summary.isLocked], [true, true, true, false]);
    assert.ok((summary.dataAvailable ?? 0) > 0 && (summary.dataAvailable ?? 0) <= (summary.dataCapacity ?? 0));
  });

  it('merge the cable and the Wi-Fi entry of one phone, and open either', async () => {
    const phone = await stage.phone({ connections: ['USB', 'Network'] });
    const [device, ...others] = await listDevices({ muxer: phone.address });
    assert.deepEqual([device?.udid, device?.connections, others.length], [phone.udid, ['usb', 'network'], 0]);
    await pair(phone);
    for (const connection of ['usb', 'network'] as const) {
      const opened = await openDevice(phone.udid, { muxer: phone.address, connection });
      assert.equal(opened.device.connection, connection);
      const afc = await AfcClient.open(opened);
      assert.ok(((await afc.deviceInfo()).total ?? 0) > 0);
      afc.close();
      await opened.close();
    }
  });

  it('go through the states of trust', async () => {
    const phone = await stage.phone({ moods: { trust: 'pending' } });
    const muxer = phone.address;
    assert.equal((await readDeviceSummary(phone.udid, { muxer })).trust, 'not-paired');
    const tap = (state: TrustState): void => {
      if (state === 'waiting-for-tap') phone.phone.setMoods({ trust: 'trusted' });
    };
    assert.deepEqual(await pair(phone, tap), ['waiting-for-tap', 'trusted']);
    phone.phone.setMoods({ trust: 'revoked' });
    assert.equal((await readDeviceSummary(phone.udid, { muxer })).trust, 'forgotten');
    await assert.rejects(openDevice(phone.udid, { muxer }), { code: 'lockdown.InvalidHostID' });
    phone.phone.setMoods({ trust: 'denied' });
    await assert.rejects(pair(phone), { code: 'lockdown.UserDeniedPairing' });
    phone.phone.setMoods({ trust: 'trusted' });
    assert.deepEqual((await pair(phone)).at(-1), 'trusted');
    assert.equal((await readDeviceSummary(phone.udid, { muxer })).trust, 'trusted');
  });

  it('share the sync lock with another host', async () => {
    const phone = await stage.phone();
    await pair(phone);
    const [first, second] = [await openDevice(phone.udid, { muxer: phone.address }), await openDevice(phone.udid, { muxer: phone.address })];
    const hosts = await Promise.all([first, second].map(async (device) => ({ afc: await AfcClient.open(device), proxy: await NotificationProxy.open(device) })));
    const [mine, theirs] = hosts;
    assert.ok(mine && theirs);
    const lock = await SyncLock.acquire(mine.afc, mine.proxy);
    await assert.rejects(SyncLock.acquire(theirs.afc, theirs.proxy, { pause: 1 }), { code: 'afc.19' });
    await lock.release();
    await (await SyncLock.acquire(theirs.afc, theirs.proxy)).release();
    for (const host of hosts) {
      host.afc.close();
      await host.proxy.close();
    }
    await Promise.all([first.close(), second.close()]);
  });

  it('relay what the phone shows', async () => {
    const phone = await stage.phone();
    await pair(phone);
    const device = await openDevice(phone.udid, { muxer: phone.address });
    const heard: string[] = [];
    const proxy = await NotificationProxy.open(device, { onNotification: (name) => heard.push(name) });
    const [first, other, last] = ['com.apple.LocalAuthentication.ui.presented', 'com.apple.other', 'com.apple.itunes-client.syncCancelRequest'] as const;
    // The phone does not say when it has begun to listen for a name.
    await until(() => {
      for (const name of [first, other, last]) phone.phone.notify(name);
      return heard.includes(first) && heard.includes(last);
    });
    assert.deepEqual(new Set(heard), new Set([first, last]));
    await proxy.close();
    await device.close();
  });

  it('list apps with sizes, and write an Info.plist that names them', async () => {
    const phone = await stage.phone();
    await pair(phone);
    const device = await openDevice(phone.udid, { muxer: phone.address });
    const onPhone = phone.phone.content.apps();
    const apps = await listApps(device, { sizes: true });
    assert.deepEqual(apps.map((app) => app.bundleId), onPhone.map((app) => app.bundleId).toSorted());
    for (const app of onPhone) {
      const listed = apps.find((each) => each.bundleId === app.bundleId);
      assert.deepEqual([listed?.name, listed?.staticUsage, listed?.dynamicUsage], [app.name, app.staticUsage, app.dynamicUsage]);
    }
    const afc = await AfcClient.open(device);
    const info = asDict(readXmlPlist(writeInfoPlist(await readInfoPlistFacts(device, afc), new Date())));
    const user = onPhone.filter((app) => app.type === 'User');
    assert.deepEqual(info?.['Installed Applications'], user.map((app) => app.bundleId).toSorted());
    for (const app of user.filter((each) => each.sinf && each.storeMetadata)) {
      const entry = asDict(asDict(info?.['Applications'])?.[app.bundleId]);
      assert.deepEqual([entry?.['ApplicationSINF'], entry?.['iTunesMetadata'], entry?.['PlaceholderIcon']], [app.sinf, app.storeMetadata, app.icon]);
    }
    afc.close();
    await device.close();
  });

  it('write and read files over AFC', async () => {
    const phone = await stage.phone();
    await pair(phone);
    const device = await openDevice(phone.udid, { muxer: phone.address });
    const afc = await AfcClient.open(device);
    const content = Buffer.from('<plist/>'.repeat(20_000));
    await afc.makeDirectory('/iTunesRestore');
    await afc.writeFile('/iTunesRestore/RestoreApplications.plist', content);
    assert.deepEqual(await afc.readFile('/iTunesRestore/RestoreApplications.plist', content.length), content);
    assert.equal((await afc.stat('/iTunesRestore/RestoreApplications.plist'))?.size, content.length);
    await afc.remove('/iTunesRestore/RestoreApplications.plist');
    assert.equal(await afc.stat('/iTunesRestore/RestoreApplications.plist'), undefined);
    afc.close();
    await device.close();
  });

  it('watch a phone lock, restart and come back', async () => {
    const phone = await stage.phone();
    await pair(phone);
    const lists: (readonly DeviceSummary[])[] = [];
    const errors: unknown[] = [];
    const watch = watchDevices({ onChange: (list) => lists.push(list), onError: (error) => errors.push(error) }, { muxer: phone.address, interval: 50 });
    await until(() => lists.at(-1)?.[0]?.isLocked === false);
    phone.phone.setMoods({ locked: true, hasPasscode: true });
    await until(() => lists.at(-1)?.[0]?.isLocked === true);
    phone.phone.setMoods({ locked: false });
    const device = await openDevice(phone.udid, { muxer: phone.address });
    await restartDevice(device);
    await until(() => lists.at(-1)?.length === 0);
    await until(() => lists.at(-1)?.[0]?.trust === 'trusted');
    watch.dispose();
    await device.close();
    assert.deepEqual(errors, []);
  });

  it('use a pairing that libimobiledevice made, and the other way round', async () => {
    const phone = await stage.phone();
    const paired = await runTool('idevicepair', ['-u', phone.udid, 'pair'], phone.address);
    assert.equal(paired.code, 0, paired.output);
    assert.deepEqual(await pair(phone), ['trusted']);
    assert.equal((await readDeviceSummary(phone.udid, { muxer: phone.address })).serialNumber, phone.phone.identity.serialNumber);

    const other = await stage.phone({ seed: 8 });
    await pair(other);
    const validated = await runTool('idevicepair', ['-u', other.udid, 'validate'], other.address);
    assert.equal(validated.code, 0, validated.output);
    const info = await runTool('ideviceinfo', ['-u', other.udid, '-k', 'SerialNumber'], other.address);
    assert.equal(info.output.trim(), other.phone.identity.serialNumber);
  });

  for (const allowTls13 of [true, false]) {
    it(`speak TLS ${allowTls13 ? '1.3' : '1.2'}`, async () => {
      const phone = await stage.phone({ allowTls13 });
      await pair(phone);
      const device = await openDevice(phone.udid, { muxer: phone.address });
      assert.equal(await device.getValue(undefined, 'ProductVersion'), phone.phone.identity.iosVersion);
      await device.close();
    });
  }
});
