import { constants } from 'node:fs';
import { lstat, open, unlink, type FileHandle } from 'node:fs/promises';
import { afcMode, type AfcClient, type AfcFile, type MediaFile } from '../../device/index.ts';
import { DataError, hostError } from '../../shared/errors.ts';
import { giveName } from './target-folder.ts';

export interface CopyOptions {
  /** Called between chunks; throws to stop. */
  readonly onBytes: (bytes: number) => void;
}

/** What is written up to a multiple of this is on the disk before anything beyond is written: a part may be trusted up to there. */
const checkpoint = 32 << 20;

/**
 * Copies one file of the phone to `target`: into a part beside it, which a later run goes on with, then in one step to its
 * name, with the phone's date. Throws `data.media-changed` when the phone gives more or less than it said, `HostError`,
 * `afc.<status>`. Answers the bytes that an earlier run had left.
 */
export async function copyFile(afc: AfcClient, file: MediaFile, target: string, options: CopyOptions): Promise<{ readonly kept: number }> {
  const part = `${target}.${file.size}-${(file.modified?.getTime() ?? 0).toString(36)}.part`;
  const kept = await trustedBytes(part, file.size);
  const source = await afc.open(file.path, afcMode.read);
  try {
    const handle = await openPart(part, kept);
    try {
      if (kept > 0) await source.seek(kept);
      await receive(source, handle, { file, kept, part }, options);
      if (file.modified) await handle.utimes(file.modified, file.modified);
      await handle.sync();
    } catch (error) {
      // A part of something else would only be gone on with again.
      if (error instanceof DataError) await unlink(part).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
    await giveName(part, target).catch((error: unknown) => Promise.reject(hostError(error, target)));
    return { kept };
  } finally {
    await source.close().catch(() => undefined);
  }
}

/** Bytes of a part that reached the disk for certain, whatever happened since. */
async function trustedBytes(part: string, size: number): Promise<number> {
  const facts = await lstat(part).catch(() => undefined);
  if (!facts?.isFile() || facts.size > size) return 0;
  return Math.max(0, Math.floor((facts.size - 1) / checkpoint) * checkpoint);
}

/** A link in its place is removed, never followed. */
async function openPart(part: string, kept: number): Promise<FileHandle> {
  try {
    if (kept === 0) await unlink(part).catch(() => undefined);
    // Windows has no O_NOFOLLOW, and adds nothing here.
    const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    const handle = await open(part, kept > 0 ? O_RDWR | O_NOFOLLOW : O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    await handle.truncate(kept);
    return handle;
  } catch (error) {
    throw hostError(error, part);
  }
}

interface Reception {
  readonly file: MediaFile;
  readonly kept: number;
  readonly part: string;
}

async function receive(source: AfcFile, handle: FileHandle, { file, kept, part }: Reception, { onBytes }: CopyOptions): Promise<void> {
  let [at, synced] = [kept, kept];
  for await (const chunk of source.chunks()) {
    if (at + chunk.length > file.size) throw changed(file, 'gives more than it said');
    for (let from = 0; from < chunk.length; ) {
      const end = Math.min(chunk.length, from + synced + checkpoint - at);
      await handle.write(chunk, from, end - from, at).catch((error: unknown) => Promise.reject(hostError(error, part)));
      at += end - from;
      from = end;
      if (at - synced < checkpoint) continue;
      await handle.sync().catch((error: unknown) => Promise.reject(hostError(error, part)));
      synced = at;
    }
    onBytes(chunk.length);
  }
  if (at < file.size) throw changed(file, 'gives less than it said');
}

const changed = ({ path }: MediaFile, how: string): DataError => new DataError('data.media-changed', `The device ${how} of a file`, { subject: path });
