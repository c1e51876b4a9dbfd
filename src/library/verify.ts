import { join } from 'node:path';
import { parseKeybag } from '../format/keybag.ts';
import { hasEncryptedDatabase, readManifestPlist, type ManifestPlist } from '../format/manifest-plist.ts';
import { ManifestReader } from '../format/manifest-reader.ts';
import { appleFile, fileIdPattern } from '../format/names.ts';
import { DataError } from '../shared/errors.ts';
import type { BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import { isRefusal } from './disk-error.ts';
import { changeRecord, hasIntactRecord } from './entries.ts';
import { libraryFile } from './layout.ts';
import { openBackup, type OpenBackup } from './open-backup.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import type { TaskProgress } from './task.ts';
import type { Damage, Finding, HistoryEntry, VerificationRecord } from './types.ts';

export interface VerifyOptions extends TaskOptions {
  readonly level: VerificationRecord['level'];
  readonly password?: string | undefined;
}

export interface VerifyResult {
  readonly record: VerificationRecord;
  readonly damage: readonly Damage[];
  readonly notes: readonly Finding[];
}

const byteThreads = 2;
const maxPlist = 64 << 20;
const idLength = 40;
const lossCodes: ReadonlySet<Damage['code']> = new Set(['missing', 'changed', 'unreadable']);

interface Found {
  readonly damage: readonly Damage[];
  /** Beyond what is listed. */
  readonly unlisted: number;
}

interface FoundBytes extends Found {
  /** Of content. */
  readonly files: number;
  readonly bytes: number;
}

const nothing: FoundBytes = { damage: [], unlisted: 0, files: 0, bytes: 0 };

/** Checks one entry and writes the result into its record. A wrong password is an error of the call, not damage. */
export async function verifyEntry(context: LibraryContext, entry: HistoryEntry, options: VerifyOptions): Promise<VerifyResult> {
  const opened = await openForVerify(context, entry, options);
  try {
    const structure = await checkStructure(context, entry, opened, options);
    const bytes = options.level === 'structure' ? nothing : await checkBytes(context, entry, options);
    const hasRecord = await hasIntactRecord(context, entry);
    const ownRecord = hasRecord ? [] : [unnamed('changed', libraryFile.backup)];
    const damage = nameDamage(opened.backup, [...opened.damage, ...structure.damage, ...bytes.damage, ...ownRecord]);
    const level = options.level === 'unlock' && !opened.backup?.keybag ? 'bytes' : options.level;
    const record: VerificationRecord = { at: context.now(), level, result: damage.length === 0 ? 'good' : 'damaged', damagedFiles: damage.length + structure.unlisted + bytes.unlisted };
    const isWhole = opened.backup !== undefined && damage.length === ownRecord.length;
    const rebuilt = hasRecord || options.level === 'structure' ? {} : await countAnew(context, entry, bytes, isWhole);
    if (!context.isReadOnly) await changeRecord(context, entry, { ...rebuilt, verification: record }).catch(unlessRefused);
    return { record, damage, notes: [...opened.notes, ...hopeFor(damage, entry)] };
  } finally {
    await opened.backup?.close();
  }
}

/** What was found is worth telling where the disk, being read-only, does not keep it. */
function unlessRefused(error: unknown): void {
  if (!isRefusal(error)) throw error;
}

/** What a lost record said of the files. With its manifest compared, and by its own word not a part only, it may be a base again. */
async function countAnew(context: LibraryContext, entry: HistoryEntry, { files, bytes }: FoundBytes, isWhole: boolean): Promise<Partial<BackupRecord>> {
  const own = await runTask(context.fs, 'measureExclusive', { udid: entry.udid, entries: [entry.path] });
  return { files, size: bytes, ownSize: own.bytes, isComplete: isWhole && entry.selection === undefined };
}

interface OpenedForVerify {
  readonly backup: OpenBackup | undefined;
  readonly damage: readonly Damage[];
  readonly notes: readonly Finding[];
}

/** Without a password an encrypted manifest stays closed, which is said. */
async function openForVerify(context: LibraryContext, entry: HistoryEntry, options: VerifyOptions): Promise<OpenedForVerify> {
  const apple = join(entry.path, entry.udid);
  try {
    const manifest = readManifestPlist(await context.fs.readFile(join(apple, appleFile.manifest), maxPlist));
    const notes = weaknessOf(manifest);
    if (options.password === undefined && hasEncryptedDatabase(manifest)) {
      return { backup: undefined, damage: [], notes: [{ code: 'verify.bytes-only', severity: 'info', facts: { udid: entry.udid, id: entry.id } }, ...notes] };
    }
    return { backup: await openBackup(context, apple, options.password, options.signal), damage: [], notes };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { backup: undefined, damage: [unnamed('manifest', `${entry.udid}/${appleFile.manifest}`)], notes: [] };
  }
}

/** A wrong password is none, and neither is a disk that refuses us. */
function isDamage(error: unknown): boolean {
  if (error instanceof DataError) return error.code !== 'data.password';
  return ['host.missing', 'ENOENT'].includes((error as { readonly code?: string }).code ?? '');
}

/** Before iOS 10.2 a thousand times as many passwords could be tried in the same time. */
function weaknessOf({ isEncrypted, keybag }: ManifestPlist): Finding[] {
  const isWeak = isEncrypted && keybag !== undefined && parseKeybag(keybag).doubleProtection === undefined;
  return isWeak ? [{ code: 'verify.weak-key', severity: 'info', facts: {} }] : [];
}

/** Whether damaged content can come back: a phone sends plain files again as they were, encrypted ones under other keys. */
function hopeFor(damage: readonly Damage[], { isEncrypted }: HistoryEntry): Finding[] {
  const count = damage.filter(({ code, path }) => lossCodes.has(code) && fileIdPattern.test(path.slice(-idLength))).length;
  if (count === 0) return [];
  return [{ code: isEncrypted ? 'verify.not-healable' : 'verify.healable', severity: isEncrypted ? 'warning' : 'info', facts: { count } }];
}

async function checkStructure(context: LibraryContext, entry: HistoryEntry, opened: OpenedForVerify, options: VerifyOptions): Promise<Found> {
  const apple = join(entry.path, entry.udid);
  const { backup } = opened;
  const request = { apple, manifest: backup?.database, keys: backup?.keybag?.keys };
  const { damage, unlisted } = await runTask(context.fs, 'verifyStructure', request, { signal: options.signal });
  const known = new Set(opened.damage.map(({ path }) => path));
  const files = damage.map((item) => ({ ...item, path: item.code === 'row' ? `${entry.udid}/${appleFile.database}` : `${entry.udid}/${item.path}` }));
  return { damage: files.filter((item) => item.code === 'row' || !known.has(item.path)), unlisted };
}

/** Two threads: one reads while the other computes. */
async function checkBytes(context: LibraryContext, entry: HistoryEntry, options: VerifyOptions): Promise<FoundBytes> {
  const figures: TaskProgress[] = [];
  const results = await Promise.all(
    Array.from({ length: byteThreads }, (_, index) => {
      const range = { from: (256 * index) / byteThreads, to: (256 * (index + 1)) / byteThreads };
      const onProgress = (progress: TaskProgress): void => {
        figures[index] = progress;
        options.onProgress?.(figures.reduce((sum, item) => ({ files: sum.files + item.files, bytes: sum.bytes + item.bytes }), { files: 0, bytes: 0 }));
      };
      return runTask(context.fs, 'verifyBytes', { entry: entry.path, udid: entry.udid, range }, { signal: options.signal, onProgress });
    }),
  );
  return {
    damage: results.flatMap(({ damage }) => damage.map(({ code, path }) => unnamed(code, path))),
    unlisted: results.reduce((sum, { unlisted }) => sum + unlisted, 0),
    files: results.reduce((sum, { files }) => sum + files, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Gives damaged files their domain and path, and drops what two checks found alike. */
function nameDamage(backup: OpenBackup | undefined, damage: readonly Damage[]): Damage[] {
  const unique = new Map<string, Damage>();
  for (const item of damage) {
    const key = `${item.path} ${item.code === 'row' ? (item.relativePath ?? '') : ''}`;
    if (!unique.has(key)) unique.set(key, item);
  }
  const manifest = backup && openOrUndefined(backup.database);
  try {
    return [...unique.values()].map((item) => named(manifest, item));
  } finally {
    manifest?.close();
  }
}

function named(manifest: ManifestReader | undefined, damage: Damage): Damage {
  if (damage.domain !== undefined || !manifest) return damage;
  try {
    const row = manifest.row(damage.path.slice(-40));
    return row ? { ...damage, domain: row.domain, relativePath: row.relativePath } : damage;
  } catch (error) {
    if (error instanceof DataError) return damage;
    throw error;
  }
}

function openOrUndefined(path: string): ManifestReader | undefined {
  try {
    return ManifestReader.open(path);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

const unnamed = (code: Damage['code'], path: string): Damage => ({ code, path, domain: undefined, relativePath: undefined });
