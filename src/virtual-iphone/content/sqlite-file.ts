import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { dropScratch, scratchPath } from '../state/scratch.ts';

export type SqlValue = SQLInputValue | boolean | undefined;

/** Rows of one table; each has a value for every column named. Booleans are written as 0 and 1, `undefined` as NULL. */
export interface TableRows {
  readonly columns: string;
  readonly rows: Iterable<readonly SqlValue[]>;
}

export interface DatabasePlan {
  /** DDL statements. */
  readonly schema: string;
  readonly tables: Readonly<Record<string, TableRows>>;
  readonly userVersion?: number | undefined;
}

type ToRow<T> = (item: T, index: number) => readonly SqlValue[];

/** One row for each item, made when it is written. `columns` as in SQL: `'ROWID, name'`. */
export const rowsOf = <T>(columns: string, items: readonly T[], toRow: ToRow<T>): TableRows => ({ columns, rows: makeRows(items, toRow) });

function* makeRows<T>(items: readonly T[], toRow: ToRow<T>): Iterable<readonly SqlValue[]> {
  for (const [index, item] of items.entries()) yield toRow(item, index);
}

// What SQLite leaves in the header depends on the library's version: one of iOS 17 for every host.
const libraryVersion = 3_043_002;
const offset = { writeVersion: 18, readVersion: 19, changeCounter: 24, versionValidFor: 92, libraryVersion: 96 } as const;

/**
 * A database file as a phone's backup holds it: checkpointed, but marked as WAL.
 *
 * Built in a private scratch file, which is removed; equal plans give equal bytes.
 */
export function databaseFile(plan: DatabasePlan): Buffer {
  const path = scratchPath('content.db');
  try {
    writeDatabase(path, plan);
    return withFixedHeader(readFileSync(path));
  } finally {
    dropScratch(path);
  }
}

function writeDatabase(path: string, plan: DatabasePlan): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    database.exec(plan.schema);
    database.exec(`PRAGMA user_version = ${plan.userVersion ?? 0}`);
    for (const [table, rows] of Object.entries(plan.tables)) insertRows(database, table, rows);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function insertRows(database: DatabaseSync, table: string, { columns, rows }: TableRows): void {
  const insert = database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`);
  for (const row of rows) insert.run(...row.map(sqlValue));
}

function sqlValue(value: SqlValue): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}

function withFixedHeader(file: Buffer): Buffer {
  file.writeUInt8(2, offset.writeVersion);
  file.writeUInt8(2, offset.readVersion);
  file.writeUInt32BE(1, offset.changeCounter);
  file.writeUInt32BE(1, offset.versionValidFor);
  file.writeUInt32BE(libraryVersion, offset.libraryVersion);
  return file;
}
