import { dirname } from 'node:path';
import type { FolderReader } from '../mobilebackup2/backup-folder.ts';
import { HostError } from '../shared/errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import { readSmallFile } from './small-file.ts';

const blockLength = 1 << 20;
/** Up to here one blocking read costs less than the way through the thread pool. */
const smallFile = 256 << 10;

/**
 * Opens a file of a backup for a device; `undefined` when it is missing. A link or special file in its place is refused, and
 * in place of the `folders` above it.
 */
export async function openReader(fs: FileSystem, path: string, folders: number): Promise<FolderReader | undefined> {
  for (let depth = 0, folder = dirname(path); depth < folders; depth++, folder = dirname(folder)) {
    const kind = fs.blocking.stat(folder)?.kind;
    if (kind === undefined) return undefined;
    if (kind !== 'directory') throw refused(folder);
  }
  const facts = fs.blocking.stat(path);
  if (!facts) return undefined;
  if (facts.kind !== 'file') throw refused(path);
  if (facts.size <= smallFile) return readSmall(fs, path);
  return new FileReader(await fs.open(path, 'read'), facts.size);
}

const refused = (path: string): HostError => new HostError('host.not-a-file', 'A link or special file lies in the backup', { subject: path });

function readSmall(fs: FileSystem, path: string): FolderReader | undefined {
  const content = readSmallFile(fs.blocking, path);
  return content && new SmallReader(content);
}

class SmallReader implements FolderReader {
  readonly #content: Buffer;

  constructor(content: Buffer) {
    this.#content = content;
  }

  get size(): number {
    return this.#content.length;
  }

  async *chunks(chunkSize: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < this.#content.length; at += chunkSize) yield this.#content.subarray(at, at + chunkSize);
  }

  async close(): Promise<void> {}
}

class FileReader implements FolderReader {
  readonly size: number;
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  async *chunks(chunkSize: number): AsyncGenerator<Buffer> {
    const block = Buffer.allocUnsafe(Math.max(chunkSize, blockLength - (blockLength % chunkSize)));
    for (let position = 0; ; ) {
      const read = await this.#file.read(block, position);
      if (read === 0) return;
      for (let at = 0; at < read; at += chunkSize) yield block.subarray(at, Math.min(at + chunkSize, read));
      position += read;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
