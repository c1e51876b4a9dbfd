import type { PhoneItem } from '../../contract.ts';
import { readRecord } from './record-reader.ts';
import { secretsAt, writeRecord, type RecordSecrets } from './record-writer.ts';

const blankKey = Buffer.alloc(44);
const blankDigest = Buffer.alloc(20);

/** Records of an item in one backup: which of them carry a key or a digest. */
export interface RecordKind {
  readonly isEncrypted: boolean;
  readonly hasDigest: boolean;
}

/** Whether `old` describes `item` as it is now, whatever its key and digest. */
export function isSameRecord(old: Uint8Array, item: PhoneItem, kind: RecordKind): boolean {
  const isFile = item.kind === 'file';
  const blank: RecordSecrets = {
    key: isFile && kind.isEncrypted ? blankKey : undefined,
    digest: isFile && kind.hasDigest ? blankDigest : undefined,
  };
  const expected = writeRecord(item, blank);
  if (expected.length === old.length) {
    const { keyAt, digestAt } = secretsAt(item, blank);
    if (keyAt >= 0) expected.set(old.subarray(keyAt, keyAt + 44), keyAt);
    if (digestAt >= 0) expected.set(old.subarray(digestAt, digestAt + 20), digestAt);
    if (expected.equals(old)) return true;
  }
  return isSameForeignRecord(old, item, isFile && kind.isEncrypted);
}

/** For records of other writers, whose bytes have another order. */
function isSameForeignRecord(old: Uint8Array, item: PhoneItem, needsKey: boolean): boolean {
  const record = readRecord(old);
  if (!record || record.path !== item.path || (record.key !== undefined) !== needsKey || record.target !== item.target) return false;
  const facts = ['mode', 'inode', 'userId', 'groupId', 'modified', 'changed', 'born', 'size', 'protectionClass', 'flags'] as const;
  return facts.every((fact) => record[fact] === item[fact]) && sameAttributes(record.extendedAttributes, item.extendedAttributes);
}

function sameAttributes(left: Readonly<Record<string, Buffer>> = {}, right: Readonly<Record<string, Buffer>> = {}): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => right[name]?.equals(left[name] as Buffer));
}
