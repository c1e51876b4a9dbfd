import { askForOldPassword, runEncryption } from '../flows/encryption.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Switches the encryption of later backups off; the ones that exist stay encrypted. */
export async function turnOffEncryption(services: Services, argument?: unknown): Promise<void> {
  const title = t('Turn Off Backup Encryption');
  const picked = await pickDevice(services, argument, {
    title,
    accepts: ({ encryption }) => encryption !== 'off',
    noneAccepted: t('Backup encryption is off.'),
  });
  const device = picked && (await ensureTrust(services, picked));
  const inUse = device && (await askForOldPassword(services, title, device));
  if (!device || !inUse) return;
  await runEncryption(services, device, { udid: device.udid, action: 'off', oldPassword: inUse.password }, () => turnOffEncryption(services, argument));
}
