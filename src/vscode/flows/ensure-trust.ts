import type { DeviceSummary } from '../../device/types.ts';
import { needsPairing } from '../../shared/needs-pairing.ts';
import type { Services } from '../services.ts';
import { runPairing } from './run-pairing.ts';

/** Pairs if that is needed; the device with what it tells from then on, or `undefined` when it did not come to that. */
export async function ensureTrust(services: Services, device: DeviceSummary): Promise<DeviceSummary | undefined> {
  const told = await whenTold(services, device);
  if (!needsPairing(told)) return told;
  if (!(await runPairing(services, told))) return undefined;
  return (await services.devices.waitFor(({ udid, trust }) => udid === told.udid && trust === 'trusted')) ?? told;
}

/** A device stands in the list before it was asked; a command on it in that moment waits for its answer. */
async function whenTold(services: Services, device: DeviceSummary): Promise<DeviceSummary> {
  if (device.trust !== 'unknown') return device;
  return (await services.devices.waitFor(({ udid, trust }) => udid === device.udid && trust !== 'unknown')) ?? device;
}
