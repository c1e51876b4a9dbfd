import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ManifestRow } from './manifest-reader.ts';

const tables = `CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
  CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);`;
const indexes = `CREATE INDEX FilesDomainIdx ON Files(domain);
  CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
  CREATE INDEX FilesFlagsIdx ON Files(flags);`;

/** Pages kept in memory: the index of a million random ids, and little enough for our budget. */
const cacheKiB = 48 << 10;

/**
 * Writes a plain Manifest.db from nothing, with the schema of iOS 10.3 and later. `finish` leaves one file without
 * journals, whose header says WAL as Apple's does. A crash leaves a file of no use: its writer works in a scratch folder.
 */
export class ManifestWriter {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;

  /** `path` must not exist. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { allowExtension: false, enableDoubleQuotedStringLiterals: false });
    this.#database.exec(`PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKiB}; ${tables} BEGIN`);
    this.#insert = this.#database.prepare('INSERT INTO Files VALUES (?, ?, ?, ?, ?)');
  }

  add({ fileId, domain, relativePath, flags, blob }: ManifestRow): void {
    this.#insert.run(fileId ?? null, domain ?? null, relativePath ?? null, flags ?? null, blob ?? null);
  }

  finish(): void {
    // Indexes last: sorted once in place of half a million insertions.
    this.#database.exec(`${indexes} PRAGMA user_version = 2; COMMIT; PRAGMA journal_mode = WAL`);
    this.#database.close();
  }

  /** Gives up; the file is left to its owner. */
  abandon(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
