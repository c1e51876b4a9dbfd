import { ensureTrust } from '../flows/ensure-trust.ts';
import { pickDevice } from '../pick/pick-device.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Opens the estimate panel of a device. */
export async function estimateBackup(services: Services, argument?: unknown): Promise<void> {
  const picked = await pickDevice(services, argument, { title: t('Estimate Backup Size') });
  const device = picked && (await ensureTrust(services, picked));
  if (device) (await services.panels.estimate.show(device.udid)).forgetPlan();
}
