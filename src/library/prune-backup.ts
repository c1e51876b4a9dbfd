import { join } from 'node:path';
import { ManifestReader } from '../format/manifest-reader.ts';
import { appleFile, fileIdPattern } from '../format/names.ts';
import { compileSelection, hasConditions, type SelectionPredicate } from '../selection/index.ts';
import { DataError } from '../shared/errors.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import { contentPath } from './checksum-file.ts';
import { linkOrCopy } from './clone.ts';
import { Ancestors, isDirectoryRow, isFileRow, isNamed, isProven, isSound, itemOf, recordOf, type NamedRow } from './prune-rows.ts';
import { RowMarks, type MarkPages } from './row-marks.ts';
import type { TaskContext } from './task.ts';

export interface PruneRequest {
  /** Plain Manifest.db of the whole backup. */
  readonly manifest: string;
  /** Apple folder of the whole backup. */
  readonly from: string;
  /** Apple folder of the custom one; exists. */
  readonly to: string;
  readonly isEncrypted: boolean;
  readonly selection: Selection;
  readonly apps: readonly AppDomains[];
  /** Which of how many stretches of the table, counted from 0: several threads share the work. */
  readonly part: number;
  readonly parts: number;
}

export interface PruneCounts {
  /** Content files of the whole backup that the custom one has not, and their bytes. */
  readonly leftOut: { readonly files: number; readonly bytes: number };
  readonly files: number;
  /** Chosen files that the phone did not send: a row without its file would fail a restore, so it is left out. */
  readonly missing: number;
  /**
   * Chosen rows that are left out because their id is not the SHA-1 of their name, so that nothing proves whose content
   * theirs would be, or because no device could restore them by their record.
   */
  readonly unproven: number;
  /** Domains of what is chosen. */
  readonly domains: readonly string[];
}

export interface PrunePart extends PruneCounts {
  /** Rows of the new manifest, directories and links included. */
  readonly kept: MarkPages;
}

/**
 * Chooses the rows of a custom backup, files and links with the directories above them, and links the files' content.
 * Directories come only with what is in them: the name of one whose files were all left out would tell of them.
 */
export const pruneBackup = (context: TaskContext, request: PruneRequest): PrunePart => new Pruner(context, request).run();

class Pruner {
  readonly #context: TaskContext;
  readonly #request: PruneRequest;
  readonly #matches: SelectionPredicate;
  readonly #hasConditions: boolean;
  readonly #kept = new RowMarks();
  readonly #ancestors = new Ancestors();
  readonly #shards = new Set<string>();
  readonly #domains = new Set<string>();
  readonly #leftOut = { files: 0, bytes: 0 };
  readonly #counts = { files: 0, missing: 0, unproven: 0 };

  constructor(context: TaskContext, request: PruneRequest) {
    this.#context = context;
    this.#request = request;
    this.#matches = compileSelection(request.selection, request.apps);
    this.#hasConditions = hasConditions(request.selection);
  }

  run(): PrunePart {
    const manifest = ManifestReader.open(this.#request.manifest);
    try {
      this.#choose(manifest);
      this.#addAncestors(manifest);
    } finally {
      manifest.close();
    }
    return { ...this.#counts, leftOut: this.#leftOut, domains: [...this.#domains], kept: this.#kept.pages };
  }

  /** What is chosen, whose content goes to its new place. */
  #choose(manifest: ManifestReader): void {
    for (const row of manifest.stretch(this.#request.part, this.#request.parts)) {
      if (isNamed(row) && !isDirectoryRow(row) && this.#take(row)) this.#keep(row);
      this.#context.advance(1, 0);
    }
  }

  #keep(row: NamedRow): void {
    this.#kept.set(row.rowId);
    this.#ancestors.addAbove(row);
    this.#domains.add(row.domain);
  }

  /** The records of rows that are not chosen are read only for conditions on what stands in them. */
  #take(row: NamedRow): boolean {
    const early = this.#hasConditions ? recordOf(row) : undefined;
    if (!this.#matches(itemOf(row, early))) return this.#leave(row);
    if (!isProven(row) || !isSound(row, early ?? recordOf(row), this.#request.isEncrypted)) {
      this.#counts.unproven++;
      return this.#leave(row);
    }
    if (!isFileRow(row)) return true;
    const isThere = this.#linkContent(row.fileId);
    this.#counts[isThere ? 'files' : 'missing']++;
    return isThere;
  }

  #leave(row: NamedRow): false {
    const facts = isFileRow(row) && fileIdPattern.test(row.fileId) ? this.#context.files.stat(`${this.#request.from}/${contentPath(row.fileId, true)}`) : undefined;
    if (facts) {
      this.#leftOut.files++;
      this.#leftOut.bytes += facts.size;
    }
    return false;
  }

  /** Answers whether there is any. */
  #linkContent(id: string): boolean {
    const { files } = this.#context;
    const { from, to } = this.#request;
    const path = contentPath(id, true);
    const shard = path.slice(0, 2);
    if (!this.#shards.has(shard)) files.makeDirectory(join(to, shard));
    this.#shards.add(shard);
    try {
      linkOrCopy(files, `${from}/${path}`, `${to}/${path}`);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Throws `data.damaged` where a directory above a chosen file has no sound row. */
  #addAncestors(manifest: ManifestReader): void {
    for (const row of manifest.directories()) {
      if (isNamed(row) && isProven(row) && isSound(row, recordOf(row), false) && this.#ancestors.take(row.fileId)) this.#kept.set(row.rowId);
      this.#context.advance(0, 0);
    }
    if (!this.#ancestors.areComplete) throw new DataError('data.damaged', 'A directory above a chosen file has no sound row', { subject: appleFile.database });
  }
}
