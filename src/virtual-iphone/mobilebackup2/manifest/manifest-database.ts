import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PhoneItem } from '../../contract.ts';
import { flagsOf } from './file-id.ts';

export interface ManifestRow {
  readonly row: number;
  readonly flags: number;
  readonly file: Uint8Array;
}

/** Pages kept in memory, in KiB: enough for the index of 1.3 million names to be built without thrashing. */
const cacheKib = 64 << 10;
const readCacheKib = 8 << 10;

/**
 * Manifest.db while the phone writes it. Indices come last, in one go.
 *
 * Databases of earlier runs can be attached for look-ups; they are scratch copies in rollback mode.
 */
export class ManifestDatabase {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;

  constructor(path: string, attached: Readonly<Record<string, string>> = {}) {
    this.path = path;
    this.#db = new DatabaseSync(path);
    this.#db.exec(`PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA temp_store = FILE; PRAGMA cache_size = -${cacheKib}; PRAGMA user_version = 2;`);
    for (const [name, other] of Object.entries(attached)) {
      this.#db.exec(`ATTACH '${other.replaceAll("'", "''")}' AS ${name}; PRAGMA ${name}.cache_size = -${readCacheKib};`);
    }
    this.#db.exec('BEGIN; CREATE TABLE main.Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB)');
    this.#put = this.#db.prepare('INSERT INTO main.Files (rowid, fileID, domain, relativePath, flags, file) VALUES (?, ?, ?, ?, ?, ?)');
  }

  put(row: number, fileId: string, item: PhoneItem, file: Uint8Array): void {
    this.#put.run(row, fileId, item.domain, item.path, flagsOf(item), file);
  }

  /** A look-up by fileID in an attached database. */
  finder(name: string): (fileId: string) => ManifestRow | undefined {
    const find = this.#db.prepare(`SELECT rowid AS row, flags, file FROM ${name}.Files WHERE fileID = ?`);
    return (fileId) => find.get(fileId) as unknown as ManifestRow | undefined;
  }

  /** fileID by row, in this database or an attached one. */
  namer(name = 'main'): (row: number) => string | undefined {
    const find = this.#db.prepare(`SELECT fileID FROM ${name}.Files WHERE rowid = ?`);
    return (row) => find.get(row)?.['fileID'] as string | undefined;
  }

  /** Content files that an attached database has and this one has no more. */
  *goneSince(name: string): Iterable<string> {
    const query = this.#db.prepare(`SELECT fileID FROM ${name}.Files AS old WHERE old.flags & 1 AND NOT EXISTS
      (SELECT 1 FROM main.Files AS kept WHERE kept.fileID = old.fileID AND kept.flags & 1)`);
    for (const { fileID } of query.iterate()) yield fileID as string;
  }

  /** Domains of all rows, once the indices are there. */
  domains(): string[] {
    return this.#db.prepare('SELECT DISTINCT domain FROM main.Files ORDER BY domain').all().map(({ domain }) => String(domain));
  }

  /** The database is complete: its bytes may be read from `path`. */
  seal(): void {
    this.#db.exec(`CREATE INDEX main.FilesDomainIdx ON Files(domain);
      CREATE INDEX main.FilesRelativePathIdx ON Files(relativePath);
      CREATE INDEX main.FilesFlagsIdx ON Files(flags);
      CREATE TABLE main.Properties (key TEXT PRIMARY KEY, value BLOB);
      COMMIT`);
  }

  /** An interrupted run's rows become readable for the next one. */
  close(): void {
    if (this.#db.isTransaction) this.#db.exec('COMMIT');
    this.#db.close();
  }
}
