import type { PhoneItem } from '../contract.ts';
import type { Body } from './body.ts';
import { compareDomains, comparePaths, domainFacts, type DomainFacts } from './domains.ts';
import { hashText, mix } from './random.ts';

const typeBits = { file: 0o100000, directory: 0o040000, link: 0o120000 } as const;

/** What a generator may say about an item; the domain's ways hold for the rest. Times in Unix seconds. */
export interface ItemFacts {
  readonly modified: number;
  readonly born?: number | undefined;
  readonly protectionClass?: 1 | 2 | 3 | 4 | undefined;
  readonly permissions?: number | undefined;
  readonly flags?: number | undefined;
  /** What stat said, where it differs from the content's length. */
  readonly statSize?: number | undefined;
  readonly extendedAttributes?: Readonly<Record<string, Buffer>> | undefined;
}

export interface TreeItem extends PhoneItem {
  readonly body: Body | undefined;
}

/** What an item is: a file has a body, a link a target. */
interface What {
  readonly kind: TreeItem['kind'];
  readonly body?: Body;
  readonly target?: string;
}

/** The phone's files by domain and path. Adding a file adds the directories above it, up to the domain's root. */
export class PhoneTree {
  readonly #domains = new Map<string, Map<string, TreeItem>>();
  readonly #inodes = new Set<number>();
  /** Directories are as old as the phone. */
  readonly #firstDay: number;

  constructor(firstDay: number) {
    this.#firstDay = firstDay;
  }

  file(domain: string, path: string, body: Body, facts: ItemFacts): void {
    this.#add(domain, path, facts, { kind: 'file', body });
  }

  /** `''` is the domain's root. */
  directory(domain: string, path: string, facts: ItemFacts = { modified: this.#firstDay }): void {
    this.#add(domain, path, facts, { kind: 'directory' });
  }

  link(domain: string, path: string, target: string, facts: ItemFacts): void {
    this.#add(domain, path, facts, { kind: 'link', target });
  }

  find(domain: string, path: string): TreeItem | undefined {
    return this.#domains.get(domain)?.get(path);
  }

  domains(): string[] {
    return [...this.#domains.keys()].sort(compareDomains);
  }

  /** Items of one domain, parents before children. */
  items(domain: string): TreeItem[] {
    return [...(this.#domains.get(domain)?.values() ?? [])].sort((a, b) => comparePaths(sortKey(a.path), sortKey(b.path)));
  }

  /** Bytes of file content in one domain. */
  bytesOf(domain: string): number {
    let bytes = 0;
    for (const item of this.#domains.get(domain)?.values() ?? []) bytes += item.body?.length ?? 0;
    return bytes;
  }

  fileCount(): number {
    let count = 0;
    for (const domain of this.#domains.values()) for (const item of domain.values()) if (item.kind === 'file') count++;
    return count;
  }

  /** Items, and bytes of file content. */
  totals(): { items: number; bytes: number } {
    let items = 0;
    let bytes = 0;
    for (const domain of this.#domains.values()) {
      items += domain.size;
      for (const item of domain.values()) bytes += item.body?.length ?? 0;
    }
    return { items, bytes };
  }

  #add(domain: string, path: string, facts: ItemFacts, what: What): void {
    let items = this.#domains.get(domain);
    if (items === undefined) {
      items = new Map();
      this.#domains.set(domain, items);
    }
    if (path !== '') this.#addParent(items, domain, path);
    const inode = items.get(path)?.inode ?? this.#newInode(`${domain}-${path}`);
    items.set(path, { domain, path, inode, ...this.#stat(domainFacts(domain), facts, what) });
  }

  #addParent(items: Map<string, TreeItem>, domain: string, path: string): void {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!items.has(parent)) this.directory(domain, parent);
  }

  #stat(ways: DomainFacts, facts: ItemFacts, { kind, body, target }: What): Omit<TreeItem, 'domain' | 'path' | 'inode'> {
    const permissions = facts.permissions ?? (kind === 'file' ? ways.fileMode : 0o755);
    return {
      kind,
      mode: typeBits[kind] | permissions,
      userId: ways.userId,
      groupId: ways.userId,
      modified: facts.modified,
      changed: facts.modified,
      born: facts.born ?? Math.min(facts.modified, this.#firstDay + 3600),
      size: kind === 'file' ? (facts.statSize ?? body?.length ?? 0) : 0,
      protectionClass: kind === 'file' ? (facts.protectionClass ?? ways.protectionClass) : 0,
      flags: facts.flags ?? 0,
      target,
      extendedAttributes: facts.extendedAttributes,
      body,
    };
  }

  /** From the name, so that a file keeps its number while others come and go; every file has its own. */
  #newInode(name: string): number {
    const hash = hashText(name);
    let inode = 0x1_0000_0000 * (1 + (mix(hash, name.length) & 0x3f)) + hash;
    while (this.#inodes.has(inode)) inode++;
    this.#inodes.add(inode);
    return inode;
  }
}

/** Puts what is inside a directory before its siblings whose names go on with a character below the slash. */
const sortKey = (path: string): string => path.replaceAll('/', '\0');
