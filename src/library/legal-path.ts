import { DataError } from '../shared/errors.ts';
import { appleFile, fileIdPattern, namedFiles } from '../format/names.ts';

/**
 * A path a device may name, taken apart. `path` is relative to the folder that holds `<UDID>/`, with `/`.
 * `id` is 40 hex digits and agrees with its shard folder, which iOS 9 and older have not.
 */
export type LegalPath =
  | { readonly kind: 'content'; readonly path: string; readonly inSnapshot: boolean; readonly isSharded: boolean; readonly id: string }
  | { readonly kind: 'named'; readonly path: string; readonly inSnapshot: boolean; readonly name: string }
  /** The root (`inSnapshot`: Snapshot itself), or the shard folder of this name in there. */
  | { readonly kind: 'directory'; readonly path: string; readonly inSnapshot: boolean; readonly shard: string }
  /** `<UDID>-yyyyMMdd-HHmmss`, where a device puts a whole folder aside. */
  | { readonly kind: 'archive'; readonly path: string };

export type LegalFile = Extract<LegalPath, { kind: 'content' | 'named' }>;
export type LegalDirectory = Extract<LegalPath, { kind: 'directory' }>;

const longest = 128;
const names: ReadonlySet<string> = new Set(namedFiles);
const idLength = 40;
const shardLength = 2;
const shardPattern = /^[0-9a-f]{2}$/;
const archivePattern = /^-\d{8}-\d{6}$/;

/**
 * The one gate for paths that a device gives: everything else is refused with `data.path` before the disk is touched.
 * Nothing is normalised, so that no two spellings of one path exist.
 */
export function legalPath(path: string, udid: string): LegalPath {
  const legal = path.length <= longest && path.startsWith(udid) ? parse(path, path.slice(udid.length)) : undefined;
  if (!legal) throw new DataError('data.path', 'The device named a path outside of its backup', { subject: path.slice(0, longest) });
  return legal;
}

function parse(path: string, rest: string): LegalPath | undefined {
  if (rest === '') return { kind: 'directory', path, inSnapshot: false, shard: '' };
  if (!rest.startsWith('/')) return archivePattern.test(rest) ? { kind: 'archive', path } : undefined;
  if (rest === `/${appleFile.snapshot}`) return { kind: 'directory', path, inSnapshot: true, shard: '' };
  const inSnapshot = rest.startsWith(`/${appleFile.snapshot}/`);
  const inner = rest.slice(inSnapshot ? appleFile.snapshot.length + 2 : 1);
  if (inner.length >= idLength) return parseContent(path, inSnapshot, inner);
  if (names.has(inner)) return { kind: 'named', path, inSnapshot, name: inner };
  return shardPattern.test(inner) ? { kind: 'directory', path, inSnapshot, shard: inner } : undefined;
}

function parseContent(path: string, inSnapshot: boolean, inner: string): LegalPath | undefined {
  const isSharded = inner.charAt(shardLength) === '/';
  const id = isSharded ? inner.slice(shardLength + 1) : inner;
  if (!fileIdPattern.test(id) || (isSharded && !id.startsWith(inner.slice(0, shardLength)))) return undefined;
  return { kind: 'content', path, inSnapshot, isSharded, id };
}

export function legalFile(path: string, udid: string): LegalFile {
  const legal = legalPath(path, udid);
  if (legal.kind === 'content' || legal.kind === 'named') return legal;
  throw new DataError('data.path', 'The device named a folder as a file', { subject: path });
}

/** A folder inside `<UDID>/`, or that folder itself. */
export function legalDirectory(path: string, udid: string): LegalDirectory {
  const legal = legalPath(path, udid);
  if (legal.kind === 'directory') return legal;
  throw new DataError('data.path', 'The device named a file as a folder', { subject: path });
}

/** Both ends of a move or copy: files onto files, folders onto folders, and never a folder into itself. */
export function legalPair(from: string, to: string, udid: string): readonly [LegalPath, LegalPath] {
  const source = legalPath(from, udid);
  const target = legalPath(to, udid);
  const isNested = target.path.startsWith(`${source.path}/`) || source.path.startsWith(`${target.path}/`);
  if (isFile(source) === isFile(target) && (isFile(source) || !isNested)) return [source, target];
  throw new DataError('data.path', 'The device would move a folder onto a file', { subject: `${from} to ${to}` });
}

export const isFile = (legal: LegalPath): legal is LegalFile =>
  legal.kind === 'content' || legal.kind === 'named';

/** `.` for the folder that holds `<UDID>/`. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';

/** How many folders a legal path goes through. */
export const foldersOf = (path: string): number => path.split('/').length - 1;
