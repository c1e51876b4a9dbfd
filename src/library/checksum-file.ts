import { DataError } from '../shared/errors.ts';
import type { BlockingFileSystem } from './file-system.ts';

/*
 * `checksums.sha256` of an entry, in the format of coreutils (`sha256sum -c`), paths relative to the entry. First one line
 * for each content file, all of one length and sorted by id, so that one file is found by bisection and two entries are
 * compared by walking both; then the few named files.
 */

export const checksumName = 'checksums.sha256';
const hexLength = 64;
const idLength = 40;
const blockLines = 4096;
const linePattern = /^([0-9a-f]{64}) {2}([^\n]+)$/;

/** Path of a content file relative to `<UDID>/`; since iOS 10 in 256 folders. */
export const contentPath = (id: string, isSharded: boolean): string => (isSharded ? `${id.slice(0, 2)}/${id}` : id);

export class ChecksumWriter {
  readonly #files: BlockingFileSystem;
  readonly #file: number;
  readonly #lines: Buffer[] = [];

  constructor(files: BlockingFileSystem, path: string) {
    this.#files = files;
    this.#file = files.create(path);
  }

  add(sha256: string, path: string): void {
    this.addLine(Buffer.from(`${sha256}  ${path}\n`, 'utf8'));
  }

  /** A whole line with its line feed. */
  addLine(line: Buffer): void {
    if (this.#lines.push(line) >= blockLines) this.#flush();
  }

  close(): void {
    this.#flush();
    this.#files.close(this.#file);
  }

  #flush(): void {
    this.#files.write(this.#file, Buffer.concat(this.#lines));
    this.#lines.length = 0;
  }
}

/** Reads the lines of content files in order. `id` and `line` are those of the current one; at the end both are `undefined`. */
export class ChecksumCursor {
  readonly #files: BlockingFileSystem;
  readonly #file: number | undefined;
  #space = Buffer.alloc(0);
  #block = Buffer.alloc(0);
  #at = 0;
  #position = 0;
  #width = 0;
  #id: string | undefined;
  #line = Buffer.alloc(0);

  /** A file that does not exist has no lines. */
  constructor(files: BlockingFileSystem, path: string | undefined) {
    this.#files = files;
    this.#file = path === undefined ? undefined : files.openToRead(path);
    this.#measure();
    this.next();
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** Lower-case hex of the current line. */
  get sha256(): string {
    return this.#line.toString('latin1', 0, hexLength);
  }

  /** Path of the current file, relative to the entry. */
  get path(): string {
    return this.#line.toString('latin1', hexLength + 2, this.#line.length - 1);
  }

  /** A copy of the current line. */
  get line(): Buffer {
    return Buffer.from(this.#line);
  }

  next(): void {
    if (this.#width === 0 || this.#file === undefined) return;
    if (this.#at + this.#width > this.#block.length) this.#fill();
    const end = this.#at + this.#width;
    const line = this.#block.subarray(this.#at, end);
    const id = contentIdOf(line);
    if (id === undefined) {
      this.#width = 0;
      this.#id = undefined;
      return;
    }
    if (this.#id !== undefined && id <= this.#id) throw new DataError('data.damaged', 'The list of checksums is out of order');
    this.#id = id;
    this.#line = line;
    this.#at = end;
  }

  close(): void {
    if (this.#file !== undefined) this.#files.close(this.#file);
  }

  /** The first line tells how long each is. */
  #measure(): void {
    if (this.#file === undefined) return;
    const head = Buffer.alloc(1024);
    const end = head.subarray(0, this.#files.read(this.#file, head, 0)).indexOf('\n');
    if (end >= 0 && contentIdOf(head.subarray(0, end + 1)) !== undefined) this.#width = end + 1;
  }

  #fill(): void {
    if (this.#file === undefined) return;
    if (this.#space.length === 0) this.#space = Buffer.alloc(blockLines * this.#width);
    const read = this.#files.read(this.#file, this.#space, this.#position);
    this.#block = this.#space.subarray(0, read);
    this.#position += read - (read % this.#width);
    this.#at = 0;
  }
}

function contentIdOf(line: Buffer): string | undefined {
  const start = line.length - 1 - idLength;
  if (start <= hexLength + 2 || line[line.length - 1] !== 0x0a || line[hexLength] !== 0x20 || line[start - 1] !== 0x2f) return undefined;
  const id = line.toString('latin1', start, start + idLength);
  return /^[0-9a-f]{40}$/.test(id) ? id : undefined;
}

export interface Checksum {
  readonly sha256: string;
  /** Relative to the entry. */
  readonly path: string;
}

/** All lines in order, the named files last. Throws `data.damaged` at a line that is none. */
export function* readChecksums(files: BlockingFileSystem, path: string): Generator<Checksum> {
  const file = files.openToRead(path);
  if (file === undefined) return;
  try {
    const block = Buffer.alloc(1 << 20);
    let rest = '';
    for (let position = 0, read = files.read(file, block, 0); read > 0; read = files.read(file, block, position)) {
      position += read;
      const lines = (rest + block.toString('utf8', 0, read)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield parseLine(line);
    }
    if (rest !== '') throw new DataError('data.damaged', 'The list of checksums is cut off', { subject: path });
  } finally {
    files.close(file);
  }
}

function parseLine(line: string): Checksum {
  const [, sha256, path] = linePattern.exec(line) ?? [];
  if (sha256 === undefined || path === undefined) throw new DataError('data.damaged', 'The list of checksums is damaged', { subject: line.slice(0, 80) });
  return { sha256, path };
}
