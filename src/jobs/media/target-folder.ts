import { link, lstat, mkdir, open, realpath, rename, unlink } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join, sep } from 'node:path';
import type { MediaFile } from '../../device/index.ts';
import { DataError } from '../../shared/errors.ts';
import { hostName } from '../../shared/host-name.ts';

/** File systems with coarse times (FAT: two seconds) still know their own files again. */
const timeTolerance = 2_000;

/** Like the folders of the library: nobody else on this computer sees the photos. */
const privateMode = 0o700;

/** Where copies go: a tree like the phone's below a folder of the person's choice. Nothing leaves it, and nothing in it is overwritten. */
export class TargetFolder {
  readonly path: string;
  readonly #made = new Set<string>();
  /** Names of this run, folded, against file systems that do not tell upper from lower case. */
  readonly #taken = new Map<string, string>();

  private constructor(path: string) {
    this.path = path;
  }

  static async open(folder: string): Promise<TargetFolder> {
    await mkdir(folder, { recursive: true, mode: privateMode });
    return new TargetFolder(await realpath(folder));
  }

  /** Absolute path of a file's copy; its folder is there. Throws `data.path` when a link leads out. */
  async place({ path }: Pick<MediaFile, 'path'>): Promise<string> {
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    if (names.length === 0 || names.includes('..')) throw new DataError('data.path', 'Not a file of the camera roll', { subject: path });
    const safe = names.map(hostName);
    await this.#makeFolder(safe.slice(0, -1));
    const target = join(this.path, ...safe);
    const folded = target.toLowerCase();
    const owner = this.#taken.get(folded) ?? path;
    this.#taken.set(folded, owner);
    return owner === path ? target : withMark(target, path);
  }

  /** Where a file is to be written, or `undefined` when its copy is there. A different file of that name stays: the copy gets a name of its own. */
  async freePlace(file: MediaFile): Promise<string | undefined> {
    const target = await this.place(file);
    const there = await stateOf(target, file);
    if (there === 'same') return undefined;
    if (there === 'free') return target;
    const other = withMark(target, `${file.size} ${file.modified?.getTime() ?? 0}`);
    const second = await stateOf(other, file);
    if (second === 'same') return undefined;
    if (second === 'free') return other;
    throw new DataError('data.path', 'Other files have the names of this copy', { subject: file.path });
  }

  /** Folders that got new names; for a sync at the end. */
  get folders(): readonly string[] {
    return [...this.#made];
  }

  /** Step by step: a link in the way would lead somewhere else. */
  async #makeFolder(names: readonly string[]): Promise<void> {
    let folder = this.path;
    for (const name of names) {
      folder = join(folder, name);
      if (this.#made.has(folder)) continue;
      const isNew = await mkdir(folder, { mode: privateMode }).then(() => true, expectThere);
      if (!isNew && !(await lstat(folder)).isDirectory()) throw new DataError('data.path', 'No folder, but a link or file', { subject: folder });
      this.#made.add(folder);
    }
  }
}

function expectThere(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}

async function stateOf(path: string, { size, modified }: MediaFile): Promise<'free' | 'same' | 'other'> {
  const there = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!there) return 'free';
  const isSameTime = modified === undefined || Math.abs(there.mtimeMs - modified.getTime()) <= timeTolerance;
  return there.isFile() && there.size === size && isSameTime ? 'same' : 'other';
}

function withMark(path: string, text: string): string {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf(sep) ? `${path.slice(0, dot)}-${mark}${path.slice(dot)}` : `${path}-${mark}`;
}

/** Gives a finished file its name, and never replaces one: by a hard link where there are such. */
export async function giveName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw error;
    if (await lstat(to).catch(() => undefined)) throw error;
    await rename(from, to);
  }
}

/** Names are safe on disks that can do it; others take their time. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
