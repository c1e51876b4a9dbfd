import { join } from 'node:path';
import { hasEncryptedDatabase, type ManifestPlist } from '../format/manifest-plist.ts';
import { appleFile } from '../format/names.ts';
import { compileSelection, selectionText } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import { backupRecordJson, type BackupRecord } from './backup-record.ts';
import { checksumName } from './checksum-file.ts';
import type { LibraryContext } from './context.ts';
import type { DraftRecord } from './draft-record.ts';
import { freeName } from './entry-names.ts';
import type { GatherResult } from './gather.ts';
import { writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';
import type { PrunePart } from './prune-backup.ts';
import { mergeParts } from './prune-manifest.ts';
import { pruneInfoPlist, pruneManifestPlist, type KeptParts } from './prune-plists.ts';
import type { CustomOptions } from './prune.ts';
import { runTask } from './run-task.ts';
import { keepSpare } from './spare.ts';
import type { HistoryEntry } from './types.ts';

const maxPlist = 256 << 20;
/** Choosing and linking are shared by so many; one more would wait for the disk like these. */
const threads = 2;

/** Where the draft's content came from. */
export interface ContentBase {
  /** The newest complete backup. */
  readonly reference: HistoryEntry | undefined;
  /** Whether the draft began as its clone. */
  readonly isClone: boolean;
}

/** The folder in which a custom backup grows. */
export class CustomStaging {
  readonly #context: LibraryContext;
  readonly #record: DraftRecord;
  readonly #database: string;
  readonly #options: CustomOptions;
  readonly folder: string;
  /** Apple folder of the draft. */
  readonly source: string;
  readonly #target: string;

  /** `database`: where the plain new manifest may lie. */
  constructor(context: LibraryContext, record: DraftRecord, database: string, options: CustomOptions) {
    this.#context = context;
    this.#record = record;
    this.#database = database;
    this.#options = options;
    this.folder = context.layout.custom(record.udid);
    this.source = join(context.layout.draft(record.udid), record.udid);
    this.#target = join(this.folder, record.udid);
  }

  /** Chooses rows and links their content. Throws `data.selection-empty`. */
  async choose({ isEncrypted }: ManifestPlist): Promise<PrunePart> {
    const { fs } = this.#context;
    const { selection, apps, signal, onProgress } = this.#options;
    await fs.removeTree(this.folder);
    for (const path of [this.folder, this.#target, join(this.folder, libraryFile.incoming)]) await fs.makeDirectory(path);
    const request = { manifest: this.#options.manifest.database, from: this.source, to: this.#target, isEncrypted, selection, apps, parts: threads };
    const work = Array.from({ length: threads }, (_, part) => runTask(fs, 'pruneBackup', { ...request, part }, { signal, onProgress }));
    const chosen = mergeParts(await allOf(work));
    if (chosen.files === 0) throw new DataError('data.selection-empty', 'Nothing that the device sent is selected', { subject: this.#record.selection?.replaceAll('\n', ', ') });
    return chosen;
  }

  /**
   * Plists, manifest and checksums, one after the other: side by side they would need the memory of all. What this backup
   * alone occupies is counted on the way.
   */
  async complete(manifest: ManifestPlist, chosen: PrunePart, base: ContentBase): Promise<GatherResult> {
    await this.#writeManifest(manifest, chosen);
    const gathered = await this.#gather(base);
    if (gathered.files !== chosen.files) throw new DataError('data.damaged', 'The custom backup does not agree with its manifest', { subject: this.folder });
    const list = await this.#context.fs.stat(join(this.folder, checksumName));
    return { ...gathered, ownSize: gathered.ownSize + (list?.size ?? 0) };
  }

  async #writeManifest(manifest: ManifestPlist, { kept, domains }: PrunePart): Promise<void> {
    const { fs } = this.#context;
    const { selection, apps, signal } = this.#options;
    await this.#writeNamed({ domains, apps, matches: compileSelection(selection, apps), selection: selectionText(selection) });
    await runTask(fs, 'pruneManifest', { manifest: this.#options.manifest.database, database: this.#database, kept }, { signal });
    const key = hasEncryptedDatabase(manifest) && manifest.manifestKey ? this.#options.manifest.keybag?.unwrap(manifest.manifestKey) : undefined;
    await runTask(fs, 'sealFile', { from: this.#database, to: join(this.#target, appleFile.database), key }, { signal });
  }

  async #writeNamed(kept: KeptParts): Promise<void> {
    const { fs } = this.#context;
    await this.#rewrite(appleFile.manifest, (bytes) => pruneManifestPlist(bytes, kept));
    if (await fs.stat(join(this.source, appleFile.info))) await this.#rewrite(appleFile.info, (bytes) => pruneInfoPlist(bytes, kept));
    await fs.copyFile(join(this.source, appleFile.status), join(this.#target, appleFile.status));
  }

  async #rewrite(name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
    const { fs } = this.#context;
    await fs.writeFileAtomically(join(this.#target, name), change(await fs.readFile(join(this.source, name), maxPlist)));
  }

  /** Checksums of the content: by the draft's journal for what was received, by the reference's list for what was linked from it. */
  async #gather({ reference, isClone }: ContentBase): Promise<GatherResult> {
    const { fs, layout } = this.#context;
    const { udid } = this.#record;
    await fs.copyFile(join(layout.draft(udid), libraryFile.journal), join(this.folder, libraryFile.journal));
    const request = { draft: this.folder, udid, reference: reference?.path, isClone, manifest: undefined, isStaged: true };
    return await runTask(fs, 'gatherContent', request, { signal: this.#options.signal });
  }

  /** Answers the new entry's id. */
  async publish(entry: BackupRecord, more: Readonly<Record<string, unknown>>): Promise<string> {
    const { fs, layout } = this.#context;
    const { udid } = this.#record;
    for (const name of [libraryFile.journal, libraryFile.incoming]) await fs.removeTree(join(this.folder, name));
    await writeJson(fs, join(this.folder, libraryFile.backup), backupRecordJson(entry, more));
    const id = await freeName(this.#context, udid, entry.date);
    await keepSpare(this.#context, udid, id, this.folder);
    await fs.sync(this.folder, layout.spare(udid));
    await fs.rename(this.folder, layout.entry(udid, id));
    await fs.syncFolder(layout.device(udid));
    return id;
  }
}

/** Results of all; the first failure only when nothing works on the folder any more. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}
