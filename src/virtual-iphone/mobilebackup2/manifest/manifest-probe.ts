import { DatabaseSync } from 'node:sqlite';

/** Whether the file is a Manifest.db that rows can be looked up in. */
export function isManifest(path: string): boolean {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    db.prepare('SELECT fileID, domain, relativePath, flags, file FROM Files LIMIT 1').all();
    return true;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}
