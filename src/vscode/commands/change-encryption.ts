import { askForChange, rememberIfWished, runEncryption } from '../flows/encryption.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Sets another backup password; older backups keep the one they were made with. */
export async function changeEncryption(services: Services, argument?: unknown): Promise<void> {
  const title = t('Change Backup Encryption Password');
  const picked = await pickDevice(services, argument, {
    title,
    accepts: ({ encryption }) => encryption !== 'off',
    noneAccepted: t('Backup encryption is off.'),
  });
  const device = picked && (await ensureTrust(services, picked));
  const chosen = device && (await askForChange(services, title, device));
  if (!device || !chosen) return;
  const { old, password } = chosen;
  const request = { udid: device.udid, action: 'change', oldPassword: old, newPassword: password } as const;
  const done = await runEncryption(services, device, request, () => changeEncryption(services, argument));
  if (done) await rememberIfWished(services, device, chosen);
}
