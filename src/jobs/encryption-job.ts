import { setTimeout as sleep } from 'node:timers/promises';
import { openDevice, type DeviceConnection } from '../device/index.ts';
import { changePassword, type LinkTimings } from '../mobilebackup2/index.ts';
import { asBoolean } from '../plist/index.ts';
import { DataError, DeviceError } from '../shared/errors.ts';
import type { EncryptionRequest } from './api.ts';
import { withBackupAgent } from './backup-agent.ts';
import { followConversation } from './conversation-progress.ts';
import type { JobContext } from './job-context.ts';

export interface EncryptionDeps {
  readonly muxer: string | undefined;
  readonly timings?: Partial<LinkTimings> | undefined;
}

const backupDomain = 'com.apple.mobile.backup';

/** Whether the phone encrypts local backups; it may leave the value out when that was never set. */
export async function readEncryption(device: DeviceConnection): Promise<boolean> {
  return asBoolean(await device.getValue(backupDomain, 'WillEncrypt')) ?? false;
}

/** Switches encryption on or off or changes its password. Throws `data.encryption-is-on`, `data.encryption-is-off` before any request. */
export async function changeEncryption({ muxer, timings }: EncryptionDeps, request: EncryptionRequest, job: JobContext): Promise<void> {
  job.progress.phase('connecting');
  const device = await openDevice(request.udid, { muxer, signal: job.signal });
  try {
    const isOn = await readEncryption(device);
    if (isOn && request.action === 'on') throw new DataError('data.encryption-is-on', 'Backups of this device are encrypted already');
    if (!isOn && request.action !== 'on') throw new DataError('data.encryption-is-off', 'Backups of this device are not encrypted');
    await switchEncryption(device, request, job, timings);
    job.progress.phase('finished');
  } finally {
    await device.close();
  }
}

/** Sends the change and waits until the phone's own setting says so. */
export async function switchEncryption(
  device: DeviceConnection,
  request: EncryptionRequest,
  job: JobContext,
  timings?: Partial<LinkTimings>,
): Promise<void> {
  const passwords = {
    oldPassword: request.action === 'on' ? undefined : request.oldPassword,
    newPassword: request.action === 'off' ? undefined : request.newPassword,
  };
  await withBackupAgent(device, job, { needsSyncLock: false, timings }, async ({ link }) => {
    const onEvent = followConversation(job.progress, job.listener);
    return await changePassword(link, { udid: request.udid, ...passwords, onEvent });
  });
  await expectEncryption(device, request.action !== 'off', job);
  job.notice({ code: 'encryption-changed', encrypted: request.action !== 'off' });
}

/** After a change the phone may refuse questions for a moment. */
async function expectEncryption(device: DeviceConnection, isOn: boolean, job: JobContext): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    job.throwIfCancelled();
    try {
      if ((await readEncryption(device)) === isOn) return;
    } catch (error) {
      if (attempt === 19) throw error;
    }
    await sleep(500);
  }
  throw new DeviceError('service.encryption-unchanged', 'The device did not change its encryption setting');
}
