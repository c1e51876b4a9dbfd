import { needsPairing } from '../../shared/needs-pairing.ts';
import { window } from 'vscode';
import { runPairing } from '../flows/run-pairing.ts';
import { pickDevice } from '../pick/pick-device.ts';
import { deviceName } from '../presenters/device-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Asks a device to trust this computer. */
export async function pair(services: Services, argument?: unknown): Promise<void> {
  const device = await pickDevice(services, argument, {
    title: t('Pair (Trust)'),
    accepts: needsPairing,
    noneAccepted: t('Every connected device trusts this computer.'),
  });
  if (!device || !(await runPairing(services, device))) return;
  const name = deviceName(services.devices.find(device.udid) ?? device, wording());
  void window.showInformationMessage(withoutLinks(t('{name} trusts this computer now.', { name })));
}
