import { PlistError, PlistUid, asArray, asBigInt, asData, asDict, asInteger, asString, readBinaryPlist, type PlistDict, type PlistValue } from '../plist/index.ts';
import { DataError } from '../shared/errors.ts';
import { readMbFileFast } from './mb-file-fast.ts';

/** The record of one file (`MBFile`), as iOS archived it. Times are Unix seconds. */
export interface MbFile {
  readonly relativePath: string;
  /** st_mode with its type bits. */
  readonly mode: number;
  readonly inode: bigint;
  readonly userId: number;
  readonly groupId: number;
  readonly modified: number;
  readonly changed: number;
  readonly born: number;
  /** At the time of stat; the content's length may differ. `undefined` in records of foreign writers. */
  readonly size: number | undefined;
  readonly protectionClass: number;
  /** BSD st_flags. */
  readonly flags: number;
  /** Of a symbolic link. */
  readonly target: string | undefined;
  /** SHA-1; what it covers is not established. */
  readonly digest: Buffer | undefined;
  /** Protection class (uint32 LE) and wrapped key, 44 bytes. */
  readonly encryptionKey: Buffer | undefined;
  /** A nested binary plist. */
  readonly extendedAttributes: Buffer | undefined;
}

export type FileKind = 'file' | 'directory' | 'link' | 'other';

const limits = { maxBytes: 16 << 20, maxValues: 500, maxDepth: 12 };
const typeMask = 0o170000;
const kinds: Readonly<Record<number, FileKind>> = { 0o100000: 'file', 0o040000: 'directory', 0o120000: 'link' };

export const kindOfMode = (mode: number): FileKind => kinds[mode & typeMask] ?? 'other';

/** Decodes a `file` blob of Manifest.db. Throws `DataError('data.manifest')`. */
export const readMbFile = (blob: Buffer): MbFile => readMbFileFast(blob) ?? readAnyMbFile(blob);

/** For every legal archive, whoever wrote it. */
export function readAnyMbFile(blob: Buffer): MbFile {
  const archive = readArchive(blob);
  const objects = asArray(archive?.['$objects']) ?? [];
  const resolve = (value: PlistValue | undefined): PlistValue | undefined => (value instanceof PlistUid ? objects[value.index] : value);
  const file = asDict(resolve(asDict(archive?.['$top'])?.['root']));
  const relativePath = asString(resolve(file?.['RelativePath']));
  const mode = asInteger(file?.['Mode']);
  if (!file || relativePath === undefined || mode === undefined) throw bad('lacks its path or mode');
  const integer = (key: string): number => asInteger(file[key]) ?? 0;
  return {
    relativePath,
    mode,
    inode: asBigInt(file['InodeNumber']) ?? 0n,
    userId: integer('UserID'),
    groupId: integer('GroupID'),
    modified: integer('LastModified'),
    changed: integer('LastStatusChange'),
    born: integer('Birth'),
    size: asInteger(file['Size']),
    protectionClass: integer('ProtectionClass'),
    flags: integer('Flags'),
    target: asString(resolve(file['Target'])),
    digest: dataOf(resolve(file['Digest']), resolve),
    encryptionKey: dataOf(resolve(file['EncryptionKey']), resolve),
    extendedAttributes: dataOf(resolve(file['ExtendedAttributes']), resolve),
  };
}

function readArchive(blob: Buffer): PlistDict | undefined {
  try {
    return asDict(readBinaryPlist(blob, limits));
  } catch (cause) {
    if (cause instanceof PlistError) throw bad('is not a binary property list', cause);
    throw cause;
  }
}

/** Immutable data lies as it is, mutable data in a dictionary, whose `NS.data` some writers made a reference. */
const dataOf = (value: PlistValue | undefined, resolve: (value: PlistValue | undefined) => PlistValue | undefined): Buffer | undefined =>
  asData(value) ?? asData(resolve(asDict(value)?.['NS.data']));

const bad = (what: string, cause?: unknown): DataError => new DataError('data.manifest', `A file record ${what}`, { subject: 'Files.file', cause });
