import { runBackup } from '../flows/run-backup.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Backs up what changed since the last backup, with encryption as the device is set. */
export async function backUpNow(services: Services, argument?: unknown): Promise<void> {
  const device = await pickDevice(services, argument, { title: t('Back Up Now') });
  if (device) await runBackup(services, device, { full: false, encryption: 'keep' });
}
