import type { State } from './state.ts';
import type { World } from './world.ts';

const day = 24 * 3600 * 1000;
const ago = (days: number): Date => new Date(Date.now() - days * day);

/** More than the free 5 GB of iCloud, and less than a disk has room for. */
function hold12GB({ phone: { phone } }: World): void {
  const systemCapacity = 8_016_551_936;
  phone.setMoods({ freeSpace: phone.identity.capacity - systemCapacity - 12_000_000_000 });
}

export const phoneStates: readonly State[] = [
  { layer: 'setup', breaks: ['run'], row: 'phone.setup', how: 'mood setupUnfinished', set: (world) => world.moods({ setupUnfinished: true }) },
  { layer: 'lock', breaks: ['run'], row: 'phone.locked', how: 'mood locked', set: (world) => world.moods({ locked: true }) },
  { layer: 'battery', row: 'power.low', how: 'moods batteryLevel=12, charging=no', set: (world) => world.moods({ batteryLevel: 12, charging: false }) },
  { layer: 'room', row: 'phone.full', how: 'mood freeSpace=100 MB', set: (world) => world.moods({ freeSpace: 100_000_000 }) },
  {
    layer: 'clock',
    row: 'phone.clock',
    how: 'a phone whose clock stands in 2019',
    options: () => ({ clock: new Date('2019-01-01T12:00:00Z') }),
  },
  {
    layer: 'encryption',
    row: 'policy.encryption',
    how: 'mood mdmForcesEncryption, no password set',
    set: (world) => world.moods({ mdmForcesEncryption: true }),
  },
  {
    layer: 'supervision',
    also: ['ios', 'run'],
    row: 'restore.erases-supervised',
    how: 'mood supervised on iOS 27.0',
    options: () => ({ ios: '27.0', moods: { supervised: true } }),
  },
  { layer: 'supervision', row: 'restore.supervised', how: 'mood supervised', isNote: true, set: (world) => world.moods({ supervised: true }) },
  { layer: 'supervision', row: 'restore.find-my', how: 'mood findMy', isNote: true, set: (world) => world.moods({ findMy: true }) },
  { layer: 'values', breaks: ['values'], row: 'phone.no-values', how: 'mood refuseValues', isNote: true, set: (world) => world.moods({ refuseValues: true }) },
  { layer: 'lock', row: 'passcode.each-run', how: 'iOS 18.5', isNote: true, options: () => ({ ios: '18.5' }) },
  { layer: 'encryption', row: 'password.off', how: 'no backup password, iOS 15.6', isNote: true, options: () => ({ ios: '15.6' }) },
  { layer: 'encryption', row: 'password.asked', how: 'encryption on, iOS 15.6', isNote: true, options: () => ({ ios: '15.6', isEncrypted: true }) },
  {
    layer: 'cloud',
    row: 'cloud.stale',
    how: 'mood lastCloudBackup three weeks ago',
    set: (world) => world.moods({ lastCloudBackup: ago(21) }),
  },
  {
    layer: 'cloud',
    also: ['room', 'entries', 'ios', 'drafts', 'run'],
    row: 'cloud.no-space',
    how: 'the same, no backup here, and 12 GB of data on the phone',
    options: () => ({ hasNoBackup: true, moods: { lastCloudBackup: ago(21) } }),
    set: hold12GB,
  },
  {
    layer: 'cloud',
    row: 'cloud.too-large',
    how: '12 GB of data on the phone, no backup here',
    isNote: true,
    options: () => ({ hasNoBackup: true }),
    set: hold12GB,
  },
  { layer: 'cloud', row: 'cloud.off', how: 'mood cloudBackupEnabled=no', isNote: true, set: (world) => world.moods({ cloudBackupEnabled: false }) },
  { layer: 'cloud', row: 'cloud.not-now', how: 'mood charging=no at 80 %', isNote: true, set: (world) => world.moods({ charging: false }) },
];
