import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checksumName, readChecksums } from './checksum-file.ts';
import { ownFiles } from './clone.ts';
import { FileHasher } from './hashing.ts';
import type { TaskContext } from './task.ts';

export interface RepairRequest {
  readonly udid: string;
  readonly entry: string;
  /** Folder with copies of the entry's plists and manifest. */
  readonly spare: string;
}

/** Replaces lost or damaged plists and manifests of an entry by its spare copies, where those have the recorded checksum. Answers their names. */
export function repairNamed(context: TaskContext, { udid, entry, spare }: RepairRequest): { readonly repaired: readonly string[] } {
  const { files } = context;
  const hasher = new FileHasher(files, (bytes) => context.advance(0, bytes));
  const repaired: string[] = [];
  for (const { path, sha256 } of readChecksums(files, join(entry, checksumName))) {
    const name = path.slice(udid.length + 1);
    if (!ownFiles.includes(name) || hasher.hash(join(entry, path))?.sha256.toString('hex') === sha256) continue;
    if (hasher.hash(join(spare, name))?.sha256.toString('hex') !== sha256) continue;
    // Another process may repair the same entry.
    const temporary = join(entry, `repair-${randomBytes(6).toString('hex')}.tmp`);
    files.copyFile(join(spare, name), temporary);
    files.rename(temporary, join(entry, path));
    repaired.push(name);
  }
  return { repaired };
}
