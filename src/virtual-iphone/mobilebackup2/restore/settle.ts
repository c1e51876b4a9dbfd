import type { RestoreOptions } from './options.ts';
import type { RestoreStore } from './store.ts';

/** What the table becomes when the restored files are moved into place. */
export function settleItems(store: RestoreStore, options: RestoreOptions): void {
  linkEqualInodes(store);
  if (options.removeItemsNotRestored) store.db.exec('DELETE FROM items WHERE isRestored = 0 AND isRemovable = 1');
  dropOrphans(store);
  renumber(store);
  store.db.exec(`COMMIT; CREATE INDEX itemsOrder ON items(domain, path); CREATE INDEX itemsParent ON items(parentID)`);
}

/** Restored regular files with one inode number are hard links: the later ones get the content of the first. */
function linkEqualInodes({ db }: RestoreStore): void {
  db.exec(`CREATE TEMP TABLE firsts AS SELECT inode, min(id) AS first, count(*) AS links FROM items
      WHERE isRestored = 1 AND kind = 'file' AND inode <> 0 GROUP BY inode HAVING links > 1;
    UPDATE items SET (at, length, size) = (SELECT f.at, f.length, f.size FROM items AS f JOIN firsts ON firsts.first = f.id WHERE firsts.inode = items.inode)
      WHERE isRestored = 1 AND kind = 'file' AND inode IN (SELECT inode FROM firsts);
    DROP TABLE firsts`);
}

/** Items of before whose directory is gone or became a file. */
function dropOrphans({ db }: RestoreStore): void {
  const drop = db.prepare(`DELETE FROM items WHERE isRestored = 0 AND parentID IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM items AS parent WHERE parent.fileID = items.parentID AND parent.kind = 'directory')`);
  while (drop.run().changes > 0);
}

/** New files have new inode numbers, above those that stay; links to one file keep one number. */
function renumber({ db }: RestoreStore): void {
  const kept = db.prepare('SELECT max(inode) AS highest, count(*) AS items FROM items WHERE isRestored = 0').get();
  if (Number(kept?.['items']) === 0) return;
  const first = Number(kept?.['highest']) + 1;
  db.exec(`CREATE TEMP TABLE numbers (old INTEGER PRIMARY KEY, new INTEGER);
    INSERT INTO numbers SELECT inode, ${first} + row_number() OVER (ORDER BY min(id)) FROM items WHERE isRestored = 1 GROUP BY inode;
    UPDATE items SET inode = (SELECT new FROM numbers WHERE old = items.inode) WHERE isRestored = 1;
    DROP TABLE numbers`);
}
