import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PhoneContent } from '../../contract.ts';
import { parentOf, type ItemTable } from './item-table.ts';
import type { RestoreOptions } from './options.ts';
import { isSetting, isSystemDomain } from './rules.ts';
import type { RestoreStore } from './store.ts';

const itemsPerTurn = 2000;

/** Lists what the phone has before the restore, and what of it RemoveItemsNotRestored may take away. */
export async function listPhoneBefore(store: RestoreStore, table: ItemTable, content: PhoneContent, options: RestoreOptions): Promise<void> {
  const keepDirectories = new Map<string, readonly [domain: string, path: string]>();
  let count = 0;
  for (const item of content.items()) {
    if (++count % itemsPerTurn === 0) await nextTurn();
    const isKept = options.preserveSettings && isSetting(item.domain, item.path);
    if (isKept) addAncestors(keepDirectories, item.domain, item.path);
    const isRestorable = options.systemFiles || !isSystemDomain(item.domain);
    table.put(item, { isRestored: false, isRemovable: isRestorable && !isKept, key: undefined });
  }
  const keep = store.db.prepare('UPDATE items SET isRemovable = 0 WHERE domain = ? AND path = ?');
  for (const place of keepDirectories.values()) keep.run(...place);
}

function addAncestors(directories: Map<string, readonly [string, string]>, domain: string, path: string): void {
  for (let at = path; at !== ''; ) {
    at = parentOf(at);
    directories.set(`${domain}-${at}`, [domain, at]);
  }
}
