import { join } from 'node:path';
import type { FolderReader } from '../mobilebackup2/backup-folder.ts';
import { HostError } from '../shared/errors.ts';
import type { FileHandle, FileSystem } from './file-system.ts';

const blockLength = 1 << 20;

/** Opens `root/path` for a device; `undefined` when it is missing. Links and special files on the way below `root` are refused. */
export async function openReader(fs: FileSystem, root: string, path: string): Promise<FolderReader | undefined> {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const facts = await fs.stat(join(root, ...parts.slice(0, depth)));
    if (!facts) return undefined;
    if (facts.kind !== (depth === parts.length ? 'file' : 'directory')) {
      throw new HostError('host.not-a-file', 'A link or special file lies in the backup', { subject: path });
    }
    if (depth === parts.length) return new FileReader(await fs.open(join(root, path), 'read'), facts.size);
  }
  return undefined;
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
