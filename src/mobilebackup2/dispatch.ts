import { linkStatus } from '../format/mb-errors.ts';
import type { DeviceMessage, MessageOf } from './messages.ts';
import type { Context } from './context.ts';
import { copy } from './operations/copy.ts';
import { createDirectory } from './operations/create-directory.ts';
import { download } from './operations/download.ts';
import { freeSpace } from './operations/free-space.ts';
import { list } from './operations/list.ts';
import { move } from './operations/move.ts';
import { purge } from './operations/purge.ts';
import { remove } from './operations/remove.ts';
import { upload } from './operations/upload.ts';
import { statusText, type Answer } from './status.ts';

/** What a device asks the host to do; a verdict or a goodbye is not among them. */
export type OperationMessage = Exclude<DeviceMessage, { kind: 'response' | 'disconnect' }>;

/** Does what the device asks for. Resolves with the answer to send; rejects when the link, the framing or the run is broken. */
export async function perform(context: Context, message: OperationMessage): Promise<Answer> {
  switch (message.kind) {
    case 'upload':
      return upload(context);
    case 'download':
      return download(context, message);
    case 'move':
      return move(context, message);
    case 'remove':
      return remove(context, message);
    case 'copy':
      return copy(context, message);
    case 'create':
      return createDirectory(context, message);
    case 'list':
      return list(context, message);
    case 'free-space':
      return freeSpace(context);
    case 'purge':
      return purge(context, message);
    case 'unknown':
    default:
      return refuseUnknown(context, message);
  }
}

function refuseUnknown({ record }: Context, { name }: MessageOf<'unknown'>): Answer {
  record.tell({ type: 'log', level: 'warn', text: `Unknown operation ${name.slice(0, 80)}` });
  return { code: linkStatus.notImplemented, text: statusText(linkStatus.notImplemented) };
}
