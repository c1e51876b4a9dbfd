import { ensureTrust } from '../flows/ensure-trust.ts';
import { chosenPlan } from '../plans/chosen-plan.ts';
import { planDevice } from '../plans/plan-device.ts';
import { tellShare } from '../plans/tell-share.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Opens the estimate of the device that a plan is for, with the plan's choice ticked, and says how much of it the plan takes; `argument` is the file's URI. */
export async function estimatePlan(services: Services, argument?: unknown): Promise<void> {
  const chosen = await chosenPlan(argument);
  if (!chosen) return;
  const { plan, uri } = chosen;
  const picked = await planDevice(services, plan, t('Estimate This Plan'));
  const device = picked && (await ensureTrust(services, picked));
  if (!device) return;
  const panel = await services.panels.estimate.show(device.udid);
  panel.choose(plan.selection, uri);
  await tellShare(services, device, plan);
}
