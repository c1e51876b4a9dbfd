import type { BackupFolder, FolderReader } from './backup-folder.ts';
import { readSize } from './frame-writer.ts';

/** Files opened, each with its first chunk, before their turn has come. */
const depth = 8;

/** A file of the batch: missing, not readable, or open. */
export type Ahead =
  | { readonly path: string; readonly state: 'missing' }
  | { readonly path: string; readonly state: 'failed'; readonly error: unknown }
  | OpenFile;

export interface OpenFile {
  readonly path: string;
  readonly state: 'open';
  readonly reader: FolderReader;
  readonly first: IteratorResult<Buffer>;
  readonly rest: AsyncIterator<Buffer>;
}

/** Opens `paths` in order, some ahead of the one that is asked for. Each open reader is the caller's to close. */
export class ReadAhead {
  readonly #folder: BackupFolder;
  readonly #paths: readonly string[];
  readonly #opening: Promise<Ahead>[] = [];
  #next = 0;

  constructor(folder: BackupFolder, paths: readonly string[]) {
    this.#folder = folder;
    this.#paths = paths;
  }

  /** The next file; `undefined` after the last. Never rejects. */
  async next(): Promise<Ahead | undefined> {
    while (this.#opening.length < depth && this.#next < this.#paths.length) this.#openNext();
    return this.#opening.shift();
  }

  /** Closes what was opened and not asked for. */
  async close(): Promise<void> {
    this.#next = this.#paths.length;
    for (const opening of this.#opening.splice(0)) {
      const file = await opening;
      if (file.state === 'open') await closeQuietly(file.reader);
    }
  }

  #openNext(): void {
    const path = this.#paths[this.#next++];
    if (path !== undefined) this.#opening.push(open(this.#folder, path));
  }
}

/** A file that was only read loses nothing when closing it fails. */
export async function closeQuietly(reader: FolderReader): Promise<void> {
  await reader.close().catch(() => {});
}

async function open(folder: BackupFolder, path: string): Promise<Ahead> {
  let reader: FolderReader | undefined;
  try {
    reader = await folder.read(path);
    if (!reader) return { path, state: 'missing' };
    const rest = reader.chunks(readSize)[Symbol.asyncIterator]();
    return { path, state: 'open', reader, first: await rest.next(), rest };
  } catch (error) {
    if (reader) await closeQuietly(reader);
    return { path, state: 'failed', error };
  }
}
