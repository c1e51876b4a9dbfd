import { compareVersions } from '../../shared/version.ts';
import { found, type Check } from './check.ts';
import { lastWhole, soon } from './computer.ts';
import { asksPasscode } from './conditions.ts';
import type { CheckPorts } from './ports.ts';

const second = 1000;
const hour = 3600 * second;
const deadline = 20 * second;
/** Percent. */
const lowBattery = 30;
/** Bytes that a device needs for the snapshot of itself; it writes the list of its files beside it. */
const leastRoom = 500_000_000;
/** Time zones told wrongly make up to a day. */
const clockTolerance = 2 * hour;
/** Restoring a supervised device erases it from this iOS on. */
const erasesSupervised = '27';

const isAtLeast = (version: string | undefined, limit: string): boolean => version !== undefined && compareVersions(version, limit) >= 0;

const values: Check = {
  id: 'values',
  group: 'device',
  title: 'What the device tells',
  good: 'The device tells about itself.',
  deadline,
  after: 'trust',
  run: async ({ phone }) => {
    if (!phone) return undefined;
    const { dataAvailable, battery, encryption } = await phone.summary();
    return dataAvailable === undefined && battery === undefined && encryption === 'unknown' ? [found('phone.no-values')] : [];
  },
};

const setup: Check = {
  id: 'setup',
  group: 'device',
  title: 'Setup',
  good: 'The device is set up.',
  deadline,
  after: 'values',
  run: async ({ phone }) => {
    const summary = await phone?.summary();
    if (summary?.setupDone === undefined) return undefined;
    return summary.setupDone ? [] : [found('phone.setup')];
  },
};

const lock: Check = {
  id: 'lock',
  group: 'device',
  title: 'Lock and passcode',
  good: 'The device is unlocked.',
  deadline,
  after: 'trust',
  run: async ({ phone }) => {
    const summary = await phone?.summary();
    if (!summary) return undefined;
    const habit = isAtLeast(summary.iosVersion, asksPasscode) ? [found('passcode.each-run')] : [];
    return summary.isLocked === true ? [found('phone.locked'), ...habit] : habit;
  },
};

const power: Check = {
  id: 'power',
  group: 'device',
  title: 'Battery',
  good: 'The battery lasts.',
  deadline,
  after: 'values',
  run: async ({ phone }) => {
    const summary = await phone?.summary();
    if (summary?.battery === undefined) return undefined;
    return summary.battery < lowBattery && summary.isCharging !== true ? [found('power.low', { percent: summary.battery })] : [];
  },
};

const phoneSpace: Check = {
  id: 'phone-space',
  group: 'device',
  title: 'Space on the device',
  good: 'The device has room for its snapshot.',
  deadline,
  after: 'values',
  run: async (ports) => {
    const free = (await ports.phone?.summary())?.dataAvailable;
    if (free === undefined) return undefined;
    const needed = leastRoom + (await fileListSize(ports));
    return free < needed ? [found('phone.full', { free, needed })] : [];
  },
};

const clock: Check = {
  id: 'clock',
  group: 'device',
  title: 'Clocks',
  good: 'The clocks of device and computer agree.',
  deadline,
  after: 'values',
  run: async ({ phone }) => {
    const offset = await phone?.clockOffset();
    if (offset === undefined) return undefined;
    const apart = Math.abs(offset);
    return apart > clockTolerance ? [found('phone.clock', { hours: Math.round(apart / hour) })] : [];
  },
};

const encryption: Check = {
  id: 'encryption',
  group: 'device',
  title: 'Encryption of backups',
  good: 'Nothing stands in the way of the encryption setting.',
  deadline,
  after: 'values',
  run: async ({ phone }) => {
    const summary = await phone?.summary();
    if (!summary || summary.encryption === 'unknown') return undefined;
    if (summary.encryption === 'on') return [found('password.asked')];
    return summary.requiresEncryption === true ? [found('policy.encryption')] : [found('password.off')];
  },
};

const restoreReady: Check = {
  id: 'restore-ready',
  group: 'device',
  title: 'Ready for a restore',
  good: 'Nothing stands in the way of a restore.',
  deadline,
  after: 'values',
  run: async ({ phone }) => {
    const summary = await phone?.summary();
    if (!summary) return undefined;
    const { iosVersion: ios = '', findMyEnabled, isSupervised } = summary;
    const supervised = isAtLeast(ios, erasesSupervised) ? [found('restore.erases-supervised', { ios })] : [found('restore.supervised')];
    return [...(isSupervised === true ? supervised : []), ...(findMyEnabled === true ? [found('restore.find-my')] : [])];
  },
};

/** Bytes of the newest backup's list of files: the next one's is about as large. */
async function fileListSize(ports: CheckPorts): Promise<number> {
  const last = await lastWhole(ports);
  const files = last && (await soon(ports.library.namedFiles(`${last.path}/${last.udid}`), {}));
  return files?.['Manifest.db'] ?? 0;
}

export const deviceChecks: readonly Check[] = [values, setup, lock, power, phoneSpace, clock, encryption, restoreReady];
