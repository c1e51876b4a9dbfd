import { commands, window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { HistoryEntry } from '../../library/types.ts';
import type { Selection } from '../../shared/selection.ts';
import { command } from '../ids.ts';
import { customQuestion, isMediaOnly } from '../presenters/custom-words.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { askForOldPassword } from './encryption.ts';
import { ensureTrust } from './ensure-trust.ts';
import { runBackup } from './run-backup.ts';
import type { BackupChoice } from './run-backup.ts';

export interface CustomOptions extends Pick<BackupChoice, 'onDone'> {
  readonly appName?: ((bundleId: string) => string | undefined) | undefined;
}

/** Says what a custom backup is and is not, asks for the password where one is needed, and runs it; the new entry, where there is one. */
export async function runCustomBackup(services: Services, picked: DeviceSummary, selection: Selection, { appName, onDone }: CustomOptions = {}): Promise<HistoryEntry | undefined> {
  const device = await ensureTrust(services, picked);
  if (!device) return undefined;
  const answer = await confirm(device, selection, appName);
  if (answer === 'copy') await commands.executeCommand(command.copyMedia, { kind: 'device', device });
  if (answer !== 'back-up') return undefined;
  const password = device.encryption === 'on' ? await askForOldPassword(services, t('Custom Backup'), device) : undefined;
  if (device.encryption === 'on' && password === undefined) return undefined;
  return runBackup(services, device, { full: false, encryption: 'keep', password, selection, ...(onDone && { onDone }) });
}

async function confirm(device: DeviceSummary, selection: Selection, appName?: (bundleId: string) => string | undefined): Promise<'back-up' | 'copy' | undefined> {
  const w = wording();
  const subject = { name: deviceName(device, w), isEncrypted: device.encryption === 'on' };
  const { question, detail } = customQuestion(subject, selection, w, appName);
  const backUp = t('Back Up');
  const copy = t('Copy Photos and Videos…');
  const buttons = isMediaOnly(selection) ? [backUp, copy] : [backUp];
  const answer = await window.showInformationMessage(question, { modal: true, detail }, ...buttons);
  return answer === backUp ? 'back-up' : answer === copy ? 'copy' : undefined;
}
