import { window, workspace } from 'vscode';
import { planLanguage } from '../../plans/lsp/protocol.ts';
import { loadPlanTools } from '../plans/load-plan-tools.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Opens a new plan as an untitled file, for the connected device where there is one only. */
export async function newPlan(services: Services): Promise<void> {
  const { planText } = loadPlanTools();
  const [device, second] = services.devices.devices;
  const single = second ? undefined : device;
  const heading = single ? t('Backup plan for {device}', { device: deviceName(single, wording()) }) : t('Backup plan');
  const content = planText({ include: [], exclude: [] }, single ? { device: single.udid } : {}, heading);
  await window.showTextDocument(await workspace.openTextDocument({ content, language: planLanguage }));
}
