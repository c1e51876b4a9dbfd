import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { DataError } from '../shared/errors.ts';
import { fileFlag } from './names.ts';

/** One row of `Files` as it lies there; what has another type than it should is `undefined`. */
export interface ManifestRow {
  readonly fileId: string | undefined;
  readonly domain: string | undefined;
  /** `''` for a domain's root directory. */
  readonly relativePath: string | undefined;
  readonly flags: number | undefined;
  /** The archived MBFile. */
  readonly blob: Buffer | undefined;
}

/** A row with its place in the table. */
export interface ManifestEntry extends ManifestRow {
  readonly rowId: number;
}

/** What is too large to be a row of Apple's is read as NULL. */
const columns = `fileID, domain, relativePath,
  CASE WHEN flags BETWEEN 0 AND 65535 THEN flags END AS flags,
  CASE WHEN length(file) <= ${16 << 20} THEN file END AS file`;

/**
 * A plain Manifest.db, opened read-only and immutable: an ordinary open of a WAL database would create files inside the
 * backup. Rows are streamed; hostile schemas cannot run code (`trusted_schema` off, no extensions). Throws `data.manifest`.
 */
export class ManifestReader {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  static open(path: string): ManifestReader {
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    const database = guarded(() => new DatabaseSync(url, { readOnly: true, allowExtension: false, enableDoubleQuotedStringLiterals: false }));
    try {
      return guarded(() => {
        database.exec('PRAGMA trusted_schema = OFF');
        database.exec('PRAGMA cell_size_check = ON');
        expectFilesTable(database);
        return new ManifestReader(database);
      });
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Ids of all rows that are regular files by their flags, in table order. */
  *contentIds(): Generator<string> {
    const statement = this.#prepare(`SELECT fileID FROM Files WHERE flags & ${fileFlag.file} AND typeof(fileID) = 'text'`);
    for (const row of this.#iterate(statement)) yield String(row['fileID']);
  }

  /** Ids and flags alone of all rows that have both. */
  *identities(): Generator<{ readonly fileId: string; readonly flags: number }> {
    const statement = this.#prepare("SELECT fileID, flags FROM Files WHERE typeof(fileID) = 'text' AND flags BETWEEN 0 AND 65535");
    for (const row of this.#iterate(statement)) yield { fileId: String(row['fileID']), flags: Number(row['flags']) };
  }

  /** All rows in table order. */
  *rows(): Generator<ManifestRow> {
    for (const row of this.#iterate(this.#prepare(`SELECT ${columns} FROM Files`))) yield manifestRow(row);
  }

  /** Rows of one of `parts` equal stretches of the table, counted from 0, in table order. */
  *stretch(part: number, parts: number): Generator<ManifestEntry> {
    const statement = this.#prepare(`SELECT rowid AS place, ${columns} FROM Files WHERE rowid >= ? AND rowid < ? ORDER BY rowid`);
    const [from, to] = [this.#border(part, parts), this.#border(part + 1, parts)];
    for (const row of this.#iterate(statement, from, to)) yield { rowId: Number(row['place']), ...manifestRow(row) };
  }

  *directories(): Generator<ManifestEntry> {
    const statement = this.#prepare(`SELECT rowid AS place, ${columns} FROM Files WHERE flags & ${fileFlag.directory} ORDER BY rowid`);
    for (const row of this.#iterate(statement)) yield { rowId: Number(row['place']), ...manifestRow(row) };
  }

  row(fileId: string): ManifestRow | undefined {
    const statement = this.#prepare(`SELECT ${columns} FROM Files WHERE fileID = ?`);
    const row = guarded(() => statement.get(fileId));
    return row && manifestRow(row);
  }

  /** Rows of one domain, in table order. */
  *rowsOf(domain: string): Generator<ManifestRow> {
    const statement = this.#prepare(`SELECT ${columns} FROM Files WHERE domain = ?`);
    for (const row of this.#iterate(statement, domain)) yield manifestRow(row);
  }

  domains(): string[] {
    const rows = guarded(() => this.#prepare("SELECT DISTINCT domain FROM Files WHERE typeof(domain) = 'text' ORDER BY domain").all());
    return rows.map((row) => String(row['domain']));
  }

  count(): number {
    return Number(guarded(() => this.#prepare('SELECT count(*) AS n FROM Files').get())?.['n']);
  }

  /** SQLite's own check of the file: its findings, none when it is sound. Reads all of it. */
  integrityProblems(limit = 20): string[] {
    const rows = guarded(() => this.#prepare(`PRAGMA integrity_check(${Math.trunc(limit)})`).all());
    return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    return guarded(() => this.#database.prepare(sql));
  }

  /** The rowid at which a stretch begins. */
  #border(part: number, parts: number): number {
    if (part === 0 || part === parts) return part === 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
    const skipped = Math.floor((this.count() * part) / parts);
    const row = guarded(() => this.#prepare('SELECT rowid AS place FROM Files ORDER BY rowid LIMIT 1 OFFSET ?').get(skipped));
    return Number(row?.['place'] ?? Number.MAX_SAFE_INTEGER);
  }

  *#iterate(statement: StatementSync, ...parameters: (string | number)[]): Generator<Record<string, unknown>> {
    try {
      yield* statement.iterate(...parameters);
    } catch (cause) {
      throw unreadable(cause);
    }
  }
}

function expectFilesTable(database: DatabaseSync): void {
  const kind = database.prepare("SELECT type FROM sqlite_schema WHERE name = 'Files'").get()?.['type'];
  if (kind !== 'table') throw new DataError('data.manifest', 'Manifest.db has no table of files');
}

function manifestRow(row: Record<string, unknown>): ManifestRow {
  const { fileID, domain, relativePath, flags, file } = row;
  return {
    fileId: text(fileID),
    domain: text(domain),
    relativePath: text(relativePath),
    flags: typeof flags === 'number' ? flags : undefined,
    blob: file instanceof Uint8Array ? Buffer.from(file.buffer, file.byteOffset, file.byteLength) : undefined,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw unreadable(cause);
  }
}

const unreadable = (cause: unknown): DataError => new DataError('data.manifest', 'Manifest.db cannot be read', { subject: 'Manifest.db', cause });
