import { homedir } from 'node:os';
import { join } from 'node:path';
import { DataError, HostError } from '../shared/errors.ts';
import { findAppleFolder, type AppleFolder } from './apple-folder.ts';
import type { LibraryContext } from './context.ts';
import { isRefusal, onDisk } from './disk-error.ts';
import type { DraftRequest } from './draft-record.ts';
import { Draft } from './draft.ts';
import { discardDrafts, draftEntries } from './drafts.ts';
import { changeRecord, deviceIds, entriesOf, readEntry } from './entries.ts';
import { openEntryFolder } from './open-entry-folder.ts';
import type { EntryFolder } from './entry-folder.ts';
import { newestFirst } from './entry-order.ts';
import { exportBackup } from './export.ts';
import type { FileSystem } from './file-system.ts';
import { findForeign, type ForeignBackups } from './foreign.ts';
import { importBackup } from './import.ts';
import { jsonNumber, readJson, writeJson } from './json-file.ts';
import { Layout, libraryFile } from './layout.ts';
import type { ContentSizes, MeasureContentRequest } from './measure-content.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { checkPlacement } from './placement.ts';
import { expectPlace } from './place.ts';
import { openBackup, type OpenBackup } from './open-backup.ts';
import { startReading, whileReading } from './reading-lock.ts';
import { opensKeybag } from './open-keybag.ts';
import { readRunRecord, removeRunRecord, writeRunRecord } from './run-record.ts';
import { runTask, type TaskOptions } from './run-task.ts';
import { sweepScratch } from './scratch.ts';
import { emptyTrash, moveToTrash, trashEntries, undelete } from './trash.ts';
import type { Damage, DraftEntry, Finding, HistoryEntry, RunRecord, TrashEntry } from './types.ts';
import { verifyEntry, type VerifyOptions, type VerifyResult } from './verify.ts';

export interface LibraryOptions {
  /** Clock for the names of entries. */
  readonly now?: () => Date;
}

export interface LibraryHistory {
  readonly entries: readonly HistoryEntry[];
  readonly drafts: readonly DraftEntry[];
  readonly trash: readonly TrashEntry[];
  /** The last runs that did not end well, or go on at this moment; one of a device at most. */
  readonly runs: readonly RunRecord[];
  readonly problems: readonly Finding[];
}

const formatVersion = 1;

/** The folder that holds all backups of all devices. Cheap to open; holds nothing open by itself. */
export class Library {
  readonly #context: LibraryContext;
  #placement: Promise<readonly Finding[]> | undefined;

  private constructor(context: LibraryContext) {
    this.#context = context;
  }

  /**
   * Opens the library in `folder`, and makes one in an existing folder where nothing is. A library of a newer format is read
   * only. Throws `host.missing` when the disk is not connected, `host.not-a-folder`.
   */
  static async open(folder: string, fs: FileSystem = new NodeFileSystem(), options: LibraryOptions = {}): Promise<Library> {
    return await onDisk(folder, async () => {
      await expectPlace(fs, folder);
      await fs.makeDirectory(folder);
      const root = await fs.realPath(folder);
      const isReadOnly = await readFormat(fs, root);
      const context = { fs, layout: new Layout(root), isReadOnly, now: options.now ?? (() => new Date()) };
      await sweepScratch(context);
      return new Library(context);
    });
  }

  get folder(): string {
    return this.#context.layout.root;
  }

  get isReadOnly(): boolean {
    return this.#context.isReadOnly;
  }

  /** Finished backups, newest first, of one device or of all. */
  async entries(udid?: string): Promise<HistoryEntry[]> {
    return await onDisk(this.folder, async () => {
      const devices = udid === undefined ? await deviceIds(this.#context) : [udid];
      const lists = await Promise.all(devices.map((device) => entriesOf(this.#context, device)));
      return newestFirst(lists.flat());
    });
  }

  /** Throws `HostError('host.missing')` when there is no such entry. */
  async entry(udid: string, id: string): Promise<HistoryEntry> {
    return await onDisk(this.folder, async () => {
      const path = this.#context.layout.entry(udid, id);
      if (!(await this.#context.fs.stat(path))) throw new HostError('host.missing', 'There is no such backup', { subject: path });
      return await readEntry(this.#context, udid, id);
    });
  }

  /** Starts or resumes the one draft of a device. Throws `host.locked` while another run works on it. */
  async startDraft(request: DraftRequest, signal?: AbortSignal): Promise<Draft> {
    this.#expectWritable();
    return await Draft.start(this.#context, request, signal);
  }

  /** Interrupted and running backups of all devices; nothing is written. */
  async drafts(): Promise<DraftEntry[]> {
    return await onDisk(this.folder, () => draftEntries(this.#context));
  }

  /** Drafts, deleted entries and entries of all devices; what could not be read, and what is wrong with the place, is among the problems. */
  async history(): Promise<LibraryHistory> {
    return await onDisk(this.folder, async () => {
      const entries = await this.entries();
      return {
        entries,
        drafts: await draftEntries(this.#context),
        trash: await trashEntries(this.#context),
        runs: await this.#runs(),
        problems: [...(await this.placement()), ...unreadableEntries(entries)],
      };
    });
  }

  /** What is wrong with the folder as the place of backups; looked at once. */
  placement(): Promise<readonly Finding[]> {
    const { fs, isReadOnly, layout } = this.#context;
    const newer: Finding = { code: 'library.newer', severity: 'warning', facts: { folder: layout.root } };
    this.#placement ??= isReadOnly ? Promise.resolve([newer]) : checkPlacement(fs, layout.root);
    return this.#placement;
  }

  /** Backups of Apple's programs in their usual places. */
  findForeign(): Promise<ForeignBackups> {
    return findForeign(this.#context.fs, { platform: process.platform, home: homedir(), environment: process.env });
  }

  /** Whether the library is where it was opened; its disk may have gone. */
  async isThere(): Promise<boolean> {
    const facts = await this.#context.fs.stat(join(this.folder, libraryFile.library)).catch(() => undefined);
    return facts !== undefined;
  }

  /** Throws `data.password` when an encrypted entry's password is wrong; without one only its bytes are checked, which is noted. */
  verify(entry: HistoryEntry, options: VerifyOptions): Promise<VerifyResult> {
    return onDisk(entry.path, () => whileReading(this.#context, entry.path, () => verifyEntry(this.#context, entry, options)));
  }

  /** Puts back lost or damaged plists and manifests from their copies, which the newest entry has; answers their names. A disk that is read-only stays as it is. */
  async repair(entry: HistoryEntry): Promise<readonly string[]> {
    this.#expectWritable();
    const { fs, layout } = this.#context;
    return await onDisk(entry.path, async () => {
      const spare = join(layout.spare(entry.udid), entry.id);
      if (!(await fs.stat(spare))) return [];
      const task = runTask(fs, 'repairNamed', { udid: entry.udid, entry: entry.path, spare });
      return await task.then(({ repaired }) => repaired, nothingIfRefused);
    });
  }

  /** Protects an entry against deletion, or takes the protection away. */
  async setLocked(entry: Pick<HistoryEntry, 'udid' | 'id'>, isLocked: boolean): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => changeRecord(this.#context, entry, { isLocked }));
  }

  async setNote(entry: Pick<HistoryEntry, 'udid' | 'id'>, note: string | undefined): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => changeRecord(this.#context, entry, { note }));
  }

  /** Throws `host.entry-locked`, `host.base-of-draft`, `host.entry-in-use` while it is read, here or by another process, or `host.locked`. */
  async delete(entry: HistoryEntry): Promise<{ readonly trashId: string; readonly bytesToFree: number }> {
    this.#expectWritable();
    return await onDisk(entry.path, () => moveToTrash(this.#context, entry));
  }

  async undelete(trashId: string): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => undelete(this.#context, trashId));
  }

  async emptyTrash(options: TaskOptions = {}): Promise<{ readonly bytesFreed: number }> {
    this.#expectWritable();
    return await onDisk(this.folder, () => emptyTrash(this.#context, options));
  }

  /** Copies another program's backup into the library; `folder` is the Apple folder or holds exactly one. */
  async importBackup(folder: string, options: TaskOptions = {}): Promise<HistoryEntry> {
    this.#expectWritable();
    return await onDisk(folder, () => importBackup(this.#context, folder, options));
  }

  /** Copies an entry to `folder/<UDID>`, for Finder, iTunes and others. */
  exportBackup(entry: HistoryEntry, folder: string, options: TaskOptions = {}): Promise<{ readonly path: string }> {
    return whileReading(this.#context, entry.path, () => exportBackup(this.#context, entry, folder, options));
  }

  /** The last run of a device where it did not end well, or goes on. */
  lastRun(udid: string): Promise<RunRecord | undefined> {
    return onDisk(this.folder, () => readRunRecord(this.#context, udid));
  }

  /** Notes that a run has begun, or how it failed. */
  async noteRun(run: RunRecord): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => writeRunRecord(this.#context, run));
  }

  /** Forgets the last run of a device: it has ended well. */
  async forgetRun(udid: string): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => removeRunRecord(this.#context, udid));
  }

  /** One draft of the device, by its `path`, or all of them. */
  async discardDrafts(udid: string, path?: string): Promise<void> {
    this.#expectWritable();
    await onDisk(this.folder, () => discardDrafts(this.#context, udid, path));
  }

  /** Any Apple folder, of this or another program: the folder itself or one that holds exactly one. */
  findAppleFolder(folder: string): Promise<AppleFolder> {
    return findAppleFolder(this.#context, folder);
  }

  /** The manifest of an Apple folder, decrypted where needed; to be closed. Throws `data.password`. */
  async openBackup(apple: string, password: string | undefined, signal?: AbortSignal): Promise<OpenBackup> {
    const reading = await startReading(this.#context, apple);
    try {
      const backup = await openBackup(this.#context, apple, password, signal);
      return { ...backup, close: () => backup.close().finally(() => reading.release()) };
    } catch (error) {
      reading.release();
      throw error;
    }
  }

  /** Whether `password` is that of an encrypted entry; asks its keybag alone, so that damage elsewhere hides nothing. */
  opensKeybag(entry: HistoryEntry, password: string, signal?: AbortSignal): Promise<boolean> {
    return onDisk(entry.path, () => opensKeybag(this.#context, entry, password, signal));
  }

  /** Adds up the files of an opened backup by category and domain, and what each selection takes of it. */
  measureContent(backup: OpenBackup, request: Omit<MeasureContentRequest, 'database'>, options: TaskOptions = {}): Promise<ContentSizes> {
    return onDisk(backup.database, () => runTask(this.#context.fs, 'measureContent', { ...request, database: backup.database }, options));
  }

  /** Compares an opened Apple folder with its own manifest; changes nothing, not even a record. */
  async inspect(apple: AppleFolder, backup: OpenBackup, signal?: AbortSignal): Promise<readonly Damage[]> {
    const request = { apple: apple.path, manifest: backup.database, keys: backup.keybag?.keys };
    return (await onDisk(apple.path, () => runTask(this.#context.fs, 'verifyStructure', request, { signal }))).damage;
  }

  /**
   * A view of an Apple folder for a restore to `target`; nothing the device asks changes it. The device knows the folder
   * as `source`. To be closed.
   */
  async openForRestore(apple: AppleFolder, target: string): Promise<EntryFolder> {
    return await onDisk(apple.path, () => openEntryFolder(this.#context, apple, target));
  }

  async #runs(): Promise<RunRecord[]> {
    const runs = await Promise.all((await deviceIds(this.#context)).map((udid) => readRunRecord(this.#context, udid)));
    return runs.filter((run) => run !== undefined);
  }

  #expectWritable(): void {
    if (this.isReadOnly) throw new HostError('host.newer-library', 'The library was written by a newer version', { subject: this.folder });
  }
}

function nothingIfRefused(error: unknown): [] {
  if (isRefusal(error)) return [];
  throw error;
}

/** Neither their record nor their manifest tells what they are. */
function unreadableEntries(entries: readonly HistoryEntry[]): Finding[] {
  const unreadable = entries.filter(({ deviceName, files, isComplete }) => deviceName === '' && files === 0 && !isComplete);
  return unreadable.map(({ id }) => ({ code: 'library.unreadable-entry', severity: 'warning', facts: { name: id } }));
}

/** Answers whether the library is of a newer format than this program knows. */
async function readFormat(fs: FileSystem, root: string): Promise<boolean> {
  const path = join(root, libraryFile.library);
  const json = await readJson(fs, path).catch((error: unknown) => {
    // Its only content is the version: a damaged one is written again.
    if (error instanceof DataError) return undefined;
    throw error;
  });
  const format = jsonNumber(json?.['format']);
  if (format === undefined) await writeJson(fs, path, { ...json, format: formatVersion });
  return format !== undefined && format > formatVersion;
}
