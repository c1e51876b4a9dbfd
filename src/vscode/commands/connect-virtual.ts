import { commands, window } from 'vscode';
import { errorFacts } from '../../shared/errors.ts';
import { reportFailure } from '../flows/report-failure.ts';
import { ensureTrust } from '../flows/ensure-trust.ts';
import { view } from '../ids.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Starts a virtual iPhone beside the real ones; the second call brings a second one, for trying a restore. */
export async function connectVirtual(services: Services): Promise<void> {
  services.devices.start();
  await commands.executeCommand(`${view.devices}.focus`);
  if (services.virtualPhones.count >= 2) {
    void window.showInformationMessage(t('Two virtual iPhones are connected already.'));
    return;
  }
  try {
    await window.withProgress({ location: { viewId: view.devices } }, () => connectAndPair(services));
  } catch (error) {
    await reportFailure(services, errorFacts(error), { kind: 'virtual', retry: () => connectVirtual(services) });
  }
}

/** A virtual iPhone of this window has nobody to tap its screen, so it is paired at once. */
async function connectAndPair(services: Services): Promise<void> {
  const known = new Set(services.devices.devices.map(({ udid }) => udid));
  await services.virtualPhones.connect();
  const device = await services.devices.waitFor(({ udid, isVirtual }) => isVirtual && !known.has(udid));
  if (device) await ensureTrust(services, device);
}
