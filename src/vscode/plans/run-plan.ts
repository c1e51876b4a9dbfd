import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { Plan } from '../../plans/index.ts';
import { askForNewPassword, rememberIfWished } from '../flows/encryption.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { runBackup } from '../flows/run-backup.ts';
import { runCustomBackup } from '../flows/run-custom-backup.ts';
import { deviceName } from '../presenters/device-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { loadPlanTools } from './load-plan-tools.ts';

/** Backs up by a plan, then moves what its retention does not keep to the trash. */
export async function runPlan(services: Services, picked: DeviceSummary, plan: Plan): Promise<void> {
  const device = await ensureTrust(services, picked);
  if (!device) return;
  if (plan.encrypted === false && device.encryption === 'on') {
    const name = deviceName(device, wording());
    const sentence = t('The plan says “encrypted: false”, but {name} encrypts its backups. Change the plan, or turn off backup encryption first.', { name });
    void window.showWarningMessage(withoutLinks(sentence));
    return;
  }
  await backUp(services, device, plan);
}

async function backUp(services: Services, device: DeviceSummary, plan: Plan): Promise<void> {
  const onDone = (): Promise<void> => applyRetention(services, plan, device.udid);
  const isComplete = plan.selection.include.length === 0 && plan.selection.exclude.length === 0;
  const mustSwitchOn = plan.encrypted === true && device.encryption !== 'on';
  if (!mustSwitchOn && !isComplete) return void (await runCustomBackup(services, device, plan.selection, { onDone }));
  if (!mustSwitchOn) return void (await runBackup(services, device, { full: false, encryption: 'keep', onDone }));
  const chosen = await askForNewPassword(t('Encrypted Backup'), device);
  if (!chosen) return;
  const onEncrypted = (): Promise<void> => rememberIfWished(services, device, chosen);
  const selection = isComplete ? undefined : plan.selection;
  await runBackup(services, device, { full: false, encryption: 'on', password: chosen.password, selection, onEncrypted, onDone });
}

async function applyRetention(services: Services, plan: Plan, udid: string): Promise<void> {
  if (!plan.retention) return;
  const { backupsOfPlan, expiredBackups } = loadPlanTools();
  const engine = await services.hub.main();
  const { entries } = await engine.history();
  let moved = 0;
  for (const entry of expiredBackups(backupsOfPlan(plan, entries, udid), plan.retention, new Date())) {
    try {
      await engine.delete({ udid: entry.udid, id: entry.id });
      moved++;
    } catch (error) {
      // One that is in use stays until the next run.
      services.log.error(`Retention: ${entry.id}`, error);
    }
  }
  if (moved === 0) return;
  await services.history.refresh();
  const isOne = moved === 1;
  const sentence = isOne ? t('The plan moved an older backup to the trash.') : t('The plan moved {count} older backups to the trash.', { count: moved });
  void window.showInformationMessage(sentence);
}
