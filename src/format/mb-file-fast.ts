import type { MbFile } from './mb-file.ts';
import { PlainPlist } from './plain-plist.ts';

type Mutable = { -readonly [K in keyof MbFile]: MbFile[K] };

/** Record fields that are plain integers. */
const integers: Readonly<Record<string, 'mode' | 'userId' | 'groupId' | 'modified' | 'changed' | 'born' | 'size' | 'protectionClass' | 'flags'>> = {
  Mode: 'mode',
  UserID: 'userId',
  GroupID: 'groupId',
  LastModified: 'modified',
  LastStatusChange: 'changed',
  Birth: 'born',
  Size: 'size',
  ProtectionClass: 'protectionClass',
  Flags: 'flags',
};

/** Decodes a record of the shape that iOS writes, several times faster than the full reader; `undefined` for any other. */
export function readMbFileFast(blob: Buffer): MbFile | undefined {
  const list = PlainPlist.open(blob);
  if (!list) return undefined;
  let objects: Buffer | undefined;
  let root: number | undefined;
  list.forEach(list.top, (key, value) => {
    if (key === '$objects') objects = list.array(value);
    else if (key === '$top') list.forEach(value, (name, reference) => (root = name === 'root' ? list.uid(reference) : root));
  });
  const object = root === undefined ? undefined : objects?.[root];
  return objects && object !== undefined ? readRecord(list, objects, object) : undefined;
}

function readRecord(list: PlainPlist, objects: Buffer, object: number): MbFile | undefined {
  const file = { ...blank };
  let isUsual = true;
  const isDict = list.forEach(object, (key, value) => {
    isUsual &&= readField(list, objects, file, key, value);
  });
  return isDict && isUsual && file.mode >= 0 && file.relativePath !== '\0' ? file : undefined;
}

/** Answers `false` when the full reader has to look. */
function readField(list: PlainPlist, objects: Buffer, file: Mutable, key: string, value: number): boolean {
  const integer = integers[key];
  if (integer !== undefined) return assign(list.integer(value), (number) => (file[integer] = number));
  const target = (): number => objects[list.uid(value) ?? objects.length] ?? -1;
  switch (key) {
    case 'RelativePath':
      return assign(list.string(target()), (text) => (file.relativePath = text));
    case 'InodeNumber':
      return assign(list.integer(value), (number) => (file.inode = BigInt(number)));
    case 'Target':
      return assign(list.string(target()), (text) => (file.target = text));
    case 'Digest':
      return assign(dataOf(list, target()), (data) => (file.digest = data));
    case 'EncryptionKey':
      return assign(dataOf(list, target()), (data) => (file.encryptionKey = data));
    case 'ExtendedAttributes':
      return assign(dataOf(list, target()), (data) => (file.extendedAttributes = data));
    default:
      return key === '$class';
  }
}

function assign<T>(value: T | undefined, set: (value: T) => void): boolean {
  if (value === undefined) return false;
  set(value);
  return true;
}

/** Immutable data, or the dictionary of mutable data with its bytes inside. */
function dataOf(list: PlainPlist, object: number): Buffer | undefined {
  if (object < 0) return undefined;
  let data = list.data(object);
  if (data) return data;
  list.forEach(object, (key, value) => (data = key === 'NS.data' ? list.data(value) : data));
  return data;
}

const blank: Mutable = {
  relativePath: '\0',
  mode: -1,
  inode: 0n,
  userId: 0,
  groupId: 0,
  modified: 0,
  changed: 0,
  born: 0,
  size: undefined,
  protectionClass: 0,
  flags: 0,
  target: undefined,
  digest: undefined,
  encryptionKey: undefined,
  extendedAttributes: undefined,
};
