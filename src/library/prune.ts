import { basename, join } from 'node:path';
import { hasEncryptedDatabase, type ManifestPlist } from '../format/manifest-plist.ts';
import { appleFile } from '../format/names.ts';
import { compileSelection, selectionText } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import { backupRecordJson, type BackupRecord } from './backup-record.ts';
import type { LibraryContext } from './context.ts';
import type { DraftRecord } from './draft-record.ts';
import { changeRecord, newestComplete, readEntry } from './entries.ts';
import { freeName } from './entry-names.ts';
import type { GatherResult } from './gather.ts';
import { writeJson } from './json-file.ts';
import { libraryFile } from './layout.ts';
import type { OpenBackup } from './open-backup.ts';
import type { PruneResult } from './prune-backup.ts';
import { pruneInfoPlist, pruneManifestPlist, type KeptParts } from './prune-plists.ts';
import { checkDraft, heal, noteDevice, type PublishOptions } from './publish.ts';
import { runTask } from './run-task.ts';
import { makeScratch } from './scratch.ts';
import { dropOlderSpares, keepSpare } from './spare.ts';
import type { HistoryEntry } from './types.ts';

export interface CustomOptions extends Omit<PublishOptions, 'plainManifest'> {
  /** The draft's own manifest. */
  readonly manifest: OpenBackup;
  readonly selection: Selection;
  /** Which groups and extensions belong to which app. */
  readonly apps: readonly AppDomains[];
}

export interface CustomResult extends Pick<PruneResult, 'missing' | 'unproven'> {
  readonly entry: HistoryEntry;
}

const maxPlist = 256 << 20;

/**
 * Makes a backup of the chosen part of a finished draft, in a staging folder beside it: links to the chosen content, a
 * manifest written afresh, its own checksums. It is compared with its manifest before the one rename that publishes it;
 * the draft, and with it everything that was not chosen, is deleted after that.
 *
 * Throws `data.selection-empty` when nothing is chosen, `data.damaged` when the result is not sound; the draft stays.
 */
export async function publishCustom(context: LibraryContext, record: DraftRecord, base: HistoryEntry | undefined, options: CustomOptions): Promise<CustomResult> {
  const scratch = await makeScratch(context);
  const staging = new Staging(context, record, join(scratch, appleFile.database), options);
  try {
    const { manifest } = await checkDraft(context, staging.source);
    const pruned = await staging.prune(manifest);
    const reference = base ?? (await newestComplete(context, record.udid));
    const gathered = await staging.gather(reference, base !== undefined);
    await staging.verify();
    const entry = describe(context, { record, manifest, pruned, gathered, options });
    const id = await staging.publish(entry, { madeBy: options.madeBy, missing: pruned.missing });
    // The backup exists: what is left undone here is no reason to call the run a failure.
    await keepHouse(context, record, id, reference).catch(() => {});
    await heal(context, record.udid, id, gathered.healable).catch(() => 0);
    return { entry: await readEntry(context, record.udid, id), missing: pruned.missing, unproven: pruned.unproven };
  } finally {
    await context.fs.removeTree(scratch);
    await context.fs.removeTree(staging.folder).catch(() => {});
  }
}

/** The folder in which a custom backup grows. */
class Staging {
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

  async prune(manifest: ManifestPlist): Promise<PruneResult> {
    const { fs } = this.#context;
    const { selection, apps, signal, onProgress } = this.#options;
    await fs.removeTree(this.folder);
    for (const path of [this.folder, this.#target, join(this.folder, libraryFile.incoming)]) await fs.makeDirectory(path);
    const request = { manifest: this.#options.manifest.database, from: this.source, to: this.#target, database: this.#database, selection, apps };
    const pruned = await runTask(fs, 'pruneBackup', request, { signal, onProgress });
    if (pruned.files === 0) throw new DataError('data.selection-empty', 'Nothing that the device sent is selected', { subject: this.#record.selection });
    await this.#writeNamed({ domains: pruned.domains, apps, matches: compileSelection(selection, apps), selection: selectionText(selection) });
    const key = hasEncryptedDatabase(manifest) && manifest.manifestKey ? this.#options.manifest.keybag?.unwrap(manifest.manifestKey) : undefined;
    await runTask(fs, 'sealFile', { from: this.#database, to: join(this.#target, appleFile.database), key }, { signal });
    return pruned;
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

  /** Checksums: by the draft's journal for what was received, by the reference's list for what was linked from it. */
  async gather(reference: HistoryEntry | undefined, isClone: boolean): Promise<GatherResult> {
    const { fs, layout } = this.#context;
    const { udid } = this.#record;
    await fs.copyFile(join(layout.draft(udid), libraryFile.journal), join(this.folder, libraryFile.journal));
    const request = { draft: this.folder, udid, reference: reference?.path, isClone, manifest: this.#database };
    return await runTask(fs, 'gatherContent', request, { signal: this.#options.signal });
  }

  async verify(): Promise<void> {
    const { keybag } = this.#options.manifest;
    const request = { apple: this.#target, manifest: this.#database, keys: keybag?.keys };
    const { damage, unlisted } = await runTask(this.#context.fs, 'verifyStructure', request, { signal: this.#options.signal });
    const [first] = damage;
    if (!first) return;
    throw new DataError('data.damaged', `${damage.length + unlisted} rows of the custom backup are not sound (${first.code})`, { subject: first.path });
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

interface Description {
  readonly record: DraftRecord;
  readonly manifest: ManifestPlist;
  readonly pruned: PruneResult;
  readonly gathered: GatherResult;
  readonly options: CustomOptions;
}

const describe = (context: LibraryContext, { record, manifest, pruned, gathered, options }: Description): BackupRecord => ({
  udid: record.udid,
  deviceName: record.deviceName,
  productType: record.productType ?? manifest.device.productType,
  iosVersion: record.iosVersion ?? manifest.device.iosVersion,
  date: context.now(),
  kind: 'custom',
  isEncrypted: manifest.isEncrypted,
  isComplete: false,
  files: gathered.files,
  size: gathered.size,
  ownSize: gathered.ownSize,
  duration: options.duration,
  isLocked: false,
  verification: undefined,
  selection: record.selection,
  leftOut: pruned.leftOut,
  note: options.note,
});

/** What each entry alone occupies is known only when the draft's links are gone. */
async function keepHouse(context: LibraryContext, record: DraftRecord, id: string, reference: HistoryEntry | undefined): Promise<void> {
  const { udid } = record;
  await runTask(context.fs, 'removeTrees', { paths: [context.layout.draft(udid)] });
  await noteDevice(context, record);
  for (const each of [id, ...(reference ? [reference.id] : [])]) {
    const { bytes } = await runTask(context.fs, 'measureExclusive', { udid, entries: [context.layout.entry(udid, each)] });
    await changeRecord(context, { udid, id: each }, { ownSize: bytes });
  }
  const complete = await newestComplete(context, udid);
  await dropOlderSpares(context, udid, ...new Set([id, ...(complete ? [basename(complete.path)] : [])]));
}
