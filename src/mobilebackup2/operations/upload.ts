import { linkStatus } from '../../format/mb-errors.ts';
import type { Context } from '../context.ts';
import type { Answer } from '../status.ts';
import { UploadReceiver } from '../upload-receiver.ts';

/** The phone sends files. */
export async function upload(context: Context): Promise<Answer> {
  const failure = await new UploadReceiver(context).receive();
  context.record.tellPassed();
  return failure ?? { code: linkStatus.ok, extra: {} };
}
