import { linkStatus } from '../../format/mb-errors.ts';
import type { MessageOf } from '../messages.ts';
import type { Context } from '../context.ts';
import type { Answer } from '../status.ts';

/** What the phone asks for beyond its need, and what it keeps free beyond its upload, in bytes (MobileBackup-2969, iOS 26). */
const purgeMargin = 2n << 30n;
const uploadMargin = 128n << 20n;

/** A computer purges nothing: the phone is told so and ends with 105 by itself. Its question gives away the size of the run. */
export function purge(context: Context, message: MessageOf<'purge'>): Answer {
  const { reportedFree } = context.record;
  const needed = message.bytesWanted + reportedFree - purgeMargin;
  context.record.tell({
    type: 'purge-requested',
    bytesWanted: Number(message.bytesWanted),
    bytesNeeded: Number(needed),
    bytesFree: Number(reportedFree),
    uploadSize: Number(needed - uploadMargin),
  });
  return { code: linkStatus.generic, text: 'DLPurgeDiskSpace failed to purge', extra: 0 };
}
