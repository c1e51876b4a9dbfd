import { join } from 'node:path';
import { fileIdPattern } from '../format/names.ts';
import { isShard, ownFiles } from './clone.ts';
import type { LibraryContext } from './context.ts';
import { readDraftRecord, isSameRun, writeDraftRecord, type DraftRecord, type DraftRequest } from './draft-record.ts';
import { entriesOf, newestComplete } from './entries.ts';
import { entryName, libraryFile } from './layout.ts';
import type { ReconcileResult } from './reconcile.ts';
import { runTask } from './run-task.ts';
import type { HistoryEntry } from './types.ts';

/** What a draft began with. */
export interface DraftStart {
  /** The backup whose content the draft has; `undefined` for a full one. */
  readonly base: HistoryEntry | undefined;
  /** What an interrupted run had received; `undefined` when the draft is new. */
  readonly resumed: ReconcileResult | undefined;
  /** Name of an older draft of another kind, which was put aside. */
  readonly setAside: string | undefined;
}

export interface PreparedDraft {
  readonly record: DraftRecord;
  readonly start: DraftStart;
  /** `<UDID>/` has every name of the base already, as its content lies in folders: it can be listed before the content is there. */
  readonly isListable: boolean;
}

/** Finds the draft that this run goes on with, or makes a new one. The device's lock is held. */
export async function prepareDraft(context: LibraryContext, request: DraftRequest, signal: AbortSignal | undefined): Promise<PreparedDraft> {
  const draft = context.layout.draft(request.udid);
  const record = await readDraftRecord(context.fs, draft);
  if (record && isSameRun(record, request)) return await resume(context, { ...record, selection: request.selection }, signal);
  const setAside = await clearDraft(context, request.udid);
  return await create(context, request, setAside);
}

async function resume(context: LibraryContext, record: DraftRecord, signal: AbortSignal | undefined): Promise<PreparedDraft> {
  const { udid } = record;
  const draft = context.layout.draft(udid);
  const base = (await entriesOf(context, udid)).find((entry) => entry.id === record.base);
  // A power cut may have kept the record and lost the folder.
  await context.fs.makeDirectory(join(draft, udid));
  const resumed = await runTask(context.fs, 'reconcileDraft', { draft, udid, base: base?.path }, { signal });
  // Its selection is the one of this run from now on.
  await writeDraftRecord(context.fs, draft, record);
  await context.fs.sync(draft);
  return { record, start: { base, resumed, setAside: undefined }, isListable: false };
}

/** An incremental run starts from the newest complete backup; a phone whose encryption was switched sends everything anyway. */
async function create(context: LibraryContext, request: DraftRequest, setAside: string | undefined): Promise<PreparedDraft> {
  const { fs, layout } = context;
  const draft = layout.draft(request.udid);
  const newest = request.isForcedFull ? undefined : await newestComplete(context, request.udid);
  const base = newest?.isEncrypted === request.isEncrypted ? newest : undefined;
  await fs.makeDirectory(draft);
  await fs.makeDirectory(join(draft, request.udid));
  const isListable = !base || (await startClone(context, join(base.path, request.udid), join(draft, request.udid)));
  const record: DraftRecord = { ...request, started: context.now(), base: base?.id, hasContent: false };
  // Written last: a draft without its record was never begun.
  await writeDraftRecord(fs, draft, record);
  return { record, start: { base, resumed: undefined, setAside }, isListable };
}

/** Copies what a device changes in place and makes the folders; answers whether all else lies in these. */
async function startClone({ fs }: LibraryContext, from: string, to: string): Promise<boolean> {
  const entries = await fs.readDirectory(from);
  for (const { name } of entries) if (ownFiles.includes(name)) await fs.copyFile(join(from, name), join(to, name));
  const shards = entries.filter(({ name, kind }) => isShard(name, kind));
  await Promise.all(shards.map(({ name }) => fs.makeDirectory(join(to, name))));
  return !entries.some(({ name }) => fileIdPattern.test(name));
}

/** Answers the name of the folder that the draft was moved to, when it held anything. */
async function clearDraft(context: LibraryContext, udid: string): Promise<string | undefined> {
  const draft = context.layout.draft(udid);
  if (!(await context.fs.stat(draft))) return undefined;
  if (await context.fs.stat(join(draft, libraryFile.draft))) return await setDraftAside(context, udid);
  await context.fs.removeTree(draft);
  return undefined;
}

export async function setDraftAside(context: LibraryContext, udid: string): Promise<string> {
  const name = `${libraryFile.setAside}${entryName(context.now())}`;
  await context.fs.rename(context.layout.draft(udid), join(context.layout.device(udid), name));
  return name;
}
