import { createHash, hash, type Hash } from 'node:crypto';
import type { BlockingFileSystem } from './file-system.ts';

const blockLength = 1 << 20;

export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');
export const startSha256 = (): Hash => createHash('sha256');

export interface HashedFile {
  readonly size: number;
  readonly sha256: Buffer;
}

/** Reads files in blocks of one buffer; `onBytes` is called after each and may throw to stop. */
export class FileHasher {
  readonly #files: BlockingFileSystem;
  readonly #onBytes: (bytes: number) => void;
  readonly #block = Buffer.allocUnsafeSlow(blockLength);

  constructor(files: BlockingFileSystem, onBytes: (bytes: number) => void = () => {}) {
    this.#files = files;
    this.#onBytes = onBytes;
  }

  /** `undefined` when there is no such file. */
  hash(path: string): HashedFile | undefined {
    const file = this.#files.openToRead(path);
    if (file === undefined) return undefined;
    try {
      return this.#hash(file);
    } finally {
      this.#files.close(file);
    }
  }

  #hash(file: number): HashedFile {
    const first = this.#next(file, 0);
    // Most files are small: one read that falls short of the block is the whole file.
    if (first.length < blockLength) return { size: first.length, sha256: sha256(first) };
    const running = startSha256();
    let size = 0;
    for (let block = first; block.length > 0; block = this.#next(file, size)) {
      running.update(block);
      size += block.length;
    }
    return { size, sha256: running.digest() };
  }

  #next(file: number, position: number): Buffer {
    const block = this.#block.subarray(0, this.#files.read(file, this.#block, position));
    this.#onBytes(block.length);
    return block;
  }
}
