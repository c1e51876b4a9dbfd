import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dropScratch, scratchPath } from '../../state/scratch.ts';

/** Where a file's bytes lie in the store. */
export interface Extent {
  readonly at: number;
  readonly length: number;
}

const bufferSize = 1 << 20;

/**
 * The storage of a phone after a restore: a table of its items and one file with all restored content, in private
 * scratch files that `close` removes.
 */
export class RestoreStore {
  readonly db: DatabaseSync;
  readonly #tablePath = scratchPath('restored.db');
  readonly #dataPath = scratchPath('restored.data');
  readonly #data: number;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferSize);
  #flushed = 0;
  #used = 0;

  constructor() {
    this.db = new DatabaseSync(this.#tablePath);
    this.db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;
      PRAGMA cache_size = -32768;
      CREATE TABLE items (id INTEGER PRIMARY KEY, fileID TEXT UNIQUE, parentID TEXT, domain TEXT, path TEXT, kind TEXT, mode INTEGER, inode INTEGER,
        userId INTEGER, groupId INTEGER, modified INTEGER, changed INTEGER, born INTEGER, size INTEGER, protectionClass INTEGER, flags INTEGER,
        target TEXT, attributes BLOB, isRestored INTEGER, isRemovable INTEGER, key BLOB, at INTEGER, length INTEGER);
      CREATE TABLE domains (rank INTEGER PRIMARY KEY, name TEXT UNIQUE);
      BEGIN`);
    this.#data = openSync(this.#dataPath, 'w+', 0o600);
  }

  /** Bytes stored so far; where the next ones go. */
  get end(): number {
    return this.#flushed + this.#used;
  }

  append(bytes: Buffer): void {
    if (this.#used + bytes.length > bufferSize) this.#flush();
    if (bytes.length > bufferSize) {
      this.#write(bytes);
      return;
    }
    this.#used += bytes.copy(this.#buffer, this.#used);
  }

  *read({ at, length }: Extent, chunkSize: number): Iterable<Buffer> {
    this.#flush();
    for (let done = 0; done < length; ) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, length - done));
      const count = readSync(this.#data, chunk, 0, chunk.length, at + done);
      if (count === 0) return;
      yield chunk.subarray(0, count);
      done += count;
    }
  }

  close(): void {
    if (!this.db.isOpen) return;
    this.db.close();
    closeSync(this.#data);
    dropScratch(this.#tablePath);
    dropScratch(this.#dataPath);
  }

  #flush(): void {
    if (this.#used === 0) return;
    const used = this.#used;
    this.#used = 0;
    this.#write(this.#buffer.subarray(0, used));
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#data, bytes, done, bytes.length - done, this.#flushed + done);
    this.#flushed += bytes.length;
  }
}
