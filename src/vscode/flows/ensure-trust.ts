import type { DeviceSummary } from '../../device/types.ts';
import { needsPairing } from '../../shared/needs-pairing.ts';
import type { Services } from '../services.ts';
import { runPairing } from './run-pairing.ts';

/** Pairs if that is needed; the device with what it tells from then on, or `undefined` when it did not come to that. */
export async function ensureTrust(services: Services, device: DeviceSummary): Promise<DeviceSummary | undefined> {
  if (!needsPairing(device)) return device;
  if (!(await runPairing(services, device))) return undefined;
  return (await services.devices.waitFor(({ udid, trust }) => udid === device.udid && trust === 'trusted')) ?? device;
}
