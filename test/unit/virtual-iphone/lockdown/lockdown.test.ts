import assert from 'node:assert/strict';
import { PlistReal, type PlistDict } from '../../../../src/plist/index.ts';
import { startVirtual, type RunningVirtual, type VirtualOptions } from '../../../../src/virtual-iphone/index.ts';
import { fewFiles } from '../few-files.ts';
import { PlistHost, devicePort, hostTls, lockdown, pairRequest, record, recordBytes, recordSeed, session, textOf } from '../host.ts';

describe('the virtual phone\'s lockdown', () => {
  const running: RunningVirtual[] = [];
  afterEach(async () => {
    for (const virtual of running.splice(0)) await virtual.close();
  });

  async function start(options: Partial<VirtualOptions> = {}, knowsHost = true): Promise<RunningVirtual> {
    const virtual = await startVirtual({ seed: recordSeed, content: fewFiles(), ...options });
    running.push(virtual);
    if (knowsHost) assert.equal(virtual.phone.trustRecord(recordBytes), true);
    return virtual;
  }

  const { HostID, SystemBUID, HostCertificate } = record;

  describe('before a session', () => {
    it('says what it is and echoes the request', async () => {
      const reply = await (await lockdown(await start())).ask({ Request: 'QueryType', Label: 'test' });
      assert.deepEqual({ ...reply }, { Request: 'QueryType', Type: 'com.apple.mobile.lockdown' });
    });

    it('answers public values with their types, and prohibits the rest', async () => {
      const virtual = await start({ ios: '17.5.1' });
      const host = await lockdown(virtual);
      const version = await host.ask({ Request: 'GetValue', Key: 'ProductVersion' });
      assert.deepEqual({ ...version }, { Request: 'GetValue', Key: 'ProductVersion', Value: '17.5.1' });
      const key = (await host.ask({ Request: 'GetValue', Key: 'DevicePublicKey' }))['Value'];
      assert.match(textOf(key), /^-----BEGIN RSA PUBLIC KEY-----/);
      assert.equal((await host.ask({ Request: 'GetValue', Key: 'SerialNumber' }))['Error'], 'GetProhibited');
      assert.equal((await host.ask({ Request: 'GetValue', Key: 'NoSuchKey' }))['Error'], 'MissingValue');
      assert.equal((await host.ask({ Request: 'GetValue', Domain: 'com.apple.mobile.battery' }))['Error'], 'GetProhibited');
      const all = (await host.ask({ Request: 'GetValue' }))['Value'] as PlistDict;
      for (const name of ['ActivationState', 'BuildVersion', 'DeviceClass', 'DeviceName', 'HardwareModel', 'PasswordProtected', 'ProductName', 'WiFiAddress']) {
        assert.ok(name in all, name);
      }
      assert.ok(!('SerialNumber' in all));
    });

    it('starts no service and no session for a host it does not know', async () => {
      const host = await lockdown(await start({}, false));
      assert.equal((await host.ask({ Request: 'StartService', Service: 'com.apple.afc' }))['Error'], 'SessionInactive');
      assert.equal((await host.ask({ Request: 'StartSession', HostID: 'nobody', SystemBUID: 'x' }))['Error'], 'InvalidHostID');
      assert.equal((await host.ask({ Request: 'StartSession' }))['Error'], 'MissingHostID');
    });

    it('drops a host that sends anything but property lists', async () => {
      const stream = await devicePort(await start(), 62_078);
      const host = new PlistHost(stream);
      stream.write(Buffer.from('00000004ffffffff', 'hex'));
      assert.equal((await host.inbox.rest()).length, 0);
    });
  });

  describe('pairing', () => {
    it('gives an escrow bag of 32 bytes, the same for a host it knows', async () => {
      const virtual = await start({}, false);
      const host = await lockdown(virtual);
      const bag = (await host.ask(pairRequest()))['EscrowBag'];
      assert.ok(Buffer.isBuffer(bag) && bag.length === 32);
      virtual.phone.setMoods({ trust: 'denied' });
      assert.deepEqual((await host.ask(pairRequest()))['EscrowBag'], bag);
    });

    it('asks the person, who takes a while', async () => {
      const virtual = await start({ moods: { trust: 'ask', passcodeDelay: 40 } }, false);
      const host = await lockdown(virtual);
      assert.equal((await host.ask(pairRequest()))['Error'], 'PairingDialogResponsePending');
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.ok((await host.ask(pairRequest()))['EscrowBag']);
    });

    it('waits for a tap, is denied by one, and asks anew', async () => {
      const virtual = await start({ moods: { trust: 'pending' } }, false);
      const host = await lockdown(virtual);
      assert.equal((await host.ask(pairRequest()))['Error'], 'PairingDialogResponsePending');
      virtual.phone.person.tapTrust(false);
      assert.equal((await host.ask(pairRequest()))['Error'], 'UserDeniedPairing');
      assert.equal((await host.ask(pairRequest()))['Error'], 'PairingDialogResponsePending');
    });

    it('refuses while locked, certificates that are not for its key, and incomplete records', async () => {
      const virtual = await start({ moods: { locked: true } }, false);
      const host = await lockdown(virtual);
      assert.equal((await host.ask(pairRequest()))['Error'], 'PasswordProtected');
      virtual.phone.setMoods({ locked: false });
      assert.equal((await host.ask(pairRequest({ DeviceCertificate: HostCertificate as Buffer })))['Error'], 'InvalidPairRecord');
      assert.equal((await host.ask(pairRequest({ RootCertificate: Buffer.from('junk') })))['Error'], 'InvalidPairRecord');
      assert.equal((await host.ask({ Request: 'Pair' }))['Error'], 'MissingPairRecord');
    });

    it('forgets a host by Unpair, and all of them when trust is revoked', async () => {
      const virtual = await start();
      const host = await lockdown(virtual);
      assert.equal((await host.ask({ Request: 'Unpair', PairRecord: { HostID: HostID ?? '' } }))['Error'], undefined);
      assert.equal((await host.ask({ Request: 'ValidatePair', PairRecord: { HostID: HostID ?? '' } }))['Error'], 'InvalidHostID');
      virtual.phone.trustRecord(recordBytes);
      virtual.phone.setMoods({ trust: 'revoked' });
      await assert.rejects(session(virtual), /InvalidHostID/);
    });

    it('does not take another phone\'s record', async () => {
      assert.equal((await start({ seed: 2 }, false)).phone.trustRecord(recordBytes), false);
    });
  });

  describe('in a session', () => {
    it('takes the root and the host certificate, and speaks TLS 1.2 unless told otherwise', async () => {
      const virtual = await start();
      for (const identity of ['Root', 'Host'] as const) {
        const host = await session(virtual, identity);
        const stream = host.inbox.stream as unknown as { getProtocol(): string };
        assert.equal(stream.getProtocol(), 'TLSv1.2');
        assert.equal((await host.ask({ Request: 'GetValue', Key: 'SerialNumber' }))['Value'], virtual.phone.identity.serialNumber);
        host.close();
      }
      const modern = await session(await start({ allowTls13: true }));
      assert.equal((modern.inbox.stream as unknown as { getProtocol(): string }).getProtocol(), 'TLSv1.3');
    });

    it('has believable values with the types of real dumps', async () => {
      const host = await session(await start());
      const all = (await host.ask({ Request: 'GetValue' }))['Value'] as PlistDict;
      assert.ok(all['TimeIntervalSince1970'] instanceof PlistReal);
      assert.equal(typeof all['PasswordProtected'], 'boolean');
      assert.ok(BigInt(all['UniqueChipID'] as number) > 2n ** 52n);
      assert.equal(typeof all['ProtocolVersion'], 'string');
      assert.ok(Buffer.isBuffer(all['PkHash']) && all['PkHash'].length === 32);
      assert.ok(luhn(textOf(all['InternationalMobileEquipmentIdentity'])));
      assert.ok(luhn(textOf(all['IntegratedCircuitCardIdentity'])));
      assert.match(textOf(all['WiFiAddress']), /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
    });

    it('adds up its disk, and lets the mood set what is free', async () => {
      const virtual = await start({ ios: '15.6.1', moods: { freeSpace: 5_000_000_000 } });
      const host = await session(virtual);
      const disk = (await host.ask({ Request: 'GetValue', Domain: 'com.apple.disk_usage' }))['Value'] as Record<string, number>;
      assert.equal(disk['TotalDiskCapacity'], Number(disk['TotalSystemCapacity']) + Number(disk['TotalDataCapacity']));
      assert.equal(disk['AmountDataAvailable'], 5_000_000_000);
      assert.equal(disk['TotalDataAvailable'], 5_000_000_000 + Number(disk['AmountDataReserved']));
      const factory = (await host.ask({ Request: 'GetValue', Domain: 'com.apple.disk_usage.factory' }))['Value'] as PlistDict;
      assert.ok(!('PhotoUsage' in factory) && 'TotalDataCapacity' in factory);
    });

    it('leaves WillEncrypt out until a backup password was set', async () => {
      const virtual = await start();
      const host = await session(virtual);
      const ask = { Request: 'GetValue', Domain: 'com.apple.mobile.backup', Key: 'WillEncrypt' };
      assert.equal((await host.ask(ask))['Error'], 'MissingValue');
      virtual.phone.agentMemory.backupPassword = 'secret';
      assert.equal((await host.ask(ask))['Value'], true);
    });

    it('gives Find My by key only', async () => {
      const host = await session(await start({ moods: { findMy: true } }));
      assert.deepEqual({ ...(await host.ask({ Request: 'GetValue', Domain: 'com.apple.fmip' }))['Value'] as PlistDict }, {});
      assert.equal((await host.ask({ Request: 'GetValue', Domain: 'com.apple.fmip', Key: 'IsAssociated' }))['Value'], true);
    });

    it('refuses values when the mood says so, yet not the public ones', async () => {
      const host = await session(await start({ moods: { refuseValues: true } }));
      assert.equal((await host.ask({ Request: 'GetValue', Key: 'SerialNumber' }))['Error'], 'GetProhibited');
      assert.equal((await host.ask({ Request: 'GetValue', Domain: 'com.apple.disk_usage' }))['Error'], 'GetProhibited');
      assert.equal(typeof (await host.ask({ Request: 'GetValue', Key: 'ProductVersion' }))['Value'], 'string');
    });

    it('sets and removes what hosts may set, and nothing else', async () => {
      const virtual = await start();
      const host = await session(virtual);
      const wifi = { Domain: 'com.apple.mobile.wireless_lockdown', Key: 'EnableWifiConnections' };
      assert.equal((await host.ask({ Request: 'SetValue', ...wifi, Value: true }))['Error'], undefined);
      assert.equal((await host.ask({ Request: 'GetValue', ...wifi }))['Value'], true);
      await host.ask({ Request: 'RemoveValue', ...wifi });
      assert.equal((await host.ask({ Request: 'GetValue', ...wifi }))['Value'], false);
      assert.equal((await host.ask({ Request: 'SetValue', Key: 'SerialNumber', Value: 'X' }))['Error'], 'SetProhibited');
      assert.equal((await host.ask({ Request: 'SetValue', Key: 'DeviceName', Value: 5 }))['Error'], 'InvalidValue');
      await host.ask({ Request: 'SetValue', Key: 'DeviceName', Value: 'Renamed' });
      assert.equal(virtual.phone.identity.name, 'Renamed');
    });

    it('starts services on ports of their own, mobilebackup2 with the escrow bag only', async () => {
      const host = await session(await start());
      const ask = { Request: 'StartService', Service: 'com.apple.mobilebackup2' };
      assert.equal((await host.ask(ask))['Error'], 'MissingValue');
      assert.equal((await host.ask({ ...ask, EscrowBag: Buffer.alloc(32) }))['Error'], 'EscrowLocked');
      const reply = await host.ask({ ...ask, EscrowBag: record['EscrowBag'] ?? '' });
      assert.equal(reply['EnableServiceSSL'], true);
      assert.ok(Number.isInteger(reply['Port']) && Number(reply['Port']) <= 65_535);
      assert.equal((await host.ask({ Request: 'StartService', Service: 'com.example.none' }))['Error'], 'InvalidService');
    });

    it('serves one connection a port', async () => {
      const virtual = await start();
      const host = await session(virtual);
      const { Port } = await host.ask({ Request: 'StartService', Service: 'com.apple.afc' });
      await hostTls(await devicePort(virtual, Number(Port)));
      await assert.rejects(devicePort(virtual, Number(Port)), /Connect gave 3/);
    });

    it('starts services without TLS up to iOS 11', async () => {
      const host = await session(await start({ ios: '11.4.1' }));
      assert.equal((await host.ask({ Request: 'StartService', Service: 'com.apple.afc' }))['EnableServiceSSL'], undefined);
    });

    it('ends with StopSession and close_notify', async () => {
      const plain = await lockdown(await start());
      const { SessionID } = await plain.ask({ Request: 'StartSession', HostID: HostID ?? '', SystemBUID: SystemBUID ?? '' });
      const host = new PlistHost(await hostTls(plain.inbox.release()));
      assert.equal((await host.ask({ Request: 'StopSession', SessionID: 'other' }))['Error'], 'InvalidSessionID');
      assert.equal((await host.ask({ Request: 'StopSession', SessionID: SessionID ?? '' }))['Result'], 'Success');
      assert.equal((await host.inbox.rest()).length, 0);
    });
  });
});

function luhn(digits: string): boolean {
  const sum = Array.from(digits).toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
