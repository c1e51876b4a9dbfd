import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { openDevice, pairDevice, type TrustState } from '../../../../src/device/index.ts';
import { parsePairRecord } from '../../../../src/device/lockdown/pair-record.ts';
import { makePairIdentity } from '../../../../src/device/pairing/certificates.ts';
import { asDict } from '../../../../src/plist/index.ts';
import { FakeLockdown, devicePublicKey, lockdownReply, systemBuid } from '../fake-lockdown.ts';
import { FakeMuxer, testUdid } from '../fake-muxer.ts';

async function pair(muxer: FakeMuxer, patience = 2_000): Promise<TrustState[]> {
  const states: TrustState[] = [];
  await pairDevice(testUdid, { muxer: muxer.address, patience, interval: 10, onState: (state) => states.push(state) });
  return states;
}

const saysTimes = (phone: FakeLockdown, request: string, error: string, times: number): void => {
  const handler = phone.handlers[request];
  let left = times;
  phone.handlers[request] = (message) => (left-- > 0 ? lockdownReply(request, { Error: error }) : (handler?.(message) ?? 'close'));
};

describe('pairing', () => {
  it('makes the record that phones expect, keeps its secrets here, and saves what the phone adds', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    assert.deepEqual(await pair(muxer), ['trusted']);
    const request = phone.requests.find((each) => each['Request'] === 'Pair');
    assert.equal(request?.['ProtocolVersion'], '2');
    assert.equal(asDict(request?.['PairingOptions'])?.['ExtendedPairingErrors'], true);
    assert.deepEqual(Object.keys(asDict(request?.['PairRecord']) ?? {}).toSorted(), [
      'DeviceCertificate',
      'HostCertificate',
      'HostID',
      'RootCertificate',
      'SystemBUID',
    ]);
    const record = parsePairRecord(muxer.pairRecords.get(testUdid) ?? Buffer.alloc(0));
    assert.deepEqual(record.escrowBag, Buffer.alloc(32, 9));
    assert.equal(record.wifiMacAddress, '00:11:22:33:44:55');
    assert.equal(record.systemBuid, systemBuid);
    assert.match(record.hostId, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    assert.equal(muxer.requests.find((each) => each['MessageType'] === 'SavePairRecord')?.['DeviceID'], 7);
    await (await openDevice(testUdid, { muxer: muxer.address })).close();
  });

  it('finds a phone that trusts us already, and asks it nothing', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    assert.deepEqual(await pair(muxer), ['trusted']);
    assert.ok(!phone.requests.some((each) => each['Request'] === 'Pair'));
  });

  it('waits for a late tap with one and the same record', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    saysTimes(phone, 'Pair', 'PairingDialogResponsePending', 5);
    assert.deepEqual(await pair(muxer), ['waiting-for-tap', 'trusted']);
    const hosts = phone.requests.filter((each) => each['Request'] === 'Pair').map((each) => asDict(each['PairRecord'])?.['HostID']);
    assert.equal(hosts.length, 6);
    assert.equal(new Set(hosts).size, 1);
  });

  it('waits while the phone is locked', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    saysTimes(phone, 'GetValue', 'PasswordProtected', 1);
    saysTimes(phone, 'Pair', 'PasswordProtected', 2);
    assert.deepEqual(await pair(muxer), ['locked', 'trusted']);
  });

  for (const error of ['PairingDialogResponsePending', 'PasswordProtected']) {
    it(`gives up with ${error} when patience ends`, async () => {
      await using muxer = await FakeMuxer.start();
      saysTimes(new FakeLockdown(muxer, false), 'Pair', error, Infinity);
      await assert.rejects(pair(muxer, 100), { code: `lockdown.${error}` });
      assert.equal(muxer.pairRecords.size, 0);
    });
  }

  for (const error of ['UserDeniedPairing', 'PairingProhibitedOverThisConnection', 'MCChallengeRequired']) {
    it(`ends at once with ${error}`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer, false);
      saysTimes(phone, 'Pair', error, Infinity);
      await assert.rejects(pair(muxer), { code: `lockdown.${error}` });
      assert.equal(phone.requests.filter((each) => each['Request'] === 'Pair').length, 1);
    });
  }

  it('waits for a phone that trusts us to be unlocked', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    saysTimes(phone, 'StartSession', 'PasswordProtected', 2);
    assert.deepEqual(await pair(muxer), ['locked', 'trusted']);
    assert.ok(!phone.requests.some((each) => each['Request'] === 'Pair'));
  });

  for (const error of ['InvalidHostID', 'MissingHostID']) {
    it(`pairs again with a phone that forgot us (${error})`, async () => {
      await using muxer = await FakeMuxer.start();
      const phone = new FakeLockdown(muxer);
      const old = muxer.pairRecords.get(testUdid);
      saysTimes(phone, 'StartSession', error, 1);
      assert.deepEqual(await pair(muxer), ['forgotten', 'trusted']);
      assert.ok(muxer.requests.some((each) => each['MessageType'] === 'DeletePairRecord'));
      assert.notDeepEqual(muxer.pairRecords.get(testUdid), old);
    });
  }

  it('replaces a record that cannot be read', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer, false);
    muxer.pairRecords.set(testUdid, Buffer.from('nonsense'));
    assert.deepEqual(await pair(muxer), ['forgotten', 'trusted']);
  });

  it('keeps the record of a phone that merely hangs up, or is locked', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.handlers['StartSession'] = () => 'close';
    await assert.rejects(pair(muxer), { code: 'link.lost' });
    phone.handlers['StartSession'] = () => lockdownReply('StartSession', { Error: 'PasswordProtected' });
    await assert.rejects(pair(muxer, 50), { code: 'lockdown.PasswordProtected' });
    assert.equal(muxer.pairRecords.size, 1);
  });

  it('refuses a public key that is none', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer, false);
    for (const key of [Buffer.from('nonsense'), Buffer.alloc(0), 'text']) {
      phone.values['/DevicePublicKey'] = key;
      await assert.rejects(pair(muxer), { code: 'data.frame', subject: 'DevicePublicKey' });
    }
  });

  it('can be cancelled while it waits', async () => {
    await using muxer = await FakeMuxer.start();
    saysTimes(new FakeLockdown(muxer, false), 'Pair', 'PairingDialogResponsePending', Infinity);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(pairDevice(testUdid, { muxer: muxer.address, patience: 60_000, signal: stop.signal }), { kind: 'cancelled' });
  });
});

describe('the certificates of a pairing', () => {
  it('are version 3, have serial 1, empty names and ten years, and chain to the root', async () => {
    const now = new Date('2026-11-22T16:40:12Z');
    const made = await makePairIdentity(devicePublicKey, now);
    const [root, host, device] = [made.rootCertificate, made.hostCertificate, made.deviceCertificate].map((pem) => new X509Certificate(pem));
    assert.ok(root && host && device);
    for (const each of [root, host, device]) {
      assert.equal(each.serialNumber, '01');
      assert.equal(each.subject ?? '', '');
      assert.equal(each.issuer ?? '', '');
      assert.equal(new Date(each.validFrom).getTime(), now.getTime());
      assert.equal(new Date(each.validTo).toISOString(), '2036-11-22T16:40:12.000Z');
      assert.ok(each.verify(root.publicKey));
      // Version 3 is [0] { INTEGER 2 }, the first field of what is signed.
      assert.ok(each.raw.includes(Buffer.from('a003020102', 'hex')));
    }
    assert.deepEqual([root.ca, host.ca, device.ca], [true, false, false]);
    assert.ok(root.checkPrivateKey(createPrivateKey(made.rootPrivateKey)));
    assert.ok(host.checkPrivateKey(createPrivateKey(made.hostPrivateKey)));
    assert.ok(device.publicKey.equals(createPublicKey(devicePublicKey)));
  });

  it('have the extensions that phones expect', async () => {
    const made = await makePairIdentity(devicePublicKey, new Date());
    const has = (pem: Buffer, der: string): boolean => new X509Certificate(pem).raw.includes(Buffer.from(der, 'hex'));
    const critical = { ca: '0603551d130101ff040530030101ff', notCa: '0603551d130101ff04023000', keyUsage: '0603551d0f0101ff0404030205a0' };
    assert.deepEqual(Object.values(critical).map((der) => has(made.rootCertificate, der)), [true, false, false]);
    assert.deepEqual(Object.values(critical).map((der) => has(made.hostCertificate, der)), [false, true, true]);
    assert.deepEqual(Object.values(critical).map((der) => has(made.deviceCertificate, der)), [false, true, true]);
    const subjectKeyIdentifier = '0603551d0e';
    assert.deepEqual([made.rootCertificate, made.hostCertificate, made.deviceCertificate].map((pem) => has(pem, subjectKeyIdentifier)), [false, false, true]);
  });

  it('leave nothing behind in the Reflect object', async () => {
    await makePairIdentity(devicePublicKey, new Date());
    assert.equal((Reflect as unknown as Record<string, unknown>)['getMetadata'], undefined);
  });
});
