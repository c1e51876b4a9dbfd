import { linkStatus } from '../../format/mb-errors.ts';
import type { MessageOf } from '../messages.ts';
import { answerFor, type Context } from '../context.ts';
import type { Answer } from '../status.ts';

/** Moves in order; sources that the phone itself could not deliver are passed over, as there is nothing to move. */
export function move(context: Context, message: MessageOf<'move'>): Promise<Answer> {
  context.record.enter('moving');
  const moves = message.moves.filter(([from]) => !context.record.hasFailed(from));
  return answerFor(context, moves[0]?.[0] ?? '', () => context.folder.moveAll(moves), { code: linkStatus.ok, extra: {} });
}
