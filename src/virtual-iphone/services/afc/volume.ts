import type { PhoneItem } from '../../contract.ts';
import { AfcError, afcStatus } from './codes.ts';
import { isWithin, parentOf } from './paths.ts';

/** The part of a volume that comes from the phone's content. */
export interface VolumeBase {
  list(path: string): readonly string[] | undefined;
  item(path: string): PhoneItem | undefined;
  read(item: PhoneItem, chunkSize: number): Iterable<Buffer>;
}

export interface FileFacts {
  readonly kind: PhoneItem['kind'];
  readonly size: number;
  /** Unix seconds. */
  readonly modified: number;
  readonly born: number;
  readonly target: string | undefined;
}

/** All that hosts may leave in one volume. */
const maxWritten = 128 << 20;

/** A file tree as AFC serves it: the phone's content under a layer of what hosts wrote and removed. */
export class Volume {
  readonly #base: () => VolumeBase;
  readonly #files: Map<string, Buffer>;
  readonly #time: () => Date;
  readonly #folders = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #modified = new Map<string, number>();

  /** `base` is asked anew at each use: a restore replaces the content. `time` is the phone's clock. */
  constructor(base: () => VolumeBase, files: Map<string, Buffer>, time: () => Date) {
    this.#base = base;
    this.#files = files;
    this.#time = time;
  }

  stat(path: string): FileFacts | undefined {
    const written = this.#files.get(path);
    const modified = this.#modified.get(path);
    if (written) return { kind: 'file', size: written.length, modified: modified ?? this.#seconds(), born: modified ?? this.#seconds(), target: undefined };
    const item = this.baseItem(path);
    if (item) return { kind: item.kind, size: item.size, modified: modified ?? item.modified, born: item.born, target: item.target };
    if (!this.#isFolder(path)) return undefined;
    return { kind: 'directory', size: 64, modified: modified ?? this.#seconds(), born: this.#seconds(), target: undefined };
  }

  /** Names in a folder, sorted; `undefined` when it is not there. */
  list(path: string): string[] | undefined {
    if (!this.#isFolder(path)) return undefined;
    const names = new Set<string>();
    const prefix = path === '' ? '' : `${path}/`;
    for (const name of this.#base().list(path) ?? []) if (!this.#isRemoved(prefix + name)) names.add(name);
    for (const other of [...this.#files.keys(), ...this.#folders]) {
      if (other.startsWith(prefix) && other !== path) names.add(other.slice(prefix.length).split('/')[0] ?? '');
    }
    return [...names].sort();
  }

  /** The item of the content at a path, unless it was removed or written over. */
  baseItem(path: string): PhoneItem | undefined {
    return this.#files.has(path) || this.#isRemoved(path) ? undefined : this.#base().item(path);
  }

  readBase(item: PhoneItem, chunkSize: number): Iterable<Buffer> {
    return this.#base().read(item, chunkSize);
  }

  /** What a host wrote at a path. */
  written(path: string): Buffer | undefined {
    return this.#files.get(path);
  }

  /** Puts a file in place; its folder must be there. */
  write(path: string, bytes: Buffer): void {
    if (!this.#isFolder(parentOf(path))) throw new AfcError(afcStatus.notFound);
    let total = bytes.length;
    for (const [other, content] of this.#files) if (other !== path) total += content.length;
    if (total > maxWritten) throw new AfcError(afcStatus.noSpace);
    this.#files.set(path, bytes);
    this.touch(path, this.#seconds());
  }

  makeFolder(path: string): void {
    const there = this.stat(path);
    if (there && there.kind !== 'directory') throw new AfcError(afcStatus.exists);
    // Like phones: folders on the way are made as well, and one that exists is no error.
    for (let folder = path; folder !== '' && !this.#isFolder(folder); folder = parentOf(folder)) this.#folders.add(folder);
  }

  /** Removes a file or an empty folder; with `recursive` a folder with its contents. */
  remove(path: string, recursive: boolean): void {
    if (path === '') throw new AfcError(afcStatus.permissionDenied);
    if (!this.stat(path)) throw new AfcError(afcStatus.notFound);
    if (!recursive && (this.list(path)?.length ?? 0) > 0) throw new AfcError(afcStatus.unknown);
    for (const other of this.#files.keys()) if (isWithin(other, path)) this.#files.delete(other);
    for (const other of this.#folders) if (isWithin(other, path)) this.#folders.delete(other);
    for (const other of this.#modified.keys()) if (isWithin(other, path)) this.#modified.delete(other);
    this.#removed.add(path);
  }

  touch(path: string, seconds: number): void {
    this.#modified.set(path, seconds);
  }

  #isFolder(path: string): boolean {
    if (path === '' || this.#folders.has(path)) return true;
    for (const file of this.#files.keys()) if (file.startsWith(`${path}/`)) return true;
    return !this.#isRemoved(path) && this.#base().list(path) !== undefined;
  }

  #isRemoved(path: string): boolean {
    for (let place = path; place !== ''; place = parentOf(place)) if (this.#removed.has(place)) return true;
    return false;
  }

  #seconds(): number {
    return Math.floor(this.#time().getTime() / 1000);
  }
}
