import type { DeviceSummary } from '../../device/types.ts';
import type { BackupRequest } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import type { JobListener } from '../../shared/job-events.ts';
import type { JobEnd } from '../jobs/job-controller.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { wording } from '../wording.ts';
import { ensureTrust } from './ensure-trust.ts';
import { reportBackup } from './report-backup.ts';
import { reportFailure } from './report-failure.ts';
import { tellAboutClosing } from './tell-about-closing.ts';

export interface BackupChoice extends Omit<BackupRequest, 'udid'> {
  /** The device's encryption was switched on with the password of the request; the backup itself may fail later. */
  readonly onEncrypted?: () => Promise<void>;
  /** What comes after a backup that went well, be it at the first try or at one from the report of a failure. */
  readonly onDone?: () => Promise<void>;
}

/** Pairs if that is needed, backs up, and tells how it ended; the new entry, where there is one. */
export async function runBackup(services: Services, device: DeviceSummary, choice: BackupChoice): Promise<HistoryEntry | undefined> {
  if (!(await ensureTrust(services, device))) return undefined;
  await services.history.load();
  const isFirst = choice.full || services.history.lastBackup(device.udid) === undefined;
  if (isFirst && !services.jobs.ofDevice(device.udid)) tellAboutClosing(services);
  const { onDone, ...asked } = choice;
  const end = await start(services, device, asked);
  await Promise.all([services.history.refresh(), services.devices.refresh()]);
  // The notification may stay open for long, and what comes after the backup does not wait for it.
  if (end.ok) void reportBackup(services, end.value, end.notices);
  else void reportFailure(services, end.error, { ...end, kind: 'backup', device, retry: async () => void (await runBackup(services, device, choice)) });
  if (end.ok) await onDone?.();
  return end.ok ? end.value : undefined;
}

function start(services: Services, device: DeviceSummary, { onEncrypted, ...request }: Omit<BackupChoice, 'onDone'>): Promise<JobEnd<HistoryEntry>> {
  return services.jobs.run({
    kind: 'backup',
    udid: device.udid,
    subject: deviceName(device, wording()),
    isVirtual: device.isVirtual,
    run: async (run) => {
      const listener: JobListener = (event) => {
        if (event.type === 'notice' && event.notice.code === 'encryption-changed' && event.notice.encrypted) void onEncrypted?.();
        run.listener(event);
      };
      return services.devices.engineOf(device.udid).backup({ udid: device.udid, ...request }, { ...run, listener });
    },
  });
}
