import { join } from 'node:path';
import { HostError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { readDraftRecord } from './draft-record.ts';
import { changeRecord, entriesOf, readEntry } from './entries.ts';
import { jsonDate, jsonNumber, readJson, writeJson } from './json-file.ts';
import { entryName, isEntryName, isUdid } from './layout.ts';
import { underLock } from './lock.ts';
import { dropLocks, whileRecordIsOurs, whileUnread } from './reading-lock.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import { addSpares, dropStraySpares } from './spare.ts';
import type { HistoryEntry, TrashEntry } from './types.ts';

const recordName = 'deleted.json';
/** `<UDID>_<entry>_<time of deletion>` */
const parts = (trashId: string): string[] => trashId.split('_');

/** Another process may have protected it since it was read. */
async function expectUnlocked(context: LibraryContext, { udid, id, path }: HistoryEntry): Promise<void> {
  const { isLocked } = await readEntry(context, udid, id);
  if (isLocked) throw new HostError('host.entry-locked', 'The backup is locked against deletion', { subject: path });
}

/** Moves an entry into the library's trash. Answers how many bytes emptying the trash frees because of it. */
export async function moveToTrash(context: LibraryContext, entry: HistoryEntry): Promise<{ readonly trashId: string; readonly bytesToFree: number }> {
  const { fs, layout } = context;
  return await underLock(context, entry.udid, async () => {
    await expectUnlocked(context, entry);
    // Told before the long measuring as well.
    await whileUnread(context, entry.path, () => Promise.resolve());
    const draft = await readDraftRecord(fs, layout.draft(entry.udid));
    if (draft?.base === entry.id) throw new HostError('host.base-of-draft', 'An interrupted backup builds on this one', { subject: entry.path });
    await fs.makeDirectory(layout.trash);
    const deletedAt = context.now();
    const trashId = `${entry.udid}_${entry.id}_${entryName(deletedAt)}`;
    const others = (await trashEntries(context)).filter(({ udid }) => udid === entry.udid).map((other) => join(layout.trash, other.trashId));
    const before = others.length === 0 ? 0 : (await runTask(fs, 'measureExclusive', { udid: entry.udid, entries: others })).bytes;
    const all = await runTask(fs, 'measureExclusive', { udid: entry.udid, entries: [...others, entry.path] });
    const bytesToFree = all.bytes - before;
    const moveAway = async (): Promise<void> => {
      // Somebody may have protected it while it was measured.
      await expectUnlocked(context, entry);
      await writeJson(fs, join(entry.path, recordName), { deletedAt, bytesToFree });
      await fs.rename(entry.path, join(layout.trash, trashId));
    };
    await whileUnread(context, entry.path, () => whileRecordIsOurs(context, entry.path, moveAway));
    // It is deleted: what its successor lacks now is no reason to say it is not.
    await addSpares(context, entry.udid).catch(() => {});
    return { trashId, bytesToFree };
  });
}

export async function trashEntries(context: LibraryContext): Promise<TrashEntry[]> {
  const names = (await context.fs.readDirectory(context.layout.trash)).map(({ name }) => name);
  return await Promise.all(names.filter(isTrashId).map((name) => readTrashEntry(context, name)));
}

const isTrashId = (name: string): boolean => {
  const [udid = '', id = '', ...rest] = parts(name);
  return rest.length === 1 && isUdid(udid) && isEntryName(id);
};

async function readTrashEntry(context: LibraryContext, trashId: string): Promise<TrashEntry> {
  const [udid = '', id = ''] = parts(trashId);
  const json = await readJson(context.fs, join(context.layout.trash, trashId, recordName)).catch(() => undefined);
  return { trashId, udid, id, deletedAt: jsonDate(json?.['deletedAt']) ?? new Date(0), ownSize: jsonNumber(json?.['bytesToFree']) ?? 0 };
}

/** Puts a deleted entry back. Throws `host.exists` when another backup has its name by now. */
export async function undelete(context: LibraryContext, trashId: string): Promise<void> {
  const { fs, layout } = context;
  const [udid = '', id = ''] = parts(trashId);
  if (!isTrashId(trashId) || !(await fs.stat(join(layout.trash, trashId)))) throw new HostError('host.missing', 'There is no such deleted backup', { subject: trashId });
  await underLock(context, udid, async () => {
    if (await fs.stat(layout.entry(udid, id))) throw new HostError('host.exists', 'A backup of this date exists', { subject: id });
    await fs.rename(join(layout.trash, trashId), layout.entry(udid, id));
    await fs.remove(join(layout.entry(udid, id), recordName));
  });
}

/** Deletes for good what the trash holds. Answers the bytes that this freed, and corrects the own sizes of what remains. */
export async function emptyTrash(context: LibraryContext, options: TaskOptions): Promise<{ readonly bytesFreed: number }> {
  const entries = await trashEntries(context);
  let bytesFreed = 0;
  for (const udid of new Set(entries.map((entry) => entry.udid))) {
    const folders = entries.filter((entry) => entry.udid === udid).map(({ trashId }) => join(context.layout.trash, trashId));
    bytesFreed += await underLock(context, udid, () => emptyDevice(context, udid, folders, options));
  }
  return { bytesFreed };
}

async function emptyDevice(context: LibraryContext, udid: string, folders: readonly string[], options: TaskOptions): Promise<number> {
  const { bytes } = await runTask(context.fs, 'measureExclusive', { udid, entries: folders }, options);
  await runTask(context.fs, 'removeTrees', { paths: folders }, options);
  // The trash is empty: what is left undone here is no reason to say otherwise.
  await dropStraySpares(context, udid).catch(() => {});
  const remaining = await entriesOf(context, udid);
  await dropLocks(context, udid, remaining).catch(() => {});
  for (const entry of remaining) {
    const own = await runTask(context.fs, 'measureExclusive', { udid, entries: [entry.path] }, { signal: options.signal });
    if (own.bytes !== entry.ownSize) await changeRecord(context, entry, { ownSize: own.bytes });
  }
  return bytes;
}
