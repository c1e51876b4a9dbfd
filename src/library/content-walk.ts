import { join } from 'node:path';
import { appleFile, fileIdPattern } from '../format/names.ts';
import { contentPath } from './checksum-file.ts';
import type { BlockingFileSystem, DirectoryEntry } from './file-system.ts';
import { allIds, type IdRange } from './journal.ts';

export interface ContentFile {
  readonly id: string;
  /** Relative to the Apple folder. */
  readonly path: string;
}

/** Content files of an Apple folder, sorted by id: since iOS 10 in 256 folders, before in the folder itself. */
export function* contentFiles(files: BlockingFileSystem, apple: string, range: IdRange = allIds): Generator<ContentFile> {
  const isSharded = isShardedBackup(files, apple);
  const names = files.readDirectory(apple);
  const flat = isSharded ? [] : idsOf(names);
  const shards = new Set(names.map(({ name }) => name));
  for (let shard = range.from; shard < range.to; shard++) {
    const prefix = shard.toString(16).padStart(2, '0');
    if (isSharded && !shards.has(prefix)) continue;
    const ids = isSharded ? idsOf(files.readDirectory(join(apple, prefix))) : flat;
    for (const id of ids) if (id.startsWith(prefix)) yield { id, path: contentPath(id, isSharded) };
  }
}

/** Backups of iOS 9 and older have Manifest.mbdb and no folders. */
const isShardedBackup = (files: BlockingFileSystem, apple: string): boolean =>
  files.stat(join(apple, appleFile.database)) !== undefined || files.stat(join(apple, appleFile.oldDatabase)) === undefined;

const idsOf = (entries: readonly DirectoryEntry[]): string[] =>
  entries.flatMap(({ name, kind }) => (kind === 'file' && fileIdPattern.test(name) ? [name] : []));
