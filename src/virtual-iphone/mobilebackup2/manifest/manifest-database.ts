import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { PhoneItem } from '../../contract.ts';
import type { RowSet } from '../state/row-set.ts';
import { flagsOf } from './file-id.ts';
import { RowFinder } from './row-finder.ts';

/** Pages kept in memory, in KiB: the whole phone is to stay below 250 MB. */
const cacheKib = 16 << 10;
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

  /** Look-ups by fileID, in this database or an attached one. */
  finder(schema = 'main'): RowFinder {
    return new RowFinder(this.#db, schema);
  }

  /** fileID by row. */
  namer(): (row: number) => string | undefined {
    const find = this.#db.prepare('SELECT fileID FROM main.Files WHERE rowid = ?');
    return (row) => find.get(row)?.['fileID'] as string | undefined;
  }

  /** Content files of an attached database in rows other than `kept`. */
  *filesBeside(schema: string, kept: RowSet): Iterable<string> {
    const last = Number(this.#db.prepare(`SELECT max(rowid) AS last FROM ${schema}.Files`).get()?.['last'] ?? 0);
    const find = this.#db.prepare(`SELECT fileID FROM ${schema}.Files WHERE rowid = ? AND flags & 1`);
    for (let row = 1; row <= last; row++) {
      const fileId = kept.has(row) ? undefined : find.get(row)?.['fileID'];
      if (typeof fileId === 'string') yield fileId;
    }
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
