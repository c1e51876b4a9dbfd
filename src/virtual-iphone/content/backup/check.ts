import { setImmediate as nextTurn } from 'node:timers/promises';
import { BackupContentError, badManifest } from './errors.ts';
import { contentPath, fileStat } from './host-files.ts';
import { toItem, type BackupItem } from './items.ts';
import type { ManifestReader } from './manifest.ts';

/** Rows between two looks at the rest of the world. */
const rowsPerTurn = 1000;
const blockBytes = 16;

export interface CheckedItems {
  readonly items: number;
  /** Bytes of files by domain, as their records say. */
  readonly byDomain: ReadonlyMap<string, number>;
}

/** Reads every row and looks for every file. Rejects with `BackupContentError` at the first that is not sound. */
export async function checkItems(folder: string, manifest: ManifestReader, isEncrypted: boolean): Promise<CheckedItems> {
  const byDomain = new Map<string, number>();
  let items = 0;
  for (const row of manifest.rows()) {
    const found = toItem(row);
    if (found === undefined) continue;
    if (++items % rowsPerTurn === 0) await nextTurn();
    if (found.item.kind !== 'file') continue;
    checkFile(folder, found, isEncrypted);
    byDomain.set(found.item.domain, (byDomain.get(found.item.domain) ?? 0) + found.item.size);
  }
  return { items, byDomain };
}

function checkFile(folder: string, { item, key }: BackupItem, isEncrypted: boolean): void {
  const subject = `${item.domain}-${item.path}`;
  if (isEncrypted && key === undefined) throw badManifest('A file of an encrypted backup has no key', subject);
  const stat = fileStat(contentPath(folder, item));
  if (stat === undefined && item.size > 0) throw new BackupContentError('damaged', 'A file of the backup is missing', subject);
  if (isEncrypted && stat && stat.size % blockBytes !== 0) {
    throw new BackupContentError('damaged', 'An encrypted file has an impossible length', subject);
  }
}
