import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { DataError } from '../shared/errors.ts';

const tables = `CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
  CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);`;
const indexes = `CREATE INDEX FilesDomainIdx ON Files(domain);
  CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
  CREATE INDEX FilesFlagsIdx ON Files(flags);`;

/** Rows copied by one statement: it cannot be stopped in between. */
const chunkRows = 10_000;
/** Pages kept in memory while rows come: the index of a million random ids, and little enough for our budget. */
const cacheKiB = 16 << 10;
/** While indexes are made: SQLite sorts in stretches of this size, beside the pages it keeps. */
const sorterKiB = 4 << 10;

/**
 * Writes a plain Manifest.db from nothing, with the schema of iOS 10.3 and later and rows of another one. `finish` leaves
 * one file without journals, whose header says WAL as Apple's does. A crash leaves a file of no use: its writer works in
 * a scratch folder. Throws `data.manifest`.
 */
export class ManifestWriter {
  readonly #database: DatabaseSync;

  /** `path` must not exist. */
  constructor(path: string) {
    this.#database = guarded(() => new DatabaseSync(pathToFileURL(path), { allowExtension: false, enableDoubleQuotedStringLiterals: false }));
    this.#run(`PRAGMA trusted_schema = OFF; PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA cache_size = -${cacheKiB}; ${tables}`);
  }

  /**
   * Copies rows of the plain Manifest.db at `path`, in their order: those whose place `isKept`. `onChunk` is called after each
   * of many parts, and may throw to stop.
   */
  copyRows(path: string, isKept: (rowId: number) => boolean, onChunk: (rows: number) => void): void {
    const source = pathToFileURL(path);
    source.searchParams.set('immutable', '1');
    guarded(() => this.#database.prepare('ATTACH ? AS source').run(source.href));
    this.#database.function('kept', (rowId) => (isKept(Number(rowId)) ? 1 : 0));
    this.#run('BEGIN');
    const next = this.#database.prepare('SELECT rowid AS place FROM source.Files WHERE rowid > ? ORDER BY rowid LIMIT 1 OFFSET ?');
    const copy = this.#database.prepare(`INSERT INTO Files SELECT fileID, domain, relativePath, flags, file FROM source.Files
      WHERE rowid > ? AND rowid <= ? AND kept(rowid) ORDER BY rowid`);
    for (let from = Number.MIN_SAFE_INTEGER; from < Number.MAX_SAFE_INTEGER; ) {
      const to = Number(guarded(() => next.get(from, chunkRows))?.['place'] ?? Number.MAX_SAFE_INTEGER);
      const { changes } = guarded(() => copy.run(from, to));
      from = to;
      onChunk(Number(changes));
    }
    this.#run('COMMIT; DETACH source');
  }

  finish(): void {
    // Indexes last: sorted once in place of half a million insertions.
    this.#run(`PRAGMA cache_size = -${sorterKiB}; PRAGMA shrink_memory; ${indexes} PRAGMA user_version = 2; PRAGMA journal_mode = WAL`);
    this.#database.close();
  }

  /** Gives up; the file is left to its owner. */
  abandon(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #run(sql: string): void {
    guarded(() => this.#database.exec(sql));
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError('data.manifest', 'Manifest.db cannot be copied', { subject: 'Manifest.db', cause });
  }
}
