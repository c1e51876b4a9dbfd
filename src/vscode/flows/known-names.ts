import { deviceName } from '../presenters/device-words.ts';
import { nameOf } from '../presenters/history-nodes.ts';
import { plainText } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';

/** Names by UDID of all devices that are connected or have backups. */
export async function knownNames(services: Services): Promise<Map<string, string>> {
  const history = await services.history.load();
  const names = new Map<string, string>();
  for (const { udid } of history?.entries ?? []) if (history) names.set(udid, plainText(nameOf(history, udid), 60));
  for (const device of services.devices.devices) names.set(device.udid, deviceName(device, wording()));
  return names;
}
