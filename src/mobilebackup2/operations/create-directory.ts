import type { MessageOf } from '../messages.ts';
import { answerFor, type Context } from '../context.ts';
import { done, type Answer } from '../status.ts';

export function createDirectory(context: Context, message: MessageOf<'create'>): Promise<Answer> {
  return answerFor(context, message.path, () => context.folder.createDirectory(message.path), done);
}
