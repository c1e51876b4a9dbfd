import type { ErrorRow } from '../error-row.ts';
import { errorTable } from '../error-words.ts';
import type { HostSystem, KnowledgeRow, Remedy } from './row.ts';

/* Steps that many remedies share. */

export const restartDevice: Remedy = { step: 'Restart the device, then try again.', action: 'retry' };
export const retry: Remedy = { step: 'Try again.', action: 'retry' };
export const unlock: Remedy = { step: 'Unlock the device and keep it unlocked at the start, then try again.', action: 'retry' };
export const otherCable: Remedy = { step: 'Use another cable and a port of the computer itself, without a hub, and try again.', action: 'retry' };
export const otherFolder: Remedy = { step: 'Choose a backup folder on another disk.', action: 'choose-folder' };
export const fullBackup: Remedy = { step: 'Make a full backup; the earlier ones stay as they are.', action: 'full-backup' };
export const verify: Remedy = { step: 'Verify the backup to see what is affected.', action: 'verify' };
export const pairAgain: Remedy = { step: 'Pair again, and tap Trust on the device.', action: 'pair' };
export const askAdministrator: Remedy = { step: 'Ask the administrator of the device.' };
export const backUpHere: Remedy = { step: 'Back up to this computer, which needs no iCloud storage.', action: 'retry' };
export const updateIos: Remedy = { step: 'Update the device in Settings › General › Software Update.' };

/** Both of the resets that iOS offers as a cure for networks; the smaller one first. */
export const resetNetwork: readonly Remedy[] = [
  {
    step: 'Settings › General › Transfer or Reset › Reset › Reset Network Settings.',
    ios: { from: '15' },
    destroys: 'It removes the saved Wi-Fi networks with their passwords, and VPN settings.',
  },
  {
    step: 'Settings › General › Reset › Reset Network Settings.',
    ios: { below: '15' },
    destroys: 'It removes the saved Wi-Fi networks with their passwords, and VPN settings.',
  },
];

const removesPassword =
  'It removes all settings of the device and its backup password with them: later backups are not encrypted until a password is set again, and older backups stay locked with the old one.';

export const resetAllSettings: readonly Remedy[] = [
  { step: 'Last of all: Settings › General › Transfer or Reset › Reset › Reset All Settings.', ios: { from: '15' }, destroys: removesPassword },
  { step: 'Last of all: Settings › General › Reset › Reset All Settings.', ios: { below: '15' }, destroys: removesPassword },
];

/** Sentence, cause and next step that an error has already in its table. */
export function wordsOf(code: string): Pick<KnowledgeRow, 'sentence' | 'cause' | 'remedies'> {
  const { sentence, cause } = errorRow(code);
  return { sentence, cause, remedies: [nextOf(code)] };
}

export function nextOf(code: string): Remedy {
  const { next, action } = errorRow(code);
  return action === undefined ? { step: next } : { step: next, action };
}

/** The next steps of an error by operating system. */
export function nextOnOf(code: string): Remedy[] {
  const systems = Object.entries(errorRow(code).nextOn ?? {}).map(([system, step]): Remedy => ({ step, on: [system as HostSystem] }));
  return [...systems, { ...nextOf(code), on: ['other'] }];
}

function errorRow(code: string): ErrorRow {
  const row = errorTable[code];
  if (!row) throw new RangeError(`No error ${code}`);
  return row;
}
