import { runBackup } from '../flows/run-backup.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Backs up everything anew, without building on the last backup. */
export async function backUpNowFull(services: Services, argument?: unknown): Promise<void> {
  const device = await pickDevice(services, argument, { title: t('Back Up Now (Full)') });
  if (device) await runBackup(services, device, { full: true, encryption: 'keep' });
}
