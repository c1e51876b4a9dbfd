import { askForNewPassword, rememberIfWished, runEncryption } from '../flows/encryption.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Switches the encryption of backups on. */
export async function setEncryption(services: Services, argument?: unknown): Promise<void> {
  const title = t('Set Backup Encryption');
  const picked = await pickDevice(services, argument, {
    title,
    accepts: ({ encryption }) => encryption !== 'on',
    noneAccepted: t('Backup encryption is on already.'),
  });
  const device = picked && (await ensureTrust(services, picked));
  const chosen = device && (await askForNewPassword(title, device));
  if (!device || !chosen) return;
  const request = { udid: device.udid, action: 'on', newPassword: chosen.password } as const;
  const done = await runEncryption(services, device, request, () => setEncryption(services, argument));
  if (done) await rememberIfWished(services, device, chosen);
}
