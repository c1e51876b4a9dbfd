import { linkStatus } from '../../format/mb-errors.ts';
import type { MessageOf } from '../messages.ts';
import { answerFor, type Context } from '../context.ts';
import type { Answer } from '../status.ts';

export function createDirectory(context: Context, message: MessageOf<'create'>): Promise<Answer> {
  return answerFor(context, message.path, () => context.folder.createDirectory(message.path), { code: linkStatus.ok });
}
