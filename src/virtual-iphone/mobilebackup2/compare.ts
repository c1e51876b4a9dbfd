import { hash } from 'node:crypto';
import type { PhoneContent, PhoneItem } from '../contract.ts';

/** One way in which two phones differ at one place. */
export interface Difference {
  readonly domain: string;
  readonly path: string;
  /** `missing`: only in the first; `extra`: only in the second; else the attribute that differs. */
  readonly what: 'missing' | 'extra' | 'content' | (typeof comparedFacts)[number] | 'extendedAttributes';
  readonly first?: string | number | undefined;
  readonly second?: string | number | undefined;
}

export interface CompareOptions {
  /** Items left out on both sides, for example what an unencrypted backup does not carry. */
  readonly ignore?: ((item: PhoneItem) => boolean) | undefined;
  /** Differences after which the comparison stops; 100 when absent. */
  readonly limit?: number | undefined;
}

/** Inode and status-change time are new after every restore. */
const comparedFacts = ['kind', 'mode', 'userId', 'groupId', 'modified', 'born', 'size', 'protectionClass', 'flags', 'target'] as const;
const chunkSize = 1 << 20;

/** Compares what is on two phones, attributes and every byte. Needs memory for the second one's items. */
export function compareContents(first: PhoneContent, second: PhoneContent, options: CompareOptions = {}): Difference[] {
  const { ignore = () => false, limit = 100 } = options;
  const rest = new Map<string, PhoneItem>();
  for (const item of second.items()) if (!ignore(item)) rest.set(keyOf(item), item);
  const differences: Difference[] = [];
  for (const item of first.items()) {
    if (differences.length >= limit) return differences;
    if (ignore(item)) continue;
    const other = rest.get(keyOf(item));
    rest.delete(keyOf(item));
    if (other) differences.push(...compareItems(first, item, second, other));
    else differences.push({ domain: item.domain, path: item.path, what: 'missing' });
  }
  for (const { domain, path } of rest.values()) differences.push({ domain, path, what: 'extra' });
  return differences.slice(0, limit);
}

const keyOf = ({ domain, path }: PhoneItem): string => `${domain}-${path}`;

function compareItems(first: PhoneContent, item: PhoneItem, second: PhoneContent, other: PhoneItem): Difference[] {
  const { domain, path } = item;
  const differences: Difference[] = [];
  for (const what of comparedFacts) if (item[what] !== other[what]) differences.push({ domain, path, what, first: item[what], second: other[what] });
  if (attributesOf(item) !== attributesOf(other)) differences.push({ domain, path, what: 'extendedAttributes' });
  if (item.kind === 'file' && other.kind === 'file' && !sameBytes(first.read(item, chunkSize), second.read(other, chunkSize))) {
    differences.push({ domain, path, what: 'content' });
  }
  return differences;
}

const attributesOf = ({ extendedAttributes = {} }: PhoneItem): string =>
  JSON.stringify(Object.keys(extendedAttributes).sort().map((name) => [name, hash('sha256', extendedAttributes[name] as Buffer)]));

/** Chunk borders need not agree. */
function sameBytes(first: Iterable<Buffer>, second: Iterable<Buffer>): boolean {
  const left = first[Symbol.iterator]();
  const right = second[Symbol.iterator]();
  const nothing: Buffer = Buffer.alloc(0);
  let a = nothing;
  let b = nothing;
  for (;;) {
    if (a.length === 0) a = nextFilled(left) ?? nothing;
    if (b.length === 0) b = nextFilled(right) ?? nothing;
    if (a.length === 0 || b.length === 0) return a.length === b.length;
    const count = Math.min(a.length, b.length);
    if (a.compare(b, 0, count, 0, count) !== 0) return false;
    a = a.subarray(count);
    b = b.subarray(count);
  }
}

function nextFilled(chunks: Iterator<Buffer>): Buffer | undefined {
  for (;;) {
    const next = chunks.next();
    if (next.done) return undefined;
    if (next.value.length > 0) return next.value;
  }
}
