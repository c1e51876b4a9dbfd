import { commands, window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { HistoryEntry } from '../../library/types.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { SelectionCheck } from '../../shared/selection-check.ts';
import type { Selection } from '../../shared/selection.ts';
import { command } from '../ids.ts';
import { customQuestion, isMediaOnly } from '../presenters/custom-words.ts';
import { deviceName } from '../presenters/device-words.ts';
import { checkTexts, hopelessText } from '../presenters/selection-check-words.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { cancellable } from './cancellable.ts';
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
  const check = await checked(services, device, selection);
  if (check === 'cancelled') return undefined;
  const hopeless = check && hopelessText(check, wording());
  if (hopeless !== undefined) return void window.showWarningMessage(hopeless);
  const answer = await confirm(device, { selection, remarks: check ? checkTexts(check, wording()) : [] }, appName);
  if (answer === 'copy') await commands.executeCommand(command.copyMedia, { kind: 'device', device });
  if (answer !== 'back-up') return undefined;
  const inUse = device.encryption === 'on' ? await askForOldPassword(services, t('Custom Backup'), device) : undefined;
  if (device.encryption === 'on' && !inUse) return undefined;
  return runBackup(services, device, { full: false, encryption: 'keep', ...inUse, selection, checked: check, ...(onDone && { onDone }) });
}

/** What is known of the selection before anything is asked of the device; `undefined` where that cannot be found out, which hinders nothing. */
async function checked(services: Services, { udid }: DeviceSummary, selection: Selection): Promise<SelectionCheck | 'cancelled' | undefined> {
  try {
    const password = await services.passwords.get(udid);
    const engine = services.devices.engineOf(udid);
    return await cancellable(t('Comparing the selection with the last backup'), (signal) => engine.checkSelection({ udid, selection, password }, signal));
  } catch (error) {
    if (error instanceof CancelledError) return 'cancelled';
    services.log.error('Check of a selection', error);
    return undefined;
  }
}

interface Choice {
  readonly selection: Selection;
  /** Sentences about what may be a slip in it. */
  readonly remarks: readonly string[];
}

async function confirm(device: DeviceSummary, { selection, remarks }: Choice, appName?: (bundleId: string) => string | undefined): Promise<'back-up' | 'copy' | undefined> {
  const w = wording();
  const subject = { name: deviceName(device, w), isEncrypted: device.encryption === 'on' };
  const { question, detail } = customQuestion(subject, selection, w, { appName, remarks });
  const backUp = t('Back Up');
  const copy = t('Copy Photos and Videos…');
  const buttons = isMediaOnly(selection) ? [backUp, copy] : [backUp];
  const answer = await window.showInformationMessage(question, { modal: true, detail }, ...buttons);
  return answer === backUp ? 'back-up' : answer === copy ? 'copy' : undefined;
}
