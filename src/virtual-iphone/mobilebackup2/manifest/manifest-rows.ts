import { DatabaseSync } from 'node:sqlite';

/** A row as any writer may have left it. */
export interface SourceRow {
  readonly fileId: string;
  readonly domain: string;
  readonly path: string;
  readonly flags: number;
  readonly file: Uint8Array;
}

/** Rows of a scratch copy of Manifest.db in their order; rows without domain, path or record (old placeholders) are left out. */
export function* manifestRows(path: string): Iterable<SourceRow> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const query = db.prepare(`SELECT fileID AS fileId, domain, relativePath AS path, flags, file FROM Files
      WHERE domain IS NOT NULL AND relativePath IS NOT NULL AND file IS NOT NULL ORDER BY rowid`);
    for (const row of query.iterate()) yield row as unknown as SourceRow;
  } finally {
    db.close();
  }
}
