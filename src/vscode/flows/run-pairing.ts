import type { DeviceSummary } from '../../device/types.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';
import { reportFailure } from './report-failure.ts';

/** How long the tap on Trust and the passcode after it may take, in ms. */
const patience = 180_000;

/** Asks the device to trust this computer and waits for the answer; `false` when it did not come to that. */
export async function runPairing(services: Services, device: DeviceSummary): Promise<boolean> {
  const outcome = await services.jobs.run({
    kind: 'pair',
    udid: device.udid,
    subject: deviceName(device, wording()),
    isVirtual: device.isVirtual,
    run: async (run) => services.devices.engineOf(device.udid).pair({ udid: device.udid, patience }, run),
  });
  if (!outcome.ok) await reportFailure(services, outcome.error, { ...outcome, kind: 'pair', device });
  return outcome.ok;
}
