import type { PhoneApp, PhoneContent, PhoneItem } from '../../../../../src/virtual-iphone/contract.ts';

const typeBits = { file: 0o100000, directory: 0o040000, link: 0o120000 } as const;

export interface Entry {
  readonly domain: string;
  readonly path: string;
  readonly kind?: PhoneItem['kind'];
  readonly bytes?: Buffer;
  readonly facts?: Partial<PhoneItem>;
}

/** A phone's content as a list in manifest order, changed at will. */
export class ListContent implements PhoneContent {
  readonly #items = new Map<string, { readonly item: PhoneItem; readonly bytes: Buffer }>();
  #inodes = 1000;
  installed: PhoneApp[] = [];
  /** Files asked for so far, by `domain/path`. */
  readonly reads: string[] = [];

  constructor(entries: readonly Entry[] = []) {
    for (const entry of entries) this.put(entry);
  }

  put({ domain, path, kind = 'file', bytes = Buffer.alloc(0), facts = {} }: Entry): void {
    const item: PhoneItem = {
      domain, path, kind,
      mode: typeBits[kind] | (kind === 'file' ? 0o644 : 0o755),
      inode: ++this.#inodes, userId: 501, groupId: 501,
      modified: 1_700_000_000, changed: 1_700_000_000, born: 1_600_000_000,
      size: kind === 'file' ? bytes.length : 0, protectionClass: kind === 'file' ? 3 : 0, flags: 0,
      ...facts,
    };
    this.#items.set(`${domain}/${path}`, { item, bytes });
  }

  remove(domain: string, path: string): void {
    this.#items.delete(`${domain}/${path}`);
  }

  *items(): Iterable<PhoneItem> {
    const domains = [...new Set([...this.#items.values()].map(({ item }) => item.domain))];
    for (const domain of domains) for (const { item } of this.#items.values()) if (item.domain === domain) yield item;
  }

  get totals(): { items: number; bytes: number } {
    let bytes = 0;
    for (const { item } of this.#items.values()) bytes += item.size;
    return { items: this.#items.size, bytes };
  }

  *read({ domain, path }: PhoneItem, chunkSize: number): Iterable<Buffer> {
    const bytes = this.#items.get(`${domain}/${path}`)?.bytes;
    if (!bytes) throw new Error(`No content of ${domain}/${path}`);
    this.reads.push(`${domain}/${path}`);
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }

  apps(): readonly PhoneApp[] {
    return this.installed;
  }

  media(): { list: () => undefined; item: () => undefined } {
    return { list: () => undefined, item: () => undefined };
  }

  advance(): boolean {
    return false;
  }

  close(): void {
    this.#items.clear();
  }
}

/** A few files of each kind, with names and attributes that are easy to get wrong. */
export function sampleContent(): ListContent {
  const content = new ListContent([
    { domain: 'HomeDomain', path: '', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/SMS', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/SMS/sms.db', bytes: Buffer.alloc(70_000, 'message '), facts: { size: 65_536 } },
    { domain: 'HomeDomain', path: 'Library/empty', bytes: Buffer.alloc(0) },
    { domain: 'HomeDomain', path: 'Library/link', kind: 'link', facts: { target: '/var/mobile/Library/SMS' } },
    { domain: 'HomeDomain', path: 'Library/Preferences', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/Preferences/com.apple.test.plist', bytes: Buffer.from('settings'), facts: { protectionClass: 4 } },
    { domain: 'CameraRollDomain', path: '', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media/DCIM', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media/DCIM/IMG_0001.JPG', bytes: Buffer.alloc(600_001, 7) },
    {
      domain: 'CameraRollDomain', path: 'Media/DCIM/Gru\u0308ße \u{1f600}.txt', bytes: Buffer.from('hello'),
      facts: { extendedAttributes: { 'com.apple.test': Buffer.from('attribute') } },
    },
    { domain: 'AppDomain-com.example.app', path: '', kind: 'directory' },
    { domain: 'AppDomain-com.example.app', path: 'Documents', kind: 'directory' },
    { domain: 'AppDomain-com.example.app', path: 'Documents/data', bytes: Buffer.alloc(16, 'x'), facts: { protectionClass: 1 } },
    { domain: 'HealthDomain', path: '', kind: 'directory' },
    { domain: 'HealthDomain', path: 'Health', kind: 'directory' },
    { domain: 'HealthDomain', path: 'Health/healthdb.sqlite', bytes: Buffer.alloc(4096, 'health') },
  ]);
  content.installed = [exampleApp];
  return content;
}

const exampleApp: PhoneApp = {
  bundleId: 'com.example.app', name: 'Example', version: '1.2', type: 'User', staticUsage: 1, dynamicUsage: 1, groups: [],
  icon: Buffer.from('icon'), sinf: Buffer.from('sinf'), storeMetadata: Buffer.from('metadata'),
};

/** Many small files in one folder. */
export function manyFiles(count: number): ListContent {
  const content = new ListContent([
    { domain: 'CameraRollDomain', path: '', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media', kind: 'directory' },
  ]);
  for (let i = 0; i < count; i++) content.put({ domain: 'CameraRollDomain', path: `Media/${i}.bin`, bytes: Buffer.from(`file ${i}`) });
  return content;
}
