import { join } from 'node:path';
import { hasEncryptedDatabase, readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { ManifestReader } from '../format/manifest-reader.ts';
import { appleFile, type BackupStatus } from '../format/names.ts';
import { readStatus } from '../format/status-plist.ts';
import { DataError } from '../shared/errors.ts';
import { backupRecordJson, type BackupRecord } from './backup-record.ts';
import { checksumName } from './checksum-file.ts';
import type { LibraryContext } from './context.ts';
import type { DraftRecord } from './draft-record.ts';
import { changeRecord, entriesOf, newestComplete, readEntry } from './entries.ts';
import { datedAfter } from './entry-order.ts';
import { freeName } from './entry-names.ts';
import type { GatherResult } from './gather.ts';
import { writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import { dropOlderSpares, keepSpare } from './spare.ts';
import type { HistoryEntry, TransferRecord } from './types.ts';

export interface PublishOptions extends TaskOptions {
  /** A decrypted Manifest.db in a private folder, so that an encrypted backup is compared with its manifest too. */
  readonly plainManifest?: string | undefined;
  /** Seconds that the run took. */
  readonly duration?: number | undefined;
  readonly transfer?: TransferRecord | undefined;
  readonly note?: string | undefined;
  /** Name and version of this program. */
  readonly madeBy?: string | undefined;
}

export interface PublishResult {
  readonly entry: HistoryEntry;
  /** The manifest was compared with the files; `false` for an encrypted one without `plainManifest`. */
  readonly wasCompared: boolean;
  /** Files that the manifest lists and the phone did not deliver: the entry is not complete and never a base. */
  readonly missing: number;
  /** Files without a row that were dropped. */
  readonly removed: number;
  /** Damaged files of earlier entries that were replaced by equal new ones. */
  readonly healed: number;
}

const maxPlist = 64 << 20;
const blockLength = 16;

/** Checks the draft's structure, lists its checksums, and renames it into the history. */
export async function publishDraft(context: LibraryContext, record: DraftRecord, base: HistoryEntry | undefined, options: PublishOptions): Promise<PublishResult> {
  const { fs, layout } = context;
  const draft = layout.draft(record.udid);
  const { manifest, status } = await checkDraft(context, join(draft, record.udid));
  await fs.removeTree(join(draft, record.udid, appleFile.snapshot));
  const reference = base ?? (await newestComplete(context, record.udid));
  const plain = options.plainManifest ?? (hasEncryptedDatabase(manifest) ? undefined : await plainDatabase(context, join(draft, record.udid)));
  const request = { draft, udid: record.udid, reference: reference?.path, isClone: base !== undefined, manifest: plain };
  const gathered = await runTask(fs, 'gatherContent', request, options);
  const entry = await describe(context, record, { manifest, status, gathered, isIncremental: base !== undefined, options });
  await writeJson(fs, join(draft, libraryFile.backup), backupRecordJson(entry, { madeBy: options.madeBy, missing: gathered.missing }));
  const id = await freeName(context, record.udid, entry.date);
  await keepSpare(context, record.udid, id, draft);
  await fs.sync(draft, layout.spare(record.udid));
  await fs.rename(draft, layout.entry(record.udid, id));
  await fs.syncFolder(layout.device(record.udid));
  // The backup exists: what is left undone here is no reason to call the run a failure.
  await keepHouse(context, record, id, reference, gathered).catch(() => {});
  const healed = await heal(context, record.udid, id, gathered.healable).catch(() => 0);
  return {
    entry: await readEntry(context, record.udid, id),
    wasCompared: plain !== undefined,
    missing: gathered.missing,
    removed: gathered.removed,
    healed,
  };
}

/** Throws `data.status`, `data.manifest` or `data.plist` for what is no finished backup. */
export async function checkDraft(context: LibraryContext, apple: string): Promise<{ manifest: ManifestPlist; status: BackupStatus }> {
  const status = readStatus(await context.fs.readFile(join(apple, appleFile.status), maxPlist));
  if (status.snapshotState !== 'finished') throw new DataError('data.status', `The backup ends in state ${status.snapshotState}`, { subject: appleFile.status });
  const manifest = readManifestPlist(await context.fs.readFile(join(apple, appleFile.manifest), maxPlist));
  const database = await context.fs.stat(join(apple, appleFile.database));
  if (hasEncryptedDatabase(manifest) && (!database || database.size === 0 || database.size % blockLength !== 0)) {
    throw new DataError('data.manifest', 'The encrypted manifest is missing or cut off', { subject: appleFile.database });
  }
  return { manifest, status };
}

/** Since iOS 10; throws `data.manifest` when it does not open. Backups of iOS 9 and older have another index. */
async function plainDatabase(context: LibraryContext, apple: string): Promise<string | undefined> {
  const path = join(apple, appleFile.database);
  if (!(await context.fs.stat(path)) && (await context.fs.stat(join(apple, appleFile.oldDatabase)))) return undefined;
  ManifestReader.open(path).close();
  return path;
}

interface Description {
  readonly manifest: ManifestPlist;
  readonly status: BackupStatus;
  readonly gathered: GatherResult;
  readonly isIncremental: boolean;
  readonly options: PublishOptions;
}

async function describe(context: LibraryContext, record: DraftRecord, facts: Description): Promise<BackupRecord> {
  const { gathered, manifest, options } = facts;
  const list = await context.fs.stat(join(context.layout.draft(record.udid), checksumName));
  const date = context.now();
  return {
    udid: record.udid,
    deviceName: record.deviceName,
    productType: record.productType ?? manifest.device.productType,
    iosVersion: record.iosVersion ?? manifest.device.iosVersion,
    date,
    kind: record.selection !== undefined ? 'custom' : facts.isIncremental && !facts.status.isFullBackup ? 'incremental' : 'full',
    isEncrypted: manifest.isEncrypted,
    isComplete: gathered.missing === 0 && record.selection === undefined,
    files: gathered.files,
    size: gathered.size,
    ownSize: gathered.ownSize + (list?.size ?? 0),
    duration: options.duration,
    ...(options.transfer && { transfer: options.transfer }),
    isLocked: false,
    verification: undefined,
    selection: record.selection,
    note: options.note,
    ...(await wrongClock(context, record.udid, date)),
  };
}

/** What makes an entry of this date the newest although others are dated later. */
export async function wrongClock(context: LibraryContext, udid: string, date: Date): Promise<Pick<BackupRecord, 'laterThan'>> {
  const laterThan = datedAfter(await entriesOf(context, udid), date);
  return laterThan.length > 0 ? { laterThan } : {};
}

async function keepHouse(context: LibraryContext, record: DraftRecord, id: string, reference: HistoryEntry | undefined, gathered: GatherResult): Promise<void> {
  const { fs, layout } = context;
  const entry = layout.entry(record.udid, id);
  await fs.removeTree(join(entry, libraryFile.incoming));
  await fs.remove(join(entry, libraryFile.journal));
  await fs.remove(join(entry, libraryFile.draft));
  await noteDevice(context, record);
  if (reference) await changeRecord(context, reference, { ownSize: gathered.referenceOwnSize + (await overhead(context, reference)) });
  await dropOlderSpares(context, record.udid, id);
}

/** `device.json` tells what a device was last called. */
export async function noteDevice({ fs, layout, now }: LibraryContext, record: DraftRecord): Promise<void> {
  const device = { name: record.deviceName, productType: record.productType, lastSeen: now() };
  await writeJson(fs, join(layout.device(record.udid), libraryFile.device), device);
}

/**
 * Replaces damaged files of the other entries by equal ones of entry `id`: those of `ids` wherever they are, and after a full
 * run, which brought everything anew, all of the entries that a verification found damaged.
 */
export async function heal(context: LibraryContext, udid: string, id: string, ids: readonly string[]): Promise<number> {
  const all = await entriesOf(context, udid);
  const others = all.filter((entry) => entry.id !== id);
  const isFull = all.some((entry) => entry.id === id && entry.kind === 'full');
  const suspects = others.filter(({ verification }) => isFull && verification?.result === 'damaged').map(({ path }) => path);
  if (ids.length === 0 && suspects.length === 0) return 0;
  const entries = ids.length === 0 ? [] : others.map(({ path }) => path).filter((path) => !suspects.includes(path));
  return (await runTask(context.fs, 'healFiles', { fresh: context.layout.entry(udid, id), entries, ids, suspects })).healed;
}

/** Bytes of an entry that are never shared: plists, manifest, checksums. */
async function overhead(context: LibraryContext, entry: HistoryEntry): Promise<number> {
  const names = [appleFile.info, appleFile.status, appleFile.manifest, appleFile.database, appleFile.oldDatabase];
  const paths = [...names.map((name) => join(entry.path, entry.udid, name)), join(entry.path, checksumName)];
  const facts = await Promise.all(paths.map((path) => context.fs.stat(path)));
  return facts.reduce((sum, fact) => sum + (fact?.size ?? 0), 0);
}
