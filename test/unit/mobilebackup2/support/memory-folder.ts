import type { BackupFolder, FolderEntry, FolderReader, FolderWriter } from '../../../../src/mobilebackup2/index.ts';
import { DataError, hostError } from '../../../../src/shared/errors.ts';

const errno = (code: string, path: string): Error => hostError(Object.assign(new Error(code), { code }), path);

/** A backup folder in memory that keeps the promises of the port and notes what was asked of it, in order. */
export class MemoryFolder implements BackupFolder {
  readonly files = new Map<string, Buffer>();
  readonly directories = new Set<string>();
  /** `write path`, `flush`, `move a b`, ... */
  readonly calls: string[] = [];
  free = 500_000_000_000n;
  /** Called before each operation with its entry for `calls`; may throw. */
  before: (call: string) => void = () => {};

  #call(...words: string[]): void {
    for (const path of words.slice(1)) {
      if (path.startsWith('/') || path.split('/').includes('..')) throw new DataError('data.path', 'Illegal path', { subject: path });
    }
    const call = words.join(' ');
    this.calls.push(call);
    this.before(call);
  }

  async createDirectory(path: string): Promise<void> {
    this.#call('create', path);
    this.directories.add(path);
  }

  async list(path: string): Promise<FolderEntry[]> {
    this.#call('list', path);
    const modified = new Date('2026-11-22T16:40:12Z');
    const files = [...this.files].filter(([name]) => parent(name) === path).map(([name, data]) => ({
      name: base(name),
      kind: 'file' as const,
      size: data.length,
      modified,
    }));
    const directories = [...this.directories].filter((name) => parent(name) === path).map((name) => ({
      name: base(name),
      kind: 'directory' as const,
      size: 0,
      modified,
    }));
    return [...files, ...directories];
  }

  async read(path: string): Promise<FolderReader | undefined> {
    this.#call('read', path);
    const data = this.files.get(path);
    if (!data) return undefined;
    const close = async (): Promise<void> => {
      this.calls.push(`close ${path}`);
    };
    return { size: data.length, chunks: (chunkSize) => this.#chunks(path, data, chunkSize), close };
  }

  async *#chunks(path: string, data: Buffer, chunkSize: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < data.length; at += chunkSize) {
      this.before(`chunk ${path}`);
      yield data.subarray(at, at + chunkSize);
    }
  }

  write(path: string): FolderWriter {
    this.#call('write', path);
    const chunks: Buffer[] = [];
    return {
      write: (chunk) => {
        this.before(`data ${path}`);
        chunks.push(Buffer.from(chunk));
        return undefined;
      },
      finish: () => {
        this.#call('finish', path);
        this.files.set(path, Buffer.concat(chunks));
        return undefined;
      },
      discard: () => {
        this.calls.push(`discard ${path}`);
      },
    };
  }

  async move(from: string, to: string): Promise<void> {
    this.#call('move', from, to);
    const data = this.files.get(from);
    if (!data) throw errno('ENOENT', from);
    this.files.delete(from);
    this.files.set(to, data);
  }

  async moveAll(moves: readonly (readonly [string, string])[]): Promise<void> {
    for (const [from, to] of moves) await this.move(from, to);
  }

  async copy(from: string, to: string): Promise<void> {
    this.#call('copy', from, to);
    const data = this.files.get(from);
    if (!data) throw errno('ENOENT', from);
    this.files.set(to, data);
  }

  async remove(path: string): Promise<void> {
    this.#call('remove', path);
    const isBelow = (name: string): boolean => name === path || name.startsWith(`${path}/`);
    for (const name of [...this.files.keys()].filter(isBelow)) this.files.delete(name);
    for (const name of [...this.directories].filter(isBelow)) this.directories.delete(name);
  }

  async freeSpace(): Promise<bigint> {
    this.#call('free');
    return this.free;
  }

  async flush(): Promise<void> {
    this.#call('flush');
  }
}

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
