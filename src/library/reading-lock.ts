import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { onDisk } from './disk-error.ts';
import { isEntryName, isUdid, libraryFile } from './layout.ts';
import { tryExclusive, tryShared } from './lock-file.ts';

/** An entry is not moved away before this is released, by whatever process. */
export interface Reading {
  release(): void;
}

const recordLock = '.record';

/** Who moves an entry away, or changes its record, holds the file for an operation or two. Ms. */
const patience = 10_000;
const pause = 25;
/** Ms; one that reads does so for longer. */
const look = 100;

const noReading: Reading = { release: () => {} };

const lockOf = (entry: string, of = ''): string => join(dirname(entry), libraryFile.readers, `${basename(entry)}${of}.sqlite`);

/**
 * Keeps an entry, this library's or another's, where it is while it is read. `path` is its folder or the Apple folder in it; all
 * other folders are nobody's to delete. A disk that takes no lock, such as one that is read-only, hinders no reading. Throws
 * `host.missing` where the entry was deleted meanwhile, `host.locked` where it is just being deleted.
 */
export async function startReading(context: LibraryContext, path: string): Promise<Reading> {
  const entry = [path, dirname(path)].find(isEntryPath);
  if (entry === undefined) return noReading;
  return await onDisk(entry, () => holdWhileThere(context, entry));
}

async function holdWhileThere(context: LibraryContext, entry: string): Promise<Reading> {
  const held = await shareUnlessRefused(context, lockOf(entry));
  if (held === 'no-lock') return noReading;
  try {
    if (await context.fs.stat(entry)) return { release: () => held.close() };
    throw new HostError('host.missing', 'There is no such backup', { subject: entry });
  } catch (error) {
    held.close();
    throw error;
  }
}

/** Runs `work` while the entry stays where it is. */
export async function whileReading<T>(context: LibraryContext, path: string, work: () => Promise<T>): Promise<T> {
  const reading = await startReading(context, path);
  try {
    return await work();
  } finally {
    reading.release();
  }
}

/** Runs `work`, which moves an entry away, while nobody reads it; the device's lock is held. Throws `host.entry-in-use`. */
export async function whileUnread<T>({ fs }: LibraryContext, entry: string, work: () => Promise<T>): Promise<T> {
  await fs.makeDirectory(dirname(lockOf(entry)));
  const held = tryExclusive(lockOf(entry), look);
  if (!held) throw new HostError('host.entry-in-use', 'The backup is being read', { subject: entry });
  try {
    return await work();
  } finally {
    held.close();
  }
}

/**
 * Runs `work`, which reads and writes an entry's record, while no other process does so: what one of them changes would be lost. A
 * disk that takes no lock, and one that nobody gives back in time, do not hinder it.
 */
export async function whileRecordIsOurs<T>({ fs }: LibraryContext, entry: string, work: () => Promise<T>): Promise<T> {
  const lock = lockOf(entry, recordLock);
  await fs.makeDirectory(dirname(lock)).catch(() => {});
  const held = await retried(() => tryOr(() => tryExclusive(lock, 0), 'no-lock' as const));
  try {
    return await work();
  } finally {
    if (held !== 'no-lock') held?.close();
  }
}

/** Removes the lock files of entries that are gone. */
export async function dropLocks({ fs, layout }: LibraryContext, udid: string, entries: readonly { readonly id: string }[]): Promise<void> {
  const folder = join(layout.device(udid), libraryFile.readers);
  const wanted = new Set(entries.flatMap(({ id }) => [basename(lockOf(id)), basename(lockOf(id, recordLock))]));
  for (const { name } of await fs.readDirectory(folder)) if (!wanted.has(name)) await fs.remove(join(folder, name));
}

const isEntryPath = (path: string): boolean => isEntryName(basename(path)) && isUdid(basename(dirname(path)));

async function shareUnlessRefused(context: LibraryContext, lock: string): Promise<DatabaseSync | 'no-lock'> {
  const mayCreate = !context.isReadOnly;
  if (mayCreate) await context.fs.makeDirectory(dirname(lock)).catch(() => {});
  const held = await retried(() => tryOr(() => tryShared(lock, 0, { mayCreate }), 'no-lock' as const));
  if (held === undefined) throw new HostError('host.locked', 'The backup is being deleted', { subject: lock });
  return held;
}

/** `undefined` when `attempt` answers that for too long. */
async function retried<T>(attempt: () => T | undefined): Promise<T | undefined> {
  const end = performance.now() + patience;
  for (;;) {
    const result = attempt();
    if (result !== undefined || performance.now() >= end) return result;
    await sleep(pause);
  }
}

function tryOr<T, U>(work: () => T, otherwise: U): T | U {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
