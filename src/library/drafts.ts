import { basename, join } from 'node:path';
import type { LibraryContext } from './context.ts';
import { readDraftRecord } from './draft-record.ts';
import { deviceIds } from './entries.ts';
import { libraryFile } from './layout.ts';
import { DeviceLock, underLock } from './lock.ts';
import { runTask } from './run-task.ts';
import type { DraftEntry } from './types.ts';

/** Interrupted and running backups, those put aside included. */
export async function draftEntries(context: LibraryContext): Promise<DraftEntry[]> {
  const lists = await Promise.all((await deviceIds(context)).map((udid) => draftsOf(context, udid)));
  return lists.flat();
}

async function draftsOf(context: LibraryContext, udid: string): Promise<DraftEntry[]> {
  const device = context.layout.device(udid);
  const folders = (await context.fs.readDirectory(device)).filter(({ name }) => isDraftName(name)).map(({ name }) => name);
  if (folders.length === 0) return [];
  const holder = await DeviceLock.holder(context.fs, device);
  const drafts = await Promise.all(
    folders.map(async (name) => {
      const path = join(device, name);
      if (name !== libraryFile.draftFolder) return (await readDraft(context, path, false)) ?? (await unnamedDraft(context, path, udid));
      return await readDraft(context, path, holder !== undefined);
    }),
  );
  return drafts.filter((draft) => draft !== undefined);
}

const isDraftName = (name: string): boolean => name === libraryFile.draftFolder || name.startsWith(libraryFile.setAside);

async function readDraft(context: LibraryContext, path: string, isRunning: boolean): Promise<DraftEntry | undefined> {
  const record = await readDraftRecord(context.fs, path);
  if (!record) return undefined;
  const { udid, deviceName, started, isEncrypted, isForcedFull, selection } = record;
  const isSetAside = basename(path) !== libraryFile.draftFolder;
  const received = await runTask(context.fs, 'sumJournal', { journal: join(path, libraryFile.journal) });
  return { udid, deviceName, started, isEncrypted, isForcedFull, selection, ...received, isRunning, isSetAside, path };
}

/** What was put aside and has lost its record: nobody knows what it holds, but it takes room and can be deleted. */
async function unnamedDraft({ fs }: LibraryContext, path: string, udid: string): Promise<DraftEntry | undefined> {
  const facts = await fs.stat(path);
  if (facts?.kind !== 'directory') return undefined;
  const unknown = { deviceName: '', isEncrypted: false, isForcedFull: false, selection: undefined, bytes: 0, files: 0 };
  return { udid, started: facts.modified, ...unknown, isRunning: false, isSetAside: true, path };
}

/**
 * Deletes one draft of a device, `path` as in its `DraftEntry`: what was put aside goes only when it is asked for itself, and
 * takes nothing along. Without `path` all of them. Throws `host.locked` while one is running.
 */
export async function discardDrafts(context: LibraryContext, udid: string, path?: string): Promise<void> {
  const device = context.layout.device(udid);
  await underLock(context, udid, async () => {
    const names = (await context.fs.readDirectory(device)).map(({ name }) => name).filter(isDraftName);
    const wanted = path === undefined ? names : names.filter((name) => join(device, name) === path);
    // What a process that died had begun to make or to import is of no use to anybody.
    for (const name of [...wanted, libraryFile.custom, libraryFile.importing]) await context.fs.removeTree(join(device, name));
  });
}
