import type { DeviceSummary } from '../../device/types.ts';
import { freePlan } from '../../estimate/index.ts';
import { errorFacts } from '../../shared/errors.ts';
import { compareVersions } from '../../shared/version.ts';
import type { Seen } from '../knowledge/knowledge.ts';
import type { CheckPorts, PhonePort } from './ports.ts';

/* What can be seen of the conditions under which a backup begins by itself; the words stand in the checklists of the knowledge. */

const hour = 3_600_000;
const day = 24 * hour;
/** Days after which a pairing does not serve for Wi-Fi any more. */
export const pairingLasts = 30;
/** Backups ask for the passcode from this iOS on. */
export const asksPasscode = '16.1';

const seen = (value: boolean | undefined): Seen => (value === undefined ? 'unknown' : value ? 'yes' : 'no');
const isYes = (value: boolean): Seen => (value ? 'yes' : 'unknown');

export type NightlyConditions = Readonly<Record<'cloud' | 'power' | 'locked' | 'wifi' | 'due' | 'fits', Seen>>;
export type AutomaticConditions = Readonly<Record<'due' | 'contact' | 'wifi' | 'opened' | 'unlocked' | 'unattended', Seen>>;

/** Of the nightly iCloud backup. `needed` is what a backup takes, in bytes, where that is known. */
export async function nightlyConditions(ports: CheckPorts, phone: PhonePort, needed: number | undefined): Promise<NightlyConditions> {
  const summary = await phone.summary();
  return {
    cloud: seen(summary.cloudBackupEnabled),
    power: seen(await phone.onPower()),
    locked: seen(summary.isLocked),
    wifi: await onWifi(ports, phone),
    due: isDue(summary.lastCloudBackup, ports.now),
    fits: seen(needed === undefined ? undefined : needed <= freePlan),
  };
}

/** Of programs that back up to this computer by themselves. */
export async function automaticConditions(ports: CheckPorts, phone: PhonePort): Promise<AutomaticConditions> {
  const summary: Partial<DeviceSummary> = await phone.summary().catch(() => ({}));
  const { iosVersion, isLocked, lastComputerBackup } = summary;
  return {
    due: isDue(lastComputerBackup, ports.now),
    wifi: await onWifi(ports, phone),
    unlocked: isYes(isLocked === false),
    unattended: seen(iosVersion === undefined ? undefined : compareVersions(iosVersion, asksPasscode) < 0),
    ...(await contact(ports, phone)),
  };
}

/** A session opens only for whom the device knows, and not before its first unlock. */
async function contact({ attachments, now }: CheckPorts, phone: PhonePort): Promise<{ readonly contact: Seen; readonly opened: Seen }> {
  const hasCable = (await attachments().catch(() => [])).some(({ udid, connection }) => udid === phone.udid && connection === 'usb');
  try {
    const { pairedOn } = await phone.open();
    const isRecent = pairedOn && now.getTime() - pairedOn.getTime() <= pairingLasts * day;
    return { contact: seen(hasCable || isRecent), opened: 'yes' };
  } catch (error) {
    return { contact: isYes(hasCable), opened: errorFacts(error).code === 'lockdown.PasswordProtected' ? 'no' : 'unknown' };
  }
}

/** The muxer lists a device as one of the network only where both are in the same. */
async function onWifi({ attachments }: CheckPorts, { udid: own }: PhonePort): Promise<Seen> {
  return isYes((await attachments().catch(() => [])).some(({ udid, connection }) => udid === own && connection === 'network'));
}

function isDue(last: Date | undefined, now: Date): Seen {
  return seen(last && now.getTime() - last.getTime() > 24 * hour);
}
