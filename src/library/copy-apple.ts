import { join } from 'node:path';
import { contentFiles } from './content-walk.ts';
import { diskError } from './disk-error.ts';
import { startSha256 } from './hashing.ts';
import { ownFiles } from './clone.ts';
import { ChecksumCursor, readChecksums } from './checksum-file.ts';
import type { TaskContext } from './task.ts';

export interface CopyAppleRequest {
  /** An Apple folder. */
  readonly from: string;
  /** Exists and is empty. */
  readonly to: string;
  /** Checksums that the source should have, where known. */
  readonly checksums: string | undefined;
  /** Whether other programs may change the copy. */
  readonly isWritable: boolean;
}

export interface CopyAppleResult {
  readonly files: number;
  readonly bytes: number;
  /** Paths below `from` whose bytes are not as recorded, or cannot be read; the first hundred. */
  readonly damaged: readonly string[];
}

const blockLength = 1 << 20;
const maxNamed = 100;

/** Copies what belongs to a backup and nothing else, never as links. */
export const copyApple = (context: TaskContext, request: CopyAppleRequest): CopyAppleResult => new Copier(context, request).run();

class Copier {
  readonly #context: TaskContext;
  readonly #request: CopyAppleRequest;
  readonly #block = Buffer.allocUnsafe(blockLength);
  readonly #damaged: string[] = [];
  #files = 0;
  #bytes = 0;

  constructor(context: TaskContext, request: CopyAppleRequest) {
    this.#context = context;
    this.#request = request;
  }

  run(): CopyAppleResult {
    const { from, checksums } = this.#request;
    const named = this.#namedChecksums();
    const cursor = new ChecksumCursor(this.#context.files, checksums);
    try {
      let folder = '';
      for (const { id, path } of contentFiles(this.#context.files, from)) {
        if (path.includes('/') && path.slice(0, 2) !== folder) this.#context.files.makeDirectory(join(this.#request.to, (folder = path.slice(0, 2))));
        while (cursor.id !== undefined && cursor.id < id) cursor.next();
        this.#copy(path, cursor.id === id ? cursor.sha256 : undefined);
      }
    } finally {
      cursor.close();
    }
    // Last: a copy without a manifest is nobody's backup yet.
    for (const name of ownFiles) if (this.#context.files.stat(join(from, name))) this.#copy(name, named.get(name));
    return { files: this.#files, bytes: this.#bytes, damaged: this.#damaged };
  }

  #copy(path: string, expected: string | undefined): void {
    let actual: string | undefined;
    try {
      actual = this.#copyBytes(path);
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall !== 'read' || diskError(error, path) === error || code === undefined) throw error;
    }
    this.#files++;
    this.#context.advance(1, 0);
    if ((actual === undefined || (expected !== undefined && actual !== expected)) && this.#damaged.length < maxNamed) this.#damaged.push(path);
  }

  /** Answers the SHA-256 of what was copied, in hex. */
  #copyBytes(path: string): string | undefined {
    const { files } = this.#context;
    const from = files.openToRead(join(this.#request.from, path));
    if (from === undefined) return undefined;
    try {
      const to = files.create(join(this.#request.to, path), { isWritable: this.#request.isWritable });
      try {
        return this.#pump(from, to);
      } finally {
        files.close(to);
      }
    } finally {
      files.close(from);
    }
  }

  #pump(from: number, to: number): string {
    const { files } = this.#context;
    const running = startSha256();
    let position = 0;
    for (let read = files.read(from, this.#block, 0); read > 0; read = files.read(from, this.#block, position)) {
      const block = this.#block.subarray(0, read);
      files.write(to, block);
      running.update(block);
      position += read;
      this.#context.advance(0, read);
    }
    this.#bytes += position;
    return running.digest('hex');
  }

  #namedChecksums(): ReadonlyMap<string, string> {
    const { checksums } = this.#request;
    const named = new Map<string, string>();
    if (checksums === undefined) return named;
    for (const { path, sha256 } of readChecksums(this.#context.files, checksums)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (ownFiles.includes(name)) named.set(name, sha256);
    }
    return named;
  }
}
