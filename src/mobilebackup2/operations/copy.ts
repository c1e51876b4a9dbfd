import { linkStatus } from '../../format/mb-errors.ts';
import type { MessageOf } from '../messages.ts';
import { answerFor, type Context } from '../context.ts';
import type { Answer } from '../status.ts';

export function copy(context: Context, message: MessageOf<'copy'>): Promise<Answer> {
  return answerFor(context, message.from, () => context.folder.copy(message.from, message.to), { code: linkStatus.ok, extra: {} });
}
