import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface ManifestRow {
  readonly row: number;
  readonly fileId: string;
  readonly flags: number;
  /** `null` in rows that other writers left incomplete. */
  readonly file: Uint8Array | null;
}

const columns = 'rowid AS row, fileID AS fileId, flags, file';
/** Rows read ahead. */
const window = 128;

/**
 * Looks rows up by fileID. Questions in the order of the rows, as they mostly come from one backup to the next, read the
 * table from front to end; others go through the index.
 */
export class RowFinder {
  readonly #next: StatementSync;
  readonly #find: StatementSync;
  #ahead: ManifestRow[] = [];
  #at = 0;
  #nextRow = 1;
  #lastFound = 0;

  constructor(db: DatabaseSync, schema: string) {
    this.#next = db.prepare(`SELECT ${columns} FROM ${schema}.Files WHERE rowid >= ? ORDER BY rowid LIMIT ${window}`);
    this.#find = db.prepare(`SELECT ${columns} FROM ${schema}.Files WHERE fileID = ?`);
  }

  find(fileId: string): ManifestRow | undefined {
    if (this.#at === this.#ahead.length) this.#readAhead(this.#nextRow);
    if (this.#ahead[this.#at]?.fileId === fileId) return this.#ahead[this.#at++];
    const found = this.#find.get(fileId) as unknown as ManifestRow | undefined;
    if (found) this.#goAfter(found.row);
    return found;
  }

  /** Some rows were passed over: goes on behind the one that was found, if it is near or the second of its kind. */
  #goAfter(row: number): void {
    const at = this.#ahead.findIndex((one) => one.row === row);
    if (at >= 0) this.#at = at + 1;
    else if (row === this.#lastFound + 1) this.#readAhead(row + 1);
    this.#lastFound = row;
  }

  #readAhead(row: number): void {
    this.#ahead = this.#next.all(row) as unknown as ManifestRow[];
    this.#at = 0;
    this.#nextRow = (this.#ahead.at(-1)?.row ?? row - 1) + 1;
  }
}
