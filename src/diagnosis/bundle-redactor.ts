import { realpath } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import type { DeviceSummary } from '../device/types.ts';
import { Redactor } from '../shared/redaction.ts';

/** What of a person, their devices and their places could stand in a log. */
export interface Personal {
  readonly home: string;
  readonly user: string;
  readonly computer: string;
  /** The backup folder and others that were worked with. */
  readonly folders: readonly string[];
  readonly devices: readonly Pick<DeviceSummary, 'name' | 'serialNumber' | 'udid'>[];
  /** Backups and drafts, with the names that devices had then. */
  readonly named: readonly { readonly deviceName: string | undefined }[];
}

/** The one redaction of support bundles, whoever makes them. */
export function bundleRedactor({ home, user, computer, folders, devices, named }: Personal): Redactor {
  const redactor = new Redactor(home);
  redactor.hide(user, '‹user›');
  redactor.hide(computer, '‹computer›');
  for (const folder of folders) redactor.hide(folder, '‹folder›');
  for (const { deviceName } of named) redactor.hide(deviceName, '‹name›');
  for (const [index, { name, serialNumber, udid }] of devices.entries()) {
    redactor.hide(name, `‹device ${index + 1}›`);
    redactor.hide(serialNumber, '‹serial›');
    redactor.hide(udid, '‹udid›');
  }
  return redactor;
}

/** The same for who sits at this computer. */
export async function redactorHere(personal: Omit<Personal, 'home' | 'user' | 'computer'>): Promise<Redactor> {
  const real = await Promise.all(personal.folders.map(async (folder) => await realpath(folder).catch(() => folder)));
  const folders = [...personal.folders, ...real];
  return bundleRedactor({ ...personal, folders, home: homedir(), user: userName(), computer: hostname() });
}

/** Containers may run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
