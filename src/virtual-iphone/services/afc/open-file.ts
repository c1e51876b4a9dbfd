import type { PhoneItem } from '../../contract.ts';
import { AfcError, afcStatus } from './codes.ts';
import type { Volume } from './volume.ts';

const chunkSize = 256 << 10;
/** A read is answered with at most this much, whatever was asked for. */
const maxRead = 1 << 20;
/** Larger files of the content cannot be changed by a host. */
const maxCopied = 32 << 20;

/** How a file is opened, by AFC's mode number. */
interface Access {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly truncates: boolean;
  readonly appends: boolean;
}

const modes: Readonly<Record<number, Access>> = {
  1: { reads: true, writes: false, truncates: false, appends: false },
  2: { reads: true, writes: true, truncates: false, appends: false },
  3: { reads: false, writes: true, truncates: true, appends: false },
  4: { reads: true, writes: true, truncates: true, appends: false },
  5: { reads: false, writes: true, truncates: false, appends: true },
  6: { reads: true, writes: true, truncates: false, appends: true },
};

/** An open file with its position. */
export class OpenFile {
  readonly path: string;
  position = 0;
  readonly #volume: Volume;
  readonly #access: Access;
  #base: BaseCursor | undefined;

  constructor(volume: Volume, path: string, mode: number) {
    const access = modes[mode];
    if (!access) throw new AfcError(afcStatus.invalidArgument);
    const there = volume.stat(path);
    if (there?.kind === 'directory') throw new AfcError(afcStatus.isDirectory);
    if (!there && !access.writes) throw new AfcError(afcStatus.notFound);
    if (!there || access.truncates) volume.write(path, Buffer.alloc(0));
    this.path = path;
    this.#volume = volume;
    this.#access = access;
  }

  get size(): number {
    return this.#volume.stat(this.path)?.size ?? 0;
  }

  /** Fewer bytes at the end of the file, none past it. */
  read(length: number): Buffer {
    if (!this.#access.reads) throw new AfcError(afcStatus.permissionDenied);
    const bytes = this.#bytesAt(this.position, Math.min(length, maxRead));
    this.position += bytes.length;
    return bytes;
  }

  write(bytes: Buffer): void {
    const old = this.#copy();
    const start = this.#access.appends ? old.length : this.position;
    const size = Math.max(old.length, start + bytes.length);
    const grown = size === old.length ? Buffer.from(old) : Buffer.concat([old, Buffer.alloc(size - old.length)]);
    bytes.copy(grown, start);
    this.#volume.write(this.path, grown);
    this.position = start + bytes.length;
  }

  resize(size: number): void {
    if (size > maxCopied) throw new AfcError(afcStatus.noSpace);
    const bytes = Buffer.alloc(size);
    this.#copy().copy(bytes);
    this.#volume.write(this.path, bytes);
  }

  close(): void {
    this.#base?.close();
    this.#base = undefined;
  }

  #bytesAt(position: number, length: number): Buffer {
    const written = this.#volume.written(this.path);
    if (written) return written.subarray(position, position + length);
    const item = this.#volume.baseItem(this.path);
    if (!item) throw new AfcError(afcStatus.notFound);
    this.#base ??= new BaseCursor(this.#volume, item);
    return this.#base.read(position, length);
  }

  /** The whole content, to be changed. */
  #copy(): Buffer {
    if (!this.#access.writes) throw new AfcError(afcStatus.permissionDenied);
    const written = this.#volume.written(this.path);
    if (written) return written;
    if (this.size > maxCopied) throw new AfcError(afcStatus.permissionDenied);
    return this.#bytesAt(0, maxCopied);
  }
}

/** Reads a file of the content, which comes as a sequence of chunks, at any position; going on is cheap, going back starts again. */
class BaseCursor {
  readonly #volume: Volume;
  readonly #item: PhoneItem;
  #chunks: Iterator<Buffer> | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  /** Position of the chunk's first byte. */
  #start = 0;

  constructor(volume: Volume, item: PhoneItem) {
    this.#volume = volume;
    this.#item = item;
  }

  read(position: number, length: number): Buffer {
    if (position < this.#start || !this.#chunks) this.#rewind();
    const parts: Buffer[] = [];
    let left = length;
    while (left > 0) {
      const from = position + length - left - this.#start;
      if (from >= this.#chunk.length) {
        if (!this.#advance()) break;
        continue;
      }
      const part = this.#chunk.subarray(from, from + left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  close(): void {
    this.#chunks?.return?.();
  }

  #rewind(): void {
    this.close();
    this.#chunks = this.#volume.readBase(this.#item, chunkSize)[Symbol.iterator]();
    this.#chunk = Buffer.alloc(0);
    this.#start = 0;
  }

  #advance(): boolean {
    const next = this.#chunks?.next();
    if (!next || next.done) return false;
    this.#start += this.#chunk.length;
    this.#chunk = next.value;
    return true;
  }
}
