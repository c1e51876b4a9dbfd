import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { EncryptionRequest } from '../../jobs/api.ts';
import { view } from '../ids.ts';
import { isWrong, newPasswordSteps, oldPasswordStep } from '../pick/ask-password.ts';
import type { NewPassword, PasswordInUse } from '../pick/ask-password.ts';
import { askInSteps } from '../pick/steps.ts';
import { deviceName } from '../presenters/device-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { reportFailure } from './report-failure.ts';

/** Asks twice for a new password; `undefined` when cancelled. */
export async function askForNewPassword(title: string, device: DeviceSummary): Promise<NewPassword | undefined> {
  const chosen: NewPassword = { password: '', remember: false };
  return (await askInSteps(title, newPasswordSteps(deviceName(device, wording()), chosen))) ? chosen : undefined;
}

/** The remembered password that still opens the newest backup or is newer, else the one entered. */
export async function askForOldPassword(services: Services, title: string, device: DeviceSummary): Promise<PasswordInUse | undefined> {
  const stored = await storedPassword(services, device.udid);
  if (stored !== undefined) return stored;
  const asked = { password: '', passwordIsNewer: false };
  const steps = [oldPasswordStep(services, device.udid, deviceName(device, wording()), asked)];
  return (await askInSteps(title, steps)) ? asked : undefined;
}

export async function askForChange(services: Services, title: string, device: DeviceSummary): Promise<(NewPassword & { old: string }) | undefined> {
  const name = deviceName(device, wording());
  const stored = await storedPassword(services, device.udid);
  const inUse = stored ?? { password: '', passwordIsNewer: false };
  const chosen = { password: '', remember: false };
  const first = stored === undefined ? [oldPasswordStep(services, device.udid, name, inUse)] : [];
  return (await askInSteps(title, [...first, ...newPasswordSteps(name, chosen)])) ? { ...chosen, old: inUse.password } : undefined;
}

/** The remembered password, unless a later backup shows that it is not the one any more. Trying it takes seconds. */
async function storedPassword(services: Services, udid: string): Promise<PasswordInUse | undefined> {
  const stored = await services.passwords.recall(udid);
  if (!stored) return undefined;
  await services.history.load();
  const newest = services.history.lastBackup(udid);
  if (!newest || newest < stored.since) return { password: stored.password, passwordIsNewer: newest !== undefined };
  const wrong = await window.withProgress({ location: { viewId: view.devices } }, () => isWrong(services, udid, stored.password));
  return wrong ? undefined : { password: stored.password, passwordIsNewer: false };
}

export async function rememberIfWished(services: Services, { udid }: DeviceSummary, { password, remember }: NewPassword): Promise<void> {
  if (remember) await services.passwords.remember(udid, password);
  else await services.passwords.forget(udid);
}

/** Changes the encryption on the device and tells how it ended; `true` when it was changed. `retry` asks for everything anew. */
export async function runEncryption(services: Services, device: DeviceSummary, request: EncryptionRequest, retry: () => Promise<void>): Promise<boolean> {
  const name = deviceName(device, wording());
  const outcome = await services.jobs.run({
    kind: 'encryption',
    udid: device.udid,
    subject: name,
    isVirtual: device.isVirtual,
    run: async (run) => services.devices.engineOf(device.udid).changeEncryption(request, run),
  });
  if (!outcome.ok) {
    await reportFailure(services, outcome.error, { ...outcome, kind: 'encryption', device, retry });
    return false;
  }
  if (request.action === 'off') await services.passwords.forget(device.udid);
  await services.devices.refresh();
  void window.showInformationMessage(withoutLinks(doneText(request, name)));
  return true;
}

function doneText({ action }: EncryptionRequest, name: string): string {
  if (action === 'on') return t('Backups of {name} are encrypted from now on.', { name });
  if (action === 'change') return t('The backup password of {name} was changed. Older backups keep the password they were made with.', { name });
  return t('Backups of {name} are no longer encrypted. Older backups stay encrypted.', { name });
}
