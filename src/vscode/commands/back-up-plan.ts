import { agreeOnFolder } from '../plans/plan-folder.ts';
import { chosenPlan } from '../plans/chosen-plan.ts';
import { planDevice } from '../plans/plan-device.ts';
import { runPlan } from '../plans/run-plan.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Backs up as the plan of a file says; `argument` is the file's URI. */
export async function backUpPlan(services: Services, argument?: unknown): Promise<void> {
  const chosen = await chosenPlan(argument);
  if (!chosen) return;
  const { plan } = chosen;
  const device = await planDevice(services, plan, t('Back Up by This Plan'));
  if (device && (await agreeOnFolder(services, plan))) await runPlan(services, device, plan);
}
