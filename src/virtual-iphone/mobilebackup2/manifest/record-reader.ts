import { asArray, asBigInt, asData, asDict, asString, PlistUid, readBinaryPlist, type PlistDict, type PlistValue } from '../../../plist/index.ts';

/** A file record as any writer may have made it; fields it lacks are `undefined`. */
export interface FileRecord {
  readonly path: string | undefined;
  readonly mode: number;
  readonly inode: number;
  readonly userId: number;
  readonly groupId: number;
  readonly modified: number;
  readonly changed: number;
  readonly born: number;
  readonly size: number;
  readonly protectionClass: number;
  readonly flags: number;
  readonly target: string | undefined;
  /** 44 bytes, encrypted backups only. */
  readonly key: Buffer | undefined;
  readonly extendedAttributes: Readonly<Record<string, Buffer>> | undefined;
}

/** Reads an MBFile archive; `undefined` when it is none. */
export function readRecord(blob: Uint8Array): FileRecord | undefined {
  const root = openArchive(blob);
  if (!root) return undefined;
  const { file, resolve } = root;
  const number = (name: string): number => Number(asBigInt(file[name]) ?? 0n);
  return {
    path: asString(resolve('RelativePath')),
    mode: number('Mode'),
    inode: number('InodeNumber'),
    userId: number('UserID'),
    groupId: number('GroupID'),
    modified: number('LastModified'),
    changed: number('LastStatusChange'),
    born: number('Birth'),
    size: number('Size'),
    protectionClass: number('ProtectionClass'),
    flags: number('Flags'),
    target: asString(resolve('Target')),
    key: dataOf(resolve('EncryptionKey'), resolve),
    extendedAttributes: attributesOf(dataOf(resolve('ExtendedAttributes'), resolve)),
  };
}

type Resolve = (from: string | PlistValue) => PlistValue | undefined;

function openArchive(blob: Uint8Array): { file: PlistDict; resolve: Resolve } | undefined {
  const archive = asDict(parse(Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)));
  const objects = asArray(archive?.['$objects']);
  const root = asDict(archive?.['$top'])?.['root'];
  const file = root instanceof PlistUid ? asDict(objects?.[root.index]) : undefined;
  if (!file || !objects) return undefined;
  const resolve: Resolve = (from) => {
    const value = typeof from === 'string' ? file[from] : from;
    return value instanceof PlistUid ? objects[value.index] : value;
  };
  return { file, resolve };
}

/** Data lies there plainly, or as the `NS.data` of a mutable data object. */
function dataOf(value: PlistValue | undefined, resolve: Resolve): Buffer | undefined {
  const wrapped = asDict(value)?.['NS.data'];
  return asData(wrapped === undefined ? value : resolve(wrapped));
}

function attributesOf(data: Buffer | undefined): Record<string, Buffer> | undefined {
  const dict = data && asDict(parse(data));
  return dict && Object.fromEntries(Object.entries(dict).filter((entry): entry is [string, Buffer] => Buffer.isBuffer(entry[1])));
}

function parse(bytes: Buffer): PlistValue | undefined {
  try {
    return readBinaryPlist(bytes);
  } catch {
    return undefined;
  }
}
