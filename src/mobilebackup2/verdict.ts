import { mbError } from '../format/mb-errors.ts';
import type { SnapshotState } from '../format/names.ts';
import { asString } from '../plist/index.ts';
import { CancelledError, ConnectionError, DeviceError, type EngineError } from '../shared/errors.ts';
import type { MessageOf } from './messages.ts';
import type { Context } from './context.ts';
import type { ConversationRecord } from './record.ts';

/** How a conversation that was not a failure ended, and what was seen in it. */
export interface ConversationResult {
  /**
   * `success`: the phone said so. `unproven` (backups only): it closed the connection after 100 % and after its
   * `finished` Status.plist, without a verdict; only the folder itself can tell.
   */
  readonly verdict: 'success' | 'unproven';
  /** Text of an `info` answer. */
  readonly content: string | undefined;
  readonly bytes: number;
  readonly files: number;
  /** Files that the phone could not deliver. */
  readonly failedFiles: number;
  /** Of the last Status.plist that the phone wrote in this conversation; a good backup demands `finished`. */
  readonly snapshotState: SnapshotState | undefined;
  readonly isFullBackup: boolean | undefined;
}

/** Codes in which a phone clothes a failure that we answered. */
const hostCaused: ReadonlySet<number> = new Set([
  mbError.generic,
  mbError.multiple,
  mbError.exists,
  mbError.notFound,
  5,
  6,
  7,
  mbError.io,
  mbError.hostRead,
  mbError.hostWrite,
  mbError.hostSpace,
  mbError.damaged,
]);

/** Throws unless the phone's final answer, and our own disk, say that all went well. */
export function judge(record: ConversationRecord, response: MessageOf<'response'>): ConversationResult {
  const { errorCode, text, fields } = response;
  if (errorCode === 0 && !record.hostFailure) return resultOf(record, 'success', asString(fields['Content']));
  throw causeOf(record, errorCode, text);
}

function causeOf(record: ConversationRecord, errorCode: number, text: string | undefined): EngineError {
  if (record.hostFailure && (errorCode === 0 || hostCaused.has(errorCode))) return record.hostFailure;
  if (errorCode === mbError.cancelled) return new CancelledError('cancelled.device', 'Cancelled on the device', { deviceText: text });
  return DeviceError.mobileBackup(errorCode, text);
}

/** A backup whose connection ended without a verdict, although the phone had nothing left to do; throws `error` for every other one. */
export function judgeLoss({ kind, record }: Context, error: unknown): ConversationResult {
  const wasDone = kind === 'backup' && record.percent >= 100 && record.snapshotState === 'finished' && !record.hostFailure;
  if (wasDone && error instanceof ConnectionError && error.code === 'link.lost') return resultOf(record, 'unproven', undefined);
  throw error;
}

function resultOf(record: ConversationRecord, verdict: ConversationResult['verdict'], content: string | undefined): ConversationResult {
  const { bytes, files, failedFiles, snapshotState, isFullBackup } = record;
  return { verdict, content, bytes, files, failedFiles, snapshotState, isFullBackup };
}
