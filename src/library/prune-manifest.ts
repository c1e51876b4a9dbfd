import { ManifestWriter } from '../format/manifest-writer.ts';
import { appleFile } from '../format/names.ts';
import { DataError } from '../shared/errors.ts';
import type { PruneCounts, PrunePart } from './prune-backup.ts';
import { RowMarks, type MarkPages } from './row-marks.ts';
import type { TaskContext } from './task.ts';

export interface PruneManifestRequest {
  /** Plain Manifest.db of the whole backup. */
  readonly manifest: string;
  /** Where the plain Manifest.db of the custom backup is written; must not exist, and lies in a private folder. */
  readonly database: string;
  readonly kept: MarkPages;
}

/** Writes the manifest of a custom backup afresh, for in a database that rows were deleted from they stay readable. */
export function pruneManifest(context: TaskContext, { manifest, database, kept }: PruneManifestRequest): { readonly rows: number } {
  const marks = new RowMarks();
  marks.addAll(kept);
  const writer = new ManifestWriter(database);
  try {
    let rows = 0;
    writer.copyRows(manifest, (rowId) => marks.has(rowId), (count) => {
      rows += count;
      context.advance(0, 0);
    });
    if (rows !== marks.size) throw new DataError('data.manifest', 'Rows of the manifest were lost', { subject: appleFile.database });
    writer.finish();
    return { rows };
  } finally {
    writer.abandon();
  }
}

/** The parts of the work together; directories above files of several parts are in each of them. */
export function mergeParts(parts: readonly PrunePart[]): PrunePart {
  const marks = new RowMarks();
  for (const { kept } of parts) marks.addAll(kept);
  const sum = (figure: (counts: PruneCounts) => number): number => parts.reduce((total, part) => total + figure(part), 0);
  return {
    files: sum(({ files }) => files),
    missing: sum(({ missing }) => missing),
    unproven: sum(({ unproven }) => unproven),
    leftOut: { files: sum(({ leftOut }) => leftOut.files), bytes: sum(({ leftOut }) => leftOut.bytes) },
    domains: [...new Set(parts.flatMap(({ domains }) => domains))],
    kept: marks.pages,
  };
}
