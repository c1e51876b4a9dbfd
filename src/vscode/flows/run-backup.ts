import type { DeviceSummary } from '../../device/types.ts';
import type { BackupRequest } from '../../jobs/api.ts';
import { deviceName, needsPairing } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';
import { reportBackup } from './report-backup.ts';
import { reportFailure } from './report-failure.ts';
import { runPairing } from './run-pairing.ts';
import { tellAboutClosing } from './tell-about-closing.ts';

/** Pairs if that is needed, backs up, and tells how it ended. */
export async function runBackup(services: Services, device: DeviceSummary, choice: Omit<BackupRequest, 'udid'>): Promise<void> {
  const subject = deviceName(device, wording());
  if (needsPairing(device) && !(await runPairing(services, device))) return;
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
  if (outcome.ok) await reportBackup(services, outcome.value);
  else await reportFailure(services, outcome.error, { kind: 'backup', device, retry: () => runBackup(services, device, choice) });
}
