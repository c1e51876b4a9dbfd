import { join } from 'node:path';
import { fileIdPattern, namedFiles } from '../format/names.ts';
import { DataError } from '../shared/errors.ts';
import { ChecksumCursor, checksumName, readChecksums } from './checksum-file.ts';
import { contentFiles } from './content-walk.ts';
import { diskError } from './disk-error.ts';
import { FileHasher } from './hashing.ts';
import type { IdRange } from './journal.ts';
import type { TaskContext } from './task.ts';
import type { Damage } from './types.ts';

export interface VerifyBytesRequest {
  /** Folder of the entry. */
  readonly entry: string;
  readonly udid: string;
  /** First bytes of the content ids to look at; the named files belong to the range that begins with 0. */
  readonly range: IdRange;
}

/** Where a whole disk decayed, ten thousand names say enough. */
export const maxListed = 10_000;
const idLength = 40;

export type FoundDamage = Pick<Damage, 'code' | 'path'>;

export interface VerifyBytesResult {
  /** Content files that are there, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  readonly damage: readonly FoundDamage[];
  /** Damage beyond what is listed. */
  readonly unlisted: number;
}

/** Reads every byte of an entry and compares its SHA-256; also tells files that are missing or too many. */
export function verifyBytes(context: TaskContext, { entry, udid, range }: VerifyBytesRequest): VerifyBytesResult {
  const { files } = context;
  if (!files.stat(join(entry, checksumName))) return { files: 0, bytes: 0, damage: [{ code: 'missing', path: checksumName }], unlisted: 0 };
  const checker = new Checker(context, entry);
  try {
    compareAll(context, { entry, udid, range }, checker);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    checker.report('changed', checksumName);
  }
  return checker.result;
}

function compareAll(context: TaskContext, { entry, udid, range }: VerifyBytesRequest, checker: Checker): void {
  const { files } = context;
  const cursor = new ChecksumCursor(files, join(entry, checksumName));
  const skipTo = (id: string | undefined): void => {
    while (cursor.id !== undefined && (id === undefined || cursor.id < id)) {
      if (isInRange(cursor.id, range)) checker.report('missing', cursor.path);
      cursor.next();
    }
  };
  try {
    for (const { id, path } of contentFiles(files, join(entry, udid), range)) {
      skipTo(id);
      if (cursor.id !== id) checker.report('extra', `${udid}/${path}`);
      else {
        checker.compare(`${udid}/${path}`, cursor.sha256);
        if (cursor.path !== `${udid}/${path}`) checker.report('changed', checksumName);
        cursor.next();
      }
    }
    skipTo(undefined);
  } finally {
    cursor.close();
  }
  if (range.from === 0) checkNamed(context, entry, udid, checker);
}

/** Plists and manifests: all that are listed, and no others. */
function checkNamed(context: TaskContext, entry: string, udid: string, checker: Checker): void {
  const present = new Set(namedFiles.filter((name) => context.files.stat(join(entry, udid, name))));
  for (const { path, sha256 } of readChecksums(context.files, join(entry, checksumName))) {
    if (fileIdPattern.test(path.slice(-idLength))) continue;
    checker.compare(path, sha256);
    present.delete(path.slice(udid.length + 1));
  }
  for (const name of present) checker.report('extra', `${udid}/${name}`);
}

const isInRange = (id: string, range: IdRange): boolean => {
  const first = Number.parseInt(id.slice(0, 2), 16);
  return first >= range.from && first < range.to;
};

class Checker {
  readonly #context: TaskContext;
  readonly #entry: string;
  readonly #hasher: FileHasher;
  readonly #damage: FoundDamage[] = [];
  #files = 0;
  #bytes = 0;
  #unlisted = 0;

  constructor(context: TaskContext, entry: string) {
    this.#context = context;
    this.#entry = entry;
    this.#hasher = new FileHasher(context.files, (bytes) => context.advance(0, bytes));
  }

  get result(): VerifyBytesResult {
    return { files: this.#files, bytes: this.#bytes, damage: this.#damage, unlisted: this.#unlisted };
  }

  report(code: FoundDamage['code'], path: string): void {
    if (this.#damage.length < maxListed) this.#damage.push({ code, path });
    else this.#unlisted++;
  }

  #count(path: string, size: number): void {
    if (!fileIdPattern.test(path.slice(-idLength))) return;
    this.#files++;
    this.#bytes += size;
  }

  compare(path: string, sha256: string): void {
    this.#context.advance(1, 0);
    try {
      const actual = this.#hasher.hash(join(this.#entry, path));
      this.#count(path, actual?.size ?? 0);
      if (!actual) this.report('missing', path);
      else if (actual.sha256.toString('hex') !== sha256) this.report('changed', path);
    } catch (error) {
      // A sector that cannot be read is damage of this file; an error of ours is not.
      if (diskError(error, path) === error) throw error;
      this.report('unreadable', path);
    }
  }
}
