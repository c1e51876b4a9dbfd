import { linkStatus } from '../../format/mb-errors.ts';
import type { MessageOf } from '../messages.ts';
import { answerFor, type Context } from '../context.ts';
import type { Answer } from '../status.ts';

/** Removes whole trees: phones name `Snapshot` alone, with its empty folders still inside. */
export function remove(context: Context, message: MessageOf<'remove'>): Promise<Answer> {
  context.record.enter('removing');
  const removeAll = async (): Promise<void> => {
    for (const path of message.paths) {
      context.link.throwIfCancelled();
      await context.folder.remove(path);
    }
  };
  return answerFor(context, message.paths[0] ?? '', removeAll, { code: linkStatus.ok, extra: {} });
}
