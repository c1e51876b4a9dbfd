import { ensureTrust } from '../flows/ensure-trust.ts';
import { pickSelection } from '../flows/pick-selection.ts';
import { runCustomBackup } from '../flows/run-custom-backup.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Backs up only what is ticked in a list of categories and apps, or written. */
export async function customBackup(services: Services, argument?: unknown): Promise<void> {
  const picked = await pickDevice(services, argument, { title: t('Custom Backup') });
  const device = picked && (await ensureTrust(services, picked));
  const chosen = device && (await pickSelection(services, device));
  if (device && chosen) await runCustomBackup(services, device, chosen.selection, { appName: (bundleId) => chosen.appNames.get(bundleId) });
}
