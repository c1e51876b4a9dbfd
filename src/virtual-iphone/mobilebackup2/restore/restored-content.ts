import type { PhoneApp, PhoneContent, PhoneItem, PhoneMedia } from '../../contract.ts';
import { ItemTable } from './item-table.ts';
import { restoredMedia } from './restored-media.ts';
import type { RestoreStore } from './store.ts';

/** What is on a phone after a restore: restored items from the store, kept ones from what was there before. */
export class RestoredContent implements PhoneContent {
  readonly totals: PhoneContent['totals'];
  readonly #store: RestoreStore;
  readonly #table: ItemTable;
  readonly #before: PhoneContent;
  readonly #apps: readonly PhoneApp[];

  /** Takes over `store` and `before` and closes them in the end. */
  constructor(store: RestoreStore, before: PhoneContent, apps: readonly PhoneApp[]) {
    this.#store = store;
    this.#table = new ItemTable(store);
    this.#before = before;
    this.#apps = apps;
    const sums = store.db.prepare("SELECT count(*) AS items, sum(CASE kind WHEN 'file' THEN size ELSE 0 END) AS bytes FROM items").get();
    this.totals = { items: Number(sums?.['items'] ?? 0), bytes: Number(sums?.['bytes'] ?? 0) };
  }

  items(): Iterable<PhoneItem> {
    return this.#table.select('JOIN domains ON domains.name = items.domain ORDER BY domains.rank, items.path');
  }

  read(item: PhoneItem, chunkSize: number): Iterable<Buffer> {
    const stored = this.#table.find(item.domain, item.path);
    if (stored?.kind !== 'file') throw new RangeError(`Not a file of this phone: ${item.domain}-${item.path}`);
    return stored.isRestored ? this.#store.read(stored.extent, chunkSize) : this.#before.read(stored, chunkSize);
  }

  apps(): readonly PhoneApp[] {
    return this.#apps;
  }

  media(): PhoneMedia {
    return restoredMedia(this.#table);
  }

  /** Only generated content has a future. */
  advance(): boolean {
    return false;
  }

  close(): void {
    this.#store.close();
    this.#before.close();
  }
}
