import { mbError } from '../../../format/mb-errors.ts';
import { AgentError } from '../errors.ts';
import type { BackupContext } from './backup-context.ts';

/** Beside the upload a phone wants this much room on the host's disk (code of iOS 26, checked against iOS 15 and 16 logs). */
const reserve = 128n << 20n;
/** Asked for on top of what is missing. */
const purgeExtra = 2n << 30n;
const urgency = 4;

/** Asks the host for its free space; ends with 105 when it is too little. */
export async function checkSpace({ phone, host }: BackupContext, uploadBytes: number): Promise<void> {
  const need = (phone.moods.claimedUploadSize ?? BigInt(uploadBytes)) + reserve;
  const free = await host.freeSpace();
  if (free === undefined || free > need) return;
  const mayPurge = phone.moods.purge && host.hostVersion >= 400;
  if (mayPurge && (await host.purge(need - free + purgeExtra, urgency))) {
    const after = await host.freeSpace();
    if (after !== undefined && after > need) return;
  }
  throw new AgentError(mbError.hostSpace, 'Insufficient free disk space on drive to back up');
}
