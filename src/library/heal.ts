import { join } from 'node:path';
import { ChecksumCursor, checksumName } from './checksum-file.ts';
import { linkOrCopy } from './clone.ts';
import { FileHasher } from './hashing.ts';
import type { TaskContext } from './task.ts';

export interface HealRequest {
  /** Folder of the entry whose files are good. */
  readonly fresh: string;
  /** Folders of entries in which the files of `ids` may be damaged. */
  readonly entries: readonly string[];
  /** Content ids. */
  readonly ids: readonly string[];
  /** Folders of entries in which any file may be damaged: all of them are read. */
  readonly suspects: readonly string[];
}

/** Replaces damaged files of older entries by a new file whose SHA-256 is the one they recorded. Answers how many. */
export function healFiles(context: TaskContext, { fresh, entries, ids, suspects }: HealRequest): { readonly healed: number } {
  const wanted = new Set(ids);
  let healed = 0;
  for (const entry of entries) healed += new Healer(context, fresh, entry).run((id) => wanted.has(id));
  for (const entry of suspects) healed += new Healer(context, fresh, entry).run(() => true);
  return { healed };
}

class Healer {
  readonly #context: TaskContext;
  readonly #hasher: FileHasher;
  readonly #fresh: string;
  readonly #entry: string;

  constructor(context: TaskContext, fresh: string, entry: string) {
    this.#context = context;
    this.#hasher = new FileHasher(context.files, (bytes) => context.advance(0, bytes));
    this.#fresh = fresh;
    this.#entry = entry;
  }

  /** Walks both lists of checksums side by side. */
  run(isWanted: (id: string) => boolean): number {
    const good = new ChecksumCursor(this.#context.files, join(this.#fresh, checksumName));
    const own = new ChecksumCursor(this.#context.files, join(this.#entry, checksumName));
    let healed = 0;
    try {
      while (good.id !== undefined && own.id !== undefined) {
        if (good.id === own.id && good.sha256 === own.sha256 && isWanted(own.id) && this.#heal(good.path, own.path, own.sha256)) healed++;
        if (good.id <= own.id) good.next();
        else own.next();
      }
    } finally {
      good.close();
      own.close();
    }
    return healed;
  }

  #heal(good: string, own: string, sha256: string): boolean {
    const target = join(this.#entry, own);
    // What is linked into the new entry from an older one may be as damaged.
    if (this.#has(target, sha256) || !this.#has(join(this.#fresh, good), sha256)) return false;
    const { files } = this.#context;
    const temporary = join(this.#entry, 'heal.tmp');
    files.remove(temporary);
    linkOrCopy(files, join(this.#fresh, good), temporary);
    files.rename(temporary, target);
    return true;
  }

  /** A file that cannot be read is damaged. */
  #has(path: string, sha256: string): boolean {
    try {
      return this.#hasher.hash(path)?.sha256.toString('hex') === sha256;
    } catch (error) {
      if (typeof (error as NodeJS.ErrnoException).code !== 'string' || (error as NodeJS.ErrnoException).syscall !== 'read') throw error;
      return false;
    }
  }
}
