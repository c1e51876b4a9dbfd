import { join } from 'node:path';
import { ChecksumCursor, checksumName } from './checksum-file.ts';
import { linkOrCopy } from './clone.ts';
import { FileHasher } from './hashing.ts';
import type { TaskContext } from './task.ts';

export interface HealRequest {
  /** Folder of the entry whose files are good. */
  readonly fresh: string;
  /** Folders of entries that may hold a damaged copy. */
  readonly entries: readonly string[];
  /** Content ids, sorted. */
  readonly ids: readonly string[];
}

/** Replaces damaged files of older entries by a new file whose SHA-256 is the one they recorded. Answers how many. */
export function healFiles(context: TaskContext, request: HealRequest): { readonly healed: number } {
  const sums = sumsOf(context, request.fresh, request.ids);
  const healed = request.entries.map((entry) => healEntry(context, request, entry, sums));
  return { healed: healed.reduce((sum, count) => sum + count, 0) };
}

interface Known {
  readonly sha256: string;
  readonly path: string;
}

function healEntry(context: TaskContext, request: HealRequest, entry: string, fresh: ReadonlyMap<string, Known>): number {
  const hasher = new FileHasher(context.files, (bytes) => context.advance(0, bytes));
  let healed = 0;
  for (const [id, { sha256, path }] of sumsOf(context, entry, request.ids)) {
    const good = fresh.get(id);
    if (good?.sha256 !== sha256) continue;
    const target = join(entry, path);
    if (hasher.hash(target)?.sha256.toString('hex') === sha256) continue;
    const temporary = join(entry, 'heal.tmp');
    context.files.remove(temporary);
    linkOrCopy(context.files, join(request.fresh, good.path), temporary);
    context.files.rename(temporary, target);
    healed++;
  }
  return healed;
}

function sumsOf(context: TaskContext, entry: string, ids: readonly string[]): Map<string, Known> {
  const wanted = new Set(ids);
  const sums = new Map<string, Known>();
  const cursor = new ChecksumCursor(context.files, join(entry, checksumName));
  try {
    for (; cursor.id !== undefined && sums.size < wanted.size; cursor.next()) {
      if (wanted.has(cursor.id)) sums.set(cursor.id, { sha256: cursor.sha256, path: cursor.path });
    }
  } finally {
    cursor.close();
  }
  return sums;
}
