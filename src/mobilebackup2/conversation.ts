import type { PlistDict } from '../plist/index.ts';
import { ConnectionError } from '../shared/errors.ts';
import type { BackupFolder } from './backup-folder.ts';
import { unitOf, type DeviceLink } from './device-link.ts';
import { perform, type OperationMessage } from './dispatch.ts';
import type { ConversationListener } from './events.ts';
import { messageName, parseMessage, type DeviceMessage, type MessageOf } from './messages.ts';
import type { Context, ConversationKind } from './context.ts';
import { ConversationRecord } from './record.ts';
import { done, statusResponse } from './status.ts';
import { judge, judgeLoss, type ConversationResult } from './verdict.ts';

export interface Conversation {
  readonly kind: ConversationKind;
  readonly link: DeviceLink;
  readonly folder: BackupFolder;
  /** `MessageName` and its keys. */
  readonly request: PlistDict;
  readonly onEvent: ConversationListener | undefined;
}

/** Sends the request and serves the device until its verdict. A failed conversation closes the link; after a good one it is open. */
export async function converse({ kind, link, folder, request, onEvent }: Conversation): Promise<ConversationResult> {
  const context: Context = { kind, link, folder, record: new ConversationRecord(onEvent) };
  try {
    await link.send(['DLMessageProcessMessage', request]);
    if (kind === 'backup') context.record.enter('scanning');
    return judge(context.record, await serve(context));
  } catch (error) {
    await link.close();
    return judgeLoss(context, error);
  }
}

async function serve(context: Context): Promise<MessageOf<'response'>> {
  for (;;) {
    context.link.throwIfCancelled();
    const message = await next(context);
    if (message.kind === 'response') return message;
    if (message.kind === 'disconnect') throw new ConnectionError('link.lost', 'The device ended the conversation without a verdict');
    const last = await serveOne(context, message).catch((error: unknown) => lastWord(context, message, error));
    if (last) return last;
  }
}

/** A phone that has said its verdict closes at once, perhaps while we still answer: what it said counts. */
async function lastWord({ link }: Context, message: OperationMessage, error: unknown): Promise<MessageOf<'response'>> {
  const isLost = error instanceof ConnectionError && error.code === 'link.lost';
  if (!isLost || message.kind === 'upload') throw error;
  const last = await link.receive().then(parseMessage).catch(() => undefined);
  if (last?.kind !== 'response') throw error;
  return last;
}

async function next({ link, record }: Context): Promise<DeviceMessage> {
  const parts = await link.receive();
  const message = parseMessage(parts);
  const percent = 'percent' in message ? message.percent : undefined;
  const bytes = 'bytes' in message ? (message.bytes ?? 0) : 0;
  record.tell({ type: 'message', name: messageName(parts), index: record.messages++, percent, bytes });
  return message;
}

/** Made once: a phone creates hundreds of folders one by one, and waits each time. */
const doneUnit = unitOf(statusResponse(done));

async function serveOne(context: Context, message: OperationMessage): Promise<void> {
  const { link, record, kind } = context;
  const answer = await perform(context, message);
  await (answer === done ? link.sendUnit(doneUnit) : link.send(statusResponse(answer)));
  if (record.refusal) throw record.refusal;
  if ('percent' in message && message.percent !== undefined) {
    record.percent = message.percent;
    record.tell({ type: 'percent', percent: message.percent });
  }
  // The manifest of the last backup is compared with the phone before anything else happens.
  if (kind === 'backup' && message.kind === 'download' && record.snapshotState === undefined) record.enter('scanning');
}
