import { appleFile } from '../../format/names.ts';
import { linkStatus } from '../../format/mb-errors.ts';
import { emptyDict, type PlistDict } from '../../plist/index.ts';
import { DataError } from '../../shared/errors.ts';
import { FrameWriter } from '../frame-writer.ts';
import { unitCode } from '../link-limits.ts';
import type { MessageOf } from '../messages.ts';
import type { Context } from '../context.ts';
import { ReadAhead, closeQuietly, type Ahead, type OpenFile } from '../read-ahead.ts';
import { statusText, type Answer } from '../status.ts';

const nothing = Buffer.alloc(0);
const manifestFiles: readonly string[] = [appleFile.manifest, appleFile.database, appleFile.oldDatabase, appleFile.info];

/** The phone reads files. One that is missing or fails is named in the answer; the others are sent all the same. */
export async function download(context: Context, message: MessageOf<'download'>): Promise<Answer> {
  enterPhase(context, message.paths);
  const errors = await sendAll(context, message.paths);
  context.record.tellPassed();
  if (Object.keys(errors).length === 0) return { code: linkStatus.ok, extra: {} };
  return { code: linkStatus.multi, text: 'Multi status', extra: errors };
}

function enterPhase({ kind, record }: Context, paths: readonly string[]): void {
  const name = paths[0]?.split('/').at(-1) ?? '';
  if (record.snapshotState !== undefined) record.enter('verifying');
  else if (manifestFiles.includes(name)) record.enter('sending-manifest');
  else if (kind === 'restore' && name !== appleFile.status) record.enter('sending');
}

async function sendAll(context: Context, paths: readonly string[]): Promise<PlistDict> {
  const errors = emptyDict();
  const frames = new FrameWriter(context.link);
  const ahead = new ReadAhead(context.folder, paths);
  try {
    while (!context.record.refusal) {
      const file = await ahead.next();
      if (!file) break;
      const failure = await sendFile(context, frames, file);
      if (!failure) continue;
      errors[file.path] = { DLFileErrorString: failure.text ?? '', DLFileErrorCode: failure.code };
      await frames.unit(-failure.code, Buffer.from(failure.text ?? ''));
    }
  } finally {
    await ahead.close();
  }
  await frames.name('');
  await frames.flush();
  return errors;
}

/** Sends one file up to its final unit; a failure is for the caller to send. */
async function sendFile(context: Context, frames: FrameWriter, file: Ahead): Promise<Answer | undefined> {
  if (file.path === '') throw new DataError('data.path', 'The phone asked for a file without a name');
  if (file.state !== 'open') {
    await frames.name(file.path);
    return failureOf(context, file);
  }
  try {
    context.link.throwIfCancelled();
    context.record.startFile(file.path, undefined);
    await frames.name(file.path);
    return await sendContent(context, frames, file);
  } finally {
    await closeQuietly(file.reader);
  }
}

async function sendContent(context: Context, frames: FrameWriter, file: OpenFile): Promise<Answer | undefined> {
  let chunk = file.first;
  while (chunk.done !== true) {
    context.record.passed(chunk.value.length);
    await frames.data(chunk.value);
    context.link.throwIfCancelled();
    try {
      chunk = await file.rest.next();
    } catch (error) {
      return context.record.failure(error, file.path);
    }
  }
  await frames.unit(unitCode.complete, nothing);
  context.record.files++;
  return undefined;
}

function failureOf({ kind, record }: Context, file: Exclude<Ahead, OpenFile>): Answer {
  if (file.state === 'failed') return record.failure(file.error, file.path);
  if (kind === 'restore') record.tell({ type: 'log', level: 'warn', text: `The backup has no ${file.path}` });
  return { code: linkStatus.notFound, text: statusText(linkStatus.notFound) };
}
