import { DatabaseSync } from 'node:sqlite';
import { HostError } from '../shared/errors.ts';

/*
 * Locks that the operating system holds on a file and releases when its process ends in whatever way: transactions of SQLite,
 * which work between threads of one process as between processes. The file stays empty. A lock ends when the database is
 * closed, also by the garbage collector: its holder keeps it.
 */

/** `undefined` when another connection holds the file, in whatever way, for longer than `timeout` ms. Throws `host.io`. */
export const tryExclusive = (path: string, timeout: number): DatabaseSync | undefined => begin(path, timeout, 'BEGIN EXCLUSIVE');

/**
 * Held beside other shared ones; `undefined` when another connection holds the file exclusively for longer than `timeout` ms.
 * Needs no right to write where the file is there. Throws `host.io`.
 */
export const tryShared = (path: string, timeout: number, { mayCreate = true } = {}): DatabaseSync | undefined =>
  begin(path, timeout, 'BEGIN; SELECT count(*) FROM sqlite_schema', !mayCreate);

function begin(path: string, timeout: number, statements: string, readOnly = false): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout, readOnly });
    database.exec(statements);
    return database;
  } catch (cause) {
    database?.close();
    if (/locked|busy/i.test(String(cause))) return undefined;
    throw new HostError('host.io', 'The lock of a device folder cannot be taken', { subject: path, cause });
  }
}
