import { join } from 'node:path';
import { fileId } from '../format/file-id.ts';
import { ManifestReader } from '../format/manifest-reader.ts';
import { ManifestWriter } from '../format/manifest-writer.ts';
import { fileFlag, fileIdPattern } from '../format/names.ts';
import { compileSelection, type SelectionPredicate } from '../selection/index.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import { contentPath } from './checksum-file.ts';
import { linkOrCopy } from './clone.ts';
import { Ancestors, isFileRow, isNamed, judgeRow, type NamedRow } from './prune-rows.ts';
import { RowMarks } from './row-marks.ts';
import type { TaskContext } from './task.ts';

export interface PruneRequest {
  /** Plain Manifest.db of the whole backup. */
  readonly manifest: string;
  /** Apple folder of the whole backup. */
  readonly from: string;
  /** Apple folder of the custom one; exists. */
  readonly to: string;
  /** Where the plain Manifest.db of the custom backup is written; must not exist, and lies in a private folder. */
  readonly database: string;
  readonly selection: Selection;
  readonly apps: readonly AppDomains[];
}

/** Files and the bytes that their records tell. */
export interface FileCount {
  readonly files: number;
  readonly bytes: number;
}

export interface PruneResult {
  readonly kept: FileCount;
  readonly leftOut: FileCount;
  /** Rows of the new manifest, directories and links included. */
  readonly rows: number;
  /** Domains of the new manifest, in its order. */
  readonly domains: readonly string[];
  /** Chosen files that the phone did not send: a row without its file would fail a restore, so it is left out. */
  readonly missing: number;
  /** Chosen rows whose id is not the SHA-1 of their name: nothing proves whose content theirs would be. */
  readonly unproven: number;
}

/**
 * Makes the content and the manifest of a custom backup: chosen files and links, the directories above them, and hard links
 * to the files' content. The manifest is written afresh, for in a database that rows were deleted from they stay readable.
 */
export const pruneBackup = (context: TaskContext, request: PruneRequest): PruneResult => new Pruner(context, request).run();

class Pruner {
  readonly #context: TaskContext;
  readonly #request: PruneRequest;
  readonly #matches: SelectionPredicate;
  readonly #chosen = new RowMarks();
  readonly #ancestors = new Ancestors();
  readonly #shards = new Set<string>();
  readonly #domains = new Set<string>();
  readonly #kept = { files: 0, bytes: 0 };
  readonly #leftOut = { files: 0, bytes: 0 };
  #missing = 0;
  #unproven = 0;
  #rows = 0;

  constructor(context: TaskContext, request: PruneRequest) {
    this.#context = context;
    this.#request = request;
    this.#matches = compileSelection(request.selection, request.apps);
  }

  run(): PruneResult {
    const manifest = ManifestReader.open(this.#request.manifest);
    try {
      this.#choose(manifest);
      this.#write(manifest);
    } finally {
      manifest.close();
    }
    return { kept: this.#kept, leftOut: this.#leftOut, rows: this.#rows, domains: [...this.#domains], missing: this.#missing, unproven: this.#unproven };
  }

  /** First pass: what is chosen, whose content goes to its new place, and what lies above it. */
  #choose(manifest: ManifestReader): void {
    let place = 0;
    for (const row of manifest.rows()) {
      if (isNamed(row) && this.#take(row)) {
        this.#chosen.set(place);
        this.#ancestors.addAbove(row);
      }
      place++;
      this.#context.advance(1, 0);
    }
  }

  #take(row: NamedRow): boolean {
    const { size, isSelected } = judgeRow(row, this.#matches);
    const isTaken = isSelected && this.#isProven(row) && (!isFileRow(row) || this.#takeContent(row.fileId));
    if (isFileRow(row)) {
      const count = isTaken ? this.#kept : this.#leftOut;
      count.files++;
      count.bytes += size;
    }
    return isTaken;
  }

  #isProven({ fileId: id, domain, relativePath }: NamedRow): boolean {
    const isProven = fileIdPattern.test(id) && id === fileId(domain, relativePath);
    if (!isProven) this.#unproven++;
    return isProven;
  }

  #takeContent(id: string): boolean {
    const { files } = this.#context;
    const { from, to } = this.#request;
    const path = contentPath(id, true);
    const shard = path.slice(0, 2);
    if (files.stat(join(from, path))?.kind !== 'file') {
      this.#missing++;
      return false;
    }
    if (!this.#shards.has(shard)) files.makeDirectory(join(to, shard));
    this.#shards.add(shard);
    linkOrCopy(files, join(from, path), join(to, path));
    return true;
  }

  /** Second pass, in the order of the first. */
  #write(manifest: ManifestReader): void {
    const writer = new ManifestWriter(this.#request.database);
    try {
      let place = 0;
      for (const row of manifest.rows()) {
        if (this.#chosen.has(place++) || this.#isAncestor(row.fileId, row.flags)) {
          writer.add(row);
          this.#rows++;
          if (row.domain !== undefined) this.#domains.add(row.domain);
        }
        this.#context.advance(0, 0);
      }
      writer.finish();
    } finally {
      writer.abandon();
    }
  }

  #isAncestor(id: string | undefined, flags: number | undefined): boolean {
    return id !== undefined && flags !== undefined && (flags & fileFlag.directory) !== 0 && fileIdPattern.test(id) && this.#ancestors.has(id);
  }
}
