import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { appleFile } from '../../../format/names.ts';
import { dropScratch, scratchPath } from '../../state/scratch.ts';
import { decryptChunks } from './decrypt.ts';
import { badManifest } from './errors.ts';
import { fileChunks, fileStat } from './host-files.ts';

/** One row of Manifest.db as it stands there; nothing is checked yet. */
export interface ManifestRow {
  readonly fileId: string | undefined;
  readonly domain: string | undefined;
  readonly path: string | undefined;
  readonly flags: number;
  readonly file: Uint8Array | undefined;
}

/** Manifest.db of a backup, opened without a trace in the backup's folder. */
export class ManifestReader {
  readonly #database: DatabaseSync;
  readonly #scratch: string | undefined;
  readonly #byId: StatementSync;
  #isOpen = true;

  private constructor(source: string, scratch: string | undefined) {
    this.#scratch = scratch;
    try {
      this.#database = openDatabase(scratch ?? source);
      this.#byId = this.#database.prepare('SELECT fileID, domain, relativePath, flags, file FROM Files WHERE fileID = ?');
    } catch (error) {
      this.#removeScratch();
      throw badManifest('Manifest.db cannot be opened', source, error);
    }
  }

  /** `key` opens an encrypted database, into a private scratch file that `close` removes. */
  static async open(folder: string, key: Buffer | undefined): Promise<ManifestReader> {
    const source = join(folder, appleFile.database);
    if (fileStat(source) === undefined) throw badManifest('The backup has no Manifest.db', source);
    return new ManifestReader(source, key && (await decrypted(source, key)));
  }

  /** All rows, domain by domain, parents before children. */
  *rows(): Iterable<ManifestRow> {
    const query = 'SELECT fileID, domain, relativePath, flags, file FROM Files ORDER BY domain, relativePath';
    for (const row of this.#database.prepare(query).iterate()) yield toRow(row);
  }

  find(fileId: string): ManifestRow | undefined {
    const row = this.#byId.get(fileId);
    return row && toRow(row);
  }

  /** Names right below a directory. */
  names(domain: string, directory: string): string[] {
    const prefix = directory === '' ? '' : `${directory}/`;
    const query = `SELECT substr(relativePath, length(?) + 1) AS name FROM Files
      WHERE domain = ? AND relativePath > ? AND relativePath < ? AND instr(substr(relativePath, length(?) + 1), '/') = 0`;
    // The range ends before the first path that goes on with a character above the slash.
    const end = directory === '' ? '\u{10ffff}' : `${directory}0`;
    return this.#database
      .prepare(query)
      .all(prefix, domain, prefix, end, prefix)
      .map((row) => String(row['name']));
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#database.close();
    this.#removeScratch();
  }

  #removeScratch(): void {
    if (this.#scratch !== undefined) dropScratch(this.#scratch);
  }
}

function openDatabase(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  // Immutable: an ordinary open of a database in write-ahead mode makes side files in the backup.
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true, allowExtension: false });
  database.exec('PRAGMA trusted_schema = OFF');
  return database;
}

async function decrypted(source: string, key: Buffer): Promise<string> {
  const target = scratchPath(appleFile.database);
  const file = openSync(target, 'wx', 0o600);
  try {
    for (const chunk of decryptChunks(fileChunks(source, 1 << 20), key, 0)) {
      writeSync(file, chunk);
      await nextTurn();
    }
  } finally {
    closeSync(file);
  }
  return target;
}

function toRow(row: Record<string, unknown>): ManifestRow {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { fileID, domain, relativePath, flags, file } = row;
  return {
    fileId: text(fileID),
    domain: text(domain),
    path: text(relativePath),
    flags: typeof flags === 'number' ? flags : 0,
    file: file instanceof Uint8Array ? file : undefined,
  };
}
