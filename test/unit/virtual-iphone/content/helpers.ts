import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PhoneContent, PhoneItem } from '../../../../src/virtual-iphone/contract.ts';
import { createContent, type ContentOptions, type GeneratedSpec } from '../../../../src/virtual-iphone/content/index.ts';

export const options: ContentOptions = {
  seed: 7,
  ios: '17.5.1',
  productType: 'iPhone16,1',
  language: 'en',
  clock: new Date('2026-03-01T10:00:00Z'),
};

export const make = (kind: GeneratedSpec | 'tiny' | 'demo', change: Partial<ContentOptions> = {}): PhoneContent => {
  return createContent(typeof kind === 'string' ? { kind } : kind, { ...options, ...change });
};

const demos = new Map<number, PhoneContent>();

/** The demo phone on its first day, made once; not to be advanced. */
export function sharedDemo(seed = options.seed): PhoneContent {
  const demo = demos.get(seed) ?? make('demo', { seed });
  demos.set(seed, demo);
  return demo;
}

export const nameOf = (item: PhoneItem): string => `${item.domain}-${item.path}`;

export const bytesOf = (content: PhoneContent, item: PhoneItem): Buffer => Buffer.concat([...content.read(item, 1 << 20)]);

export function find(content: PhoneContent, domain: string, path: string): PhoneItem {
  for (const item of content.items()) if (item.domain === domain && item.path === path) return item;
  throw new Error(`Not on the phone: ${domain}-${path}`);
}

/** SHA-1 of a file's content. */
export function digest(content: PhoneContent, item: PhoneItem): string {
  const hash = createHash('sha1');
  for (const chunk of content.read(item, 1 << 20)) hash.update(chunk);
  return hash.digest('hex');
}

/** Facts and content of everything on the phone, by name. */
export function picture(content: PhoneContent): Map<string, string> {
  const seen = new Map<string, string>();
  for (const item of content.items()) {
    const facts = [item.mode, item.inode, item.size, item.modified, item.protectionClass, item.flags, item.target];
    seen.set(nameOf(item), `${facts.join(' ')} ${item.kind === 'file' ? digest(content, item) : ''}`);
  }
  return seen;
}

/** Opens a database's bytes for the time of a test. */
export function withDatabase<T>(bytes: Buffer, use: (database: DatabaseSync) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'content-test-'));
  const path = join(folder, 'copy.db');
  writeFileSync(path, bytes);
  const database = new DatabaseSync(path);
  try {
    return use(database);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}
