import { join } from 'node:path';
import { appleFile, fileIdPattern } from '../format/names.ts';
import type { BlockingFileSystem, DirectoryEntry } from './file-system.ts';
import type { TaskContext } from './task.ts';

export interface CloneRequest {
  /** Apple folder of the entry. */
  readonly from: string;
  /** Apple folder of the draft; exists. */
  readonly to: string;
}

export interface CloneResult {
  readonly files: number;
  /** Files that had to be copied because the file system has no hard links, or no more of them for this file. */
  readonly copied: number;
}

const shardPattern = /^[0-9a-f]{2}$/;
const linkRefusals = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL']);

/** One of the 256 folders that hold content since iOS 10. */
export const isShard = (name: string, kind: DirectoryEntry['kind']): boolean => kind === 'directory' && shardPattern.test(name);

/** Gives the draft all content files of an entry, as hard links; what is there already stays. */
export function cloneContent(context: TaskContext, request: CloneRequest): CloneResult {
  const { files } = context;
  const result = { files: 0, copied: 0 };
  for (const { name, kind } of files.readDirectory(request.from)) {
    const from = join(request.from, name);
    if (kind === 'file' && fileIdPattern.test(name)) cloneFile(context, from, join(request.to, name), result);
    if (!isShard(name, kind)) continue;
    const to = join(request.to, name);
    files.makeDirectory(to);
    for (const file of files.readDirectory(from)) {
      if (file.kind === 'file') cloneFile(context, join(from, file.name), join(to, file.name), result);
    }
  }
  return result;
}

function cloneFile(context: TaskContext, from: string, to: string, result: { files: number; copied: number }): void {
  if (!linkOrCopy(context.files, from, to)) result.copied++;
  result.files++;
  context.advance(1, 0);
}

/** Answers whether it is a link. A file that is there already is left as it is. */
export function linkOrCopy(files: BlockingFileSystem, from: string, to: string): boolean {
  try {
    files.link(from, to);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return true;
    if (!linkRefusals.has(code)) throw error;
    files.copyFile(from, to);
    return false;
  }
}

/** Files that a device reads and replaces at the root of its folder; each backup has its own copies. */
export const ownFiles: readonly string[] = [
  appleFile.info,
  appleFile.status,
  appleFile.manifest,
  appleFile.database,
  appleFile.oldDatabase,
];
