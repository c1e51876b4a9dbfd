import type { DeviceConnection } from '../device/index.ts';
import { AfcClient } from '../device/afc/client.ts';
import { findDevice } from '../device/index.ts';
import { NotificationProxy, deviceNotification, type DeviceNotification } from '../device/services/notifications.ts';
import { SyncLock } from '../device/services/sync-lock.ts';
import { openLink, type DeviceLink, type LinkTimings } from '../mobilebackup2/index.ts';
import { CancelledError } from '../shared/errors.ts';
import type { JobContext } from './job-context.ts';

export interface BackupAgent {
  readonly link: DeviceLink;
  /** Files of the media folder; only where the sync lock is taken. */
  readonly afc: AfcClient | undefined;
}

interface AgentOptions {
  /** Backups and restores keep other hosts off, password changes need not. */
  readonly needsSyncLock: boolean;
  readonly timings?: Partial<LinkTimings> | undefined;
}

const backupService = 'com.apple.mobilebackup2';

/**
 * Opens the phone's backup agent as iTunes does: notifications observed first, then the link, then the sync lock.
 * Whatever happens in `work`, the lock is freed, the phone is told and the link is closed.
 */
export async function withBackupAgent<T>(
  device: DeviceConnection,
  job: JobContext,
  options: AgentOptions,
  work: (agent: BackupAgent) => Promise<T>,
): Promise<T> {
  const cleanUp: (() => Promise<void> | void)[] = [];
  try {
    const proxy = await NotificationProxy.open(device, { onNotification: (name) => onNotification(name, job) });
    cleanUp.push(() => proxy.close());
    const socket = await device.startService(backupService, { escrowBag: true });
    const link = await openLink(socket, { signal: job.signal, timings: options.timings, isDeviceListed: () => isListed(device) });
    cleanUp.push(() => link.close());
    const afc = options.needsSyncLock ? await takeLock(device, proxy, job, cleanUp) : undefined;
    return await work({ link, afc });
  } finally {
    for (const step of cleanUp.toReversed()) await step();
  }
}

async function takeLock(
  device: DeviceConnection,
  proxy: NotificationProxy,
  job: JobContext,
  cleanUp: (() => Promise<void> | void)[],
): Promise<AfcClient> {
  const afc = await AfcClient.open(device);
  cleanUp.push(() => afc.close());
  const lock = await SyncLock.acquire(afc, proxy, { signal: job.signal, onBusy: () => job.progress.phase('waiting-for-lock') });
  job.progress.phase('connecting');
  cleanUp.push(() => lock.release());
  if (!lock.isHeld) job.log('warn', 'The device did not let its lock file be opened; going on without a sync lock');
  return afc;
}

async function isListed(device: DeviceConnection): Promise<boolean> {
  const found = await findDevice(device.udid, { muxer: device.mux, connection: device.device.connection });
  return found.deviceId === device.device.deviceId;
}

function onNotification(name: DeviceNotification, job: JobContext): void {
  switch (name) {
    case deviceNotification.cancelRequest:
      return job.cancelFromPhone(new CancelledError('cancelled.device', 'Cancelled on the device'));
    case deviceNotification.passcodePromptShown:
      job.progress.phase('waiting-for-passcode');
      return job.notice({ code: 'passcode-prompt', shown: true });
    case deviceNotification.passcodePromptGone:
      job.progress.phase('scanning');
      return job.notice({ code: 'passcode-prompt', shown: false });
    default:
      return job.log('info', `The device relayed ${name}`);
  }
}
