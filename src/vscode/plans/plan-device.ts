import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { Plan } from '../../plans/index.ts';
import { matchDevices } from '../../plans/match-device.ts';
import { pickDevice } from '../pick/pick-device.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** The connected device that the plan means, or the one picked among several; `undefined` after a word why there is none. */
export async function planDevice(services: Services, { device }: Plan, title: string): Promise<DeviceSummary | undefined> {
  if (device === undefined) return pickDevice(services, undefined, { title });
  const all = await services.devices.ready();
  const meant = new Set(matchDevices(device, all).map(({ udid }) => udid));
  if (meant.size > 0) return pickDevice(services, undefined, { title, accepts: ({ udid }) => meant.has(udid) });
  void window.showInformationMessage(withoutLinks(t('The plan is for “{device}”, which is not connected.', { device })));
  return undefined;
}
