import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { readBinaryPlist, writeBinaryPlist, asDict } from '../../../plist/index.ts';
import type { PhoneItem } from '../../contract.ts';
import { fileIdOf } from '../manifest/file-id.ts';
import type { Extent, RestoreStore } from './store.ts';

export interface StoredItem extends PhoneItem {
  readonly id: number;
  readonly fileId: string;
  readonly isRestored: boolean;
  readonly key: Buffer | undefined;
  readonly extent: Extent;
}

/** How an item comes into the table. */
export interface Origin {
  readonly isRestored: boolean;
  /** May go with RemoveItemsNotRestored. */
  readonly isRemovable: boolean;
  readonly key: Buffer | undefined;
}

const columns = [
  'fileID', 'parentID', 'domain', 'path', 'kind', 'mode', 'inode', 'userId', 'groupId', 'modified', 'changed', 'born', 'size',
  'protectionClass', 'flags', 'target', 'attributes', 'isRestored', 'isRemovable', 'key', 'at', 'length',
];

/** Typed rows of a store's `items` table. */
export class ItemTable {
  readonly #store: RestoreStore;
  readonly #put: StatementSync;
  readonly #find: StatementSync;
  readonly #addDomain: StatementSync;
  #lastDomain = '';

  constructor(store: RestoreStore) {
    this.#store = store;
    this.#put = store.db.prepare(`INSERT OR REPLACE INTO items (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    this.#find = store.db.prepare('SELECT * FROM items WHERE fileID = ?');
    this.#addDomain = store.db.prepare('INSERT OR IGNORE INTO domains (name) VALUES (?)');
  }

  put(item: PhoneItem, origin: Origin): void {
    if (item.domain !== this.#lastDomain) this.#addDomain.run((this.#lastDomain = item.domain));
    const attributes = item.extendedAttributes ? writeBinaryPlist({ ...item.extendedAttributes }) : null;
    this.#put.run(
      fileIdOf(item.domain, item.path), item.path === '' ? null : fileIdOf(item.domain, parentOf(item.path)), item.domain, item.path, item.kind,
      item.mode, item.inode, item.userId, item.groupId, item.modified, item.changed, item.born, item.size, item.protectionClass, item.flags,
      item.target ?? null, attributes, Number(origin.isRestored), Number(origin.isRemovable), origin.key ?? null, 0, 0,
    );
  }

  find(domain: string, path: string): StoredItem | undefined {
    const row = this.#find.get(fileIdOf(domain, path));
    return row && storedItem(row);
  }

  /** Items that a condition on the table selects, in its order. Each call reads by itself. */
  *select(rest: string, ...values: (string | number)[]): Iterable<StoredItem> {
    for (const row of this.#store.db.prepare(`SELECT items.* FROM items ${rest}`).iterate(...values)) yield storedItem(row);
  }
}

function storedItem(row: Record<string, SQLOutputValue>): StoredItem {
  const number = (name: string): number => Number(row[name]);
  const text = (name: string): string => String(row[name]);
  const data = (name: string): Buffer | undefined => (row[name] instanceof Uint8Array ? Buffer.from(row[name]) : undefined);
  const attributes = data('attributes');
  return {
    id: number('id'),
    fileId: text('fileID'),
    domain: text('domain'),
    path: text('path'),
    kind: text('kind') as PhoneItem['kind'],
    mode: number('mode'),
    inode: number('inode'),
    userId: number('userId'),
    groupId: number('groupId'),
    modified: number('modified'),
    changed: number('changed'),
    born: number('born'),
    size: number('size'),
    protectionClass: number('protectionClass'),
    flags: number('flags'),
    target: row['target'] === null ? undefined : text('target'),
    extendedAttributes: attributes && readAttributes(attributes),
    isRestored: number('isRestored') === 1,
    key: data('key'),
    extent: { at: number('at'), length: number('length') },
  };
}

function readAttributes(bytes: Buffer): Record<string, Buffer> {
  const dict = asDict(readBinaryPlist(bytes)) ?? {};
  return Object.fromEntries(Object.entries(dict).filter((entry): entry is [string, Buffer] => Buffer.isBuffer(entry[1])));
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
