import { askForNewPassword, rememberIfWished } from '../flows/encryption.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { runBackup } from '../flows/run-backup.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Backs up with encryption; where it is off, asks for a password first and switches it on. */
export async function encryptedBackup(services: Services, argument?: unknown): Promise<void> {
  const title = t('Encrypted Backup');
  const picked = await pickDevice(services, argument, { title });
  const device = picked && (await ensureTrust(services, picked));
  if (!device) return;
  if (device.encryption === 'on') {
    await runBackup(services, device, { full: false, encryption: 'keep' });
    return;
  }
  const chosen = await askForNewPassword(title, device);
  if (!chosen) return;
  const onEncrypted = (): Promise<void> => rememberIfWished(services, device, chosen);
  await runBackup(services, device, { full: false, encryption: 'on', password: chosen.password, onEncrypted });
}
