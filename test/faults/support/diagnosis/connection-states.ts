import { makePairIdentity } from '../../../../src/device/pairing/certificates.ts';
import { parsePairRecord, writePairRecord } from '../../../../src/device/lockdown/pair-record.ts';
import { readPlist, writeBinaryPlist, asDict, type PlistDict } from '../../../../src/plist/index.ts';
import type { WireFault } from '../../../../src/virtual-iphone/index.ts';
import { editRecord } from './edit-record.ts';
import { silentMuxer, slowestPort, webServer } from './muxers.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** Answers every such request of lockdown with an error, not only the first. */
export const always = (name: string, text: string): WireFault[] =>
  Array.from({ length: 40 }, (_, message) => ({ kind: 'error', at: { name, message }, code: 0, text }) as const);

const pairFails = (world: World) => world.fails('pair', (engine, run) => engine.pair({ udid: world.udid, patience: 600 }, run));

function changeRecord(world: World, change: (record: PlistDict) => void): void {
  const { records } = world.phone.mux;
  const record = asDict(readPlist(records.get(world.udid) ?? Buffer.alloc(0)));
  if (!record) throw new Error('There is no pair record');
  change(record);
  records.save(world.udid, writeBinaryPlist(record));
}

/** The same pairing, with certificates of sixty days ago. */
async function pairLongAgo(world: World): Promise<void> {
  const { mux, phone } = world.phone;
  const record = parsePairRecord(mux.records.get(world.udid) ?? Buffer.alloc(0));
  const publicKey = phone.value('', 'DevicePublicKey');
  if (!Buffer.isBuffer(publicKey)) throw new Error('The phone has no public key');
  const identity = await makePairIdentity(publicKey, new Date(Date.now() - 60 * 24 * 3_600_000));
  const bytes = writePairRecord({ ...record, ...identity });
  mux.records.save(world.udid, bytes);
  phone.trustRecord(bytes);
}

const muxer = { layer: 'muxer', breaks: ['muxer'] } as const;
const listed = { layer: 'listed', breaks: ['listed'] } as const;
/** Nothing was backed up before. */
const fresh = { layer: 'session', breaks: ['session'], also: ['entries', 'drafts'] } as const;
const session = { layer: 'session', breaks: ['session'] } as const;

export const connectionStates: readonly State[] = [
  { ...muxer, row: 'muxer.missing', how: 'no socket at the address of the muxer', set: (world) => (world.muxer = 'UNIX:/nowhere/usbmuxd') },
  { ...muxer, row: 'muxer.refused', how: 'nobody listens at its port', set: (world) => (world.muxer = '127.0.0.1:1') },
  { ...muxer, row: 'muxer.bad-address', how: 'an address that is none', set: (world) => (world.muxer = 'nonsense') },
  { ...muxer, row: 'muxer.hangs', how: 'a muxer that takes connections and is silent', set: silentMuxer, isSlow: true },
  { ...muxer, row: 'muxer.foreign', how: 'a web server in its place', set: webServer },
  { ...listed, row: 'device.none', how: 'the phone is unplugged', set: (world) => world.phone.mux.removePhone(world.phone.phone) },
  {
    ...listed,
    also: ['library', 'entries', 'drafts', 'ios', 'killed'],
    row: 'device.gone',
    how: 'another phone than the one asked for is plugged in',
    set: (world) => (world.asked = '00008140-0000000000000001'),
  },
  { ...session, row: 'trust.missing', how: 'no pair record', set: (world) => world.phone.mux.records.delete(world.udid) },
  { ...session, row: 'trust.forgotten', how: 'mood trust=revoked', set: (world) => world.moods({ trust: 'revoked' }) },
  {
    ...session,
    row: 'trust.record-damaged',
    how: 'a pair record of rubbish',
    set: (world) => world.phone.mux.records.save(world.udid, Buffer.from('rubbish')),
  },
  {
    ...session,
    row: 'trust.tls',
    how: 'a pair record with the key of another phone',
    set: (world) => changeRecord(world, (record) => (record['DeviceCertificate'] = record['HostCertificate'] ?? '')),
  },
  {
    ...session,
    row: 'trust.first-unlock',
    how: 'lockdown answers StartSession with PasswordProtected',
    set: (world) => world.moods({ faults: always('lockdown.StartSession', 'PasswordProtected') }),
  },
  { ...fresh, row: 'trust.pending', how: 'mood trust=pending, then pairing', options: () => ({ isFresh: true, moods: { trust: 'pending' } }), fail: pairFails },
  { ...fresh, row: 'trust.denied', how: 'mood trust=denied, then pairing', options: () => ({ isFresh: true, moods: { trust: 'denied' } }), fail: pairFails },
  {
    ...fresh,
    row: 'trust.not-saved',
    how: 'lockdown answers Pair with SavePairRecordFailed',
    options: () => ({ isFresh: true, moods: { faults: always('lockdown.Pair', 'SavePairRecordFailed') } }),
    fail: pairFails,
  },
  {
    ...fresh,
    row: 'trust.cable-only',
    how: 'lockdown answers Pair with PairingProhibitedOverThisConnection',
    options: () => ({ isFresh: true, moods: { faults: always('lockdown.Pair', 'PairingProhibitedOverThisConnection') } }),
    fail: pairFails,
  },
  {
    layer: 'run',
    row: 'trust.prohibited',
    how: 'lockdown answers StartService with ServiceProhibited, then a backup',
    fail: (world) => {
      world.moods({ faults: always('lockdown.StartService', 'ServiceProhibited') });
      return world.backupFails();
    },
  },
  {
    layer: 'run',
    row: 'service.unavailable',
    how: 'lockdown answers StartService with InvalidService, then a backup',
    fail: (world) => {
      world.moods({ faults: always('lockdown.StartService', 'InvalidService') });
      return world.backupFails();
    },
  },
  {
    layer: 'cable',
    row: 'wifi.only',
    how: 'the phone is listed as a network device only',
    isNote: true,
    set: (world) => {
      world.phone.mux.addPhone(world.phone.phone, ['Network']);
      world.phone.mux.removePhone(world.phone.phone, ['USB']);
    },
  },
  {
    layer: 'cable',
    also: ['session'],
    row: 'wifi.pairing-old',
    how: 'a pair record of sixty days ago, and no cable',
    set: async (world) => {
      await pairLongAgo(world);
      world.phone.mux.addPhone(world.phone.phone, ['Network']);
      world.phone.mux.removePhone(world.phone.phone, ['USB']);
    },
  },
  {
    layer: 'cable',
    also: ['entries'],
    row: 'cable.slow',
    how: 'the record of the last full backup tells 64 MB received in 60 s',
    set: async (world) => {
      const { path } = await world.newest();
      await editRecord(path, /"bytes": \d+/, '"bytes": 64000000');
      await editRecord(path, /"seconds": [\d.e-]+/, '"seconds": 60');
    },
  },
  {
    layer: 'cable',
    also: ['room'],
    row: 'cable.usb2',
    how: 'an iPhone 15 Pro with 40 GB of data at a port of 480 Mbit/s, iOS 15.6',
    isNote: true,
    options: () => ({ ios: '15.6', productType: 'iPhone16,1' }),
    set: ({ phone: { phone } }) => phone.setMoods({ freeSpace: phone.identity.capacity - 8_016_551_936 - 40_000_000_000 }),
  },
  { layer: 'cable', row: 'cable.usb1', how: 'the muxer tells a port of 12 Mbit/s', set: slowestPort },
];
