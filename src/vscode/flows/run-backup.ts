import type { DeviceSummary } from '../../device/types.ts';
import type { BackupRequest } from '../../jobs/api.ts';
import { deviceName, needsPairing } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';
import { reportBackup } from './report-backup.ts';
import { reportFailure } from './report-failure.ts';
import { runPairing } from './run-pairing.ts';
import { tellAboutClosing } from './tell-about-closing.ts';

/** Pairs if that is needed, backs up, and tells how it ended; `true` when there is a new backup. */
export async function runBackup(services: Services, device: DeviceSummary, choice: Omit<BackupRequest, 'udid'>): Promise<boolean> {
  const subject = deviceName(device, wording());
  if (needsPairing(device) && !(await runPairing(services, device))) return false;
  await services.history.load();
  const isFirst = choice.full || services.history.lastBackup(device.udid) === undefined;
  if (isFirst && !services.jobs.ofDevice(device.udid)) tellAboutClosing(services);
  const outcome = await services.jobs.run({
    kind: 'backup',
    udid: device.udid,
    subject,
    isVirtual: device.isVirtual,
    run: async (run) => services.devices.engineOf(device.udid).backup({ udid: device.udid, ...choice }, run),
  });
  await services.history.refresh();
  // The notification may stay open for long, and what comes after the backup does not wait for it.
  if (outcome.ok) void reportBackup(services, outcome.value);
  else void reportFailure(services, outcome.error, { kind: 'backup', device, retry: async () => void (await runBackup(services, device, choice)) });
  return outcome.ok;
}
