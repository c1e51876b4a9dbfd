import type { PhoneApp, PhoneContent, PhoneItem, PhoneMedia } from '../contract.ts';
import { bulkApps } from './bulk/apps.ts';
import type { Bulk } from './bulk/bulk.ts';
import { compareDomains } from './domains.ts';
import { mediaOf } from './generated-media.ts';
import type { GeneratedPhone } from './phone/generated-tree.ts';

/** Each day of the past is told anew on every advance. */
const maxDays = 3650;

/** A phone whose small part is a tree, made anew for each day of its life, and whose large part is made by formula. */
export class GeneratedContent implements PhoneContent {
  readonly #make: (today: number) => GeneratedPhone;
  readonly #bulk: Bulk | undefined;
  #today = 0;
  #phone: GeneratedPhone;
  #totals: { items: number; bytes: number } | undefined;
  #media: PhoneMedia | undefined;

  constructor(make: (today: number) => GeneratedPhone, bulk?: Bulk) {
    this.#make = make;
    this.#bulk = bulk;
    this.#phone = make(0);
  }

  *items(): Iterable<PhoneItem> {
    const tree = this.#phone.tree;
    const today = this.#today;
    const domains = new Set([...tree.domains(), ...(this.#bulk?.areas.map((area) => area.domain) ?? [])]);
    for (const domain of [...domains].sort(compareDomains)) {
      yield* tree.items(domain);
      if (this.#bulk === undefined) continue;
      for (const item of this.#bulk.items(domain, today)) {
        if (item.kind !== 'directory' || tree.find(domain, item.path) === undefined) yield item;
      }
    }
  }

  get totals(): { readonly items: number; readonly bytes: number } {
    this.#totals ??= this.#count();
    return this.#totals;
  }

  #count(): { items: number; bytes: number } {
    const { items, bytes } = this.#phone.tree.totals();
    if (this.#bulk === undefined) return { items, bytes };
    const shared = this.#bulk.countDirectories((domain, path) => this.#phone.tree.find(domain, path) !== undefined);
    return { items: items + this.#bulk.files + this.#bulk.countDirectories(() => true) - shared, bytes: bytes + this.#bulk.bytes };
  }

  read(item: PhoneItem, chunkSize: number): Iterable<Buffer> {
    const body = this.#phone.tree.find(item.domain, item.path)?.body;
    const chunks = body?.chunks(chunkSize) ?? this.#bulk?.read(item, chunkSize);
    if (chunks === undefined) throw new RangeError(`Not a file of this phone: ${item.domain}-${item.path}`);
    return chunks;
  }

  apps(): readonly PhoneApp[] {
    const own = this.#phone.apps();
    return this.#bulk ? [...own, ...bulkApps(this.#bulk)] : own;
  }

  media(): PhoneMedia {
    this.#media ??= mediaOf(this.#phone.tree, this.#bulk, this.#today);
    return this.#media;
  }

  advance(days: number): boolean {
    const today = this.#today + Math.max(0, Math.floor(days));
    if (!(today <= maxDays)) throw new RangeError(`A virtual phone lives ${maxDays} days, not ${today}`);
    this.#today = today;
    this.#phone = this.#make(this.#today);
    this.#totals = undefined;
    this.#media = undefined;
    return true;
  }

  close(): void {
    // Generated content holds no resources.
  }
}
