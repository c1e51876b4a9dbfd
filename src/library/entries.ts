import { join } from 'node:path';
import { backupRecordJson, isIntact, parseBackupRecord, type BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import { newestFirst } from './entry-order.ts';
import { readJson, writeJson, type JsonObject } from './json-file.ts';
import { isEntryName, isUdid, libraryFile } from './layout.ts';
import { whileRecordIsOurs } from './reading-lock.ts';
import { rebuildRecord } from './rebuild-record.ts';
import type { HistoryEntry } from './types.ts';

/** UDIDs of the devices that have a folder. */
export async function deviceIds(context: LibraryContext): Promise<string[]> {
  const entries = await context.fs.readDirectory(context.layout.root);
  return entries.filter(({ name, kind }) => kind === 'directory' && isUdid(name)).map(({ name }) => name);
}

/** Finished backups of one device, newest first. The folders are the truth; a record that is lost or damaged is rebuilt from its backup. */
export async function entriesOf(context: LibraryContext, udid: string): Promise<HistoryEntry[]> {
  const folders = await context.fs.readDirectory(context.layout.device(udid));
  const ids = folders.filter(({ name, kind }) => kind === 'directory' && isEntryName(name)).map(({ name }) => name);
  const found = await Promise.all(ids.map((id) => readUnlessGone(context, udid, id)));
  return newestFirst(found.filter((entry) => entry !== undefined));
}

/** Another process may move an entry to the trash while this one reads. */
async function readUnlessGone(context: LibraryContext, udid: string, id: string): Promise<HistoryEntry | undefined> {
  const entry = await readEntry(context, udid, id);
  return entry.isComplete || (await context.fs.stat(entry.path)) ? entry : undefined;
}

export async function readEntry(context: LibraryContext, udid: string, id: string): Promise<HistoryEntry> {
  const path = context.layout.entry(udid, id);
  const json = await readJson(context.fs, join(path, libraryFile.backup)).catch(() => undefined);
  const record = (json && parseBackupRecord(json)) ?? (await rebuildRecord(context, udid, id));
  // A record that decayed may be wrong in any field: it is shown, and never a base.
  const isComplete = record.isComplete && json !== undefined && isIntact(json);
  return { ...record, isComplete, udid, id, path };
}

/** The newest backup that an incremental run may start from. */
export async function newestComplete(context: LibraryContext, udid: string): Promise<HistoryEntry | undefined> {
  return (await entriesOf(context, udid)).find(isBase);
}

/** Whether an incremental run may start from it. */
export const isBase = (entry: HistoryEntry): boolean => entry.isComplete && entry.kind !== 'custom' && entry.verification?.result !== 'damaged';

/** Whether `backup.json` is there and as it was written. */
export async function hasIntactRecord(context: LibraryContext, entry: Pick<HistoryEntry, 'path'>): Promise<boolean> {
  const json = await readJson(context.fs, join(entry.path, libraryFile.backup)).catch(() => undefined);
  return json !== undefined && isIntact(json);
}

export async function changeRecord(context: LibraryContext, entry: Pick<HistoryEntry, 'udid' | 'id'>, change: Partial<BackupRecord>): Promise<void> {
  const folder = context.layout.entry(entry.udid, entry.id);
  const path = join(folder, libraryFile.backup);
  await whileRecordIsOurs(context, folder, async () => {
    const json = await readJson(context.fs, path).catch(() => undefined);
    const before = json && isIntact(json) ? json : recordOf(await readEntry(context, entry.udid, entry.id));
    await writeJson(context.fs, path, backupRecordJson(change, before));
  });
}

function recordOf(entry: HistoryEntry): JsonObject {
  const { id: _, path: __, ...record } = entry;
  return { ...record };
}
