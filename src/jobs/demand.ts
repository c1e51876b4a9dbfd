import type { DeviceConnection } from '../device/index.ts';
import { demandFolder, DemandOver } from '../estimate/demand-folder.ts';
import { runBackup, type ConversationEvent } from '../mobilebackup2/index.ts';
import { DeviceError } from '../shared/errors.ts';
import { withBackupAgent } from './backup-agent.ts';
import { followConversation } from './conversation-progress.ts';
import type { JobContext } from './job-context.ts';

/** Phones name what they need since they know PurgeDiskSpace. */
const firstIos = 14;

export const namesDemand = (iosVersion: string | undefined): boolean => !(Number.parseInt(iosVersion ?? '', 10) < firstIos);

const noSpace = 'mb.105';

/**
 * The experiment: starts a full backup into a folder that reports little space, and reads the size of the upload from what
 * the phone asks for. Nothing is written here or there. `undefined` when the phone goes on, or ends, without naming it.
 * Throws what any backup throws: `mb.208` when the passcode is not entered.
 */
export async function demandOf(device: DeviceConnection, free: bigint, job: JobContext): Promise<number | undefined> {
  let demand: number | undefined;
  const follow = followConversation(job.progress, job.listener);
  const onEvent = (event: ConversationEvent): void => {
    if (event.type === 'purge-requested') demand ??= event.uploadSize;
    else follow(event);
  };
  try {
    await withBackupAgent(device, job, { needsSyncLock: true }, ({ link }) => runBackup(link, demandFolder(free), { udid: device.udid, full: true, onEvent }));
  } catch (error) {
    const isExpected = error instanceof DemandOver || (error instanceof DeviceError && error.code === noSpace);
    if (!isExpected || job.signal.aborted) throw error;
  }
  return demand;
}
