/**
 * The one door to the disk for `library/` (a lint rule forbids `node:fs` elsewhere in this room), so that faults and
 * power loss can be injected. Paths are absolute. Failures are Node's own errors with an errno code; `library/` wraps them.
 * No operation follows a symbolic link in the last component, except `stat` of a path given by the person.
 */
export interface FileSystem {
  stat(path: string): Promise<FileFacts | undefined>;
  readDirectory(path: string): Promise<DirectoryEntry[]>;
  /** Throws `data.limit` for a larger one. */
  readFile(path: string, maxBytes: number): Promise<Buffer>;
  open(path: string, mode: 'read' | 'create'): Promise<FileHandle>;
  /** Creates or replaces a small file by a temporary name, sync and rename. */
  writeFileAtomically(path: string, bytes: Uint8Array): Promise<void>;
  /** One that exists is fine, unless it is to be new: then `EEXIST`. */
  makeDirectory(path: string, options?: { readonly recursive?: boolean; readonly isNew?: boolean }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, path: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  /** Removes a file or an empty directory; what is missing is removed already. */
  remove(path: string): Promise<void>;
  removeTree(path: string): Promise<void>;
  /** Bytes available to this user; purgeable space is counted on macOS. */
  freeSpace(path: string): Promise<bigint>;
  /** All that was written below these paths before is on the disk when this resolves, directory entries included. */
  sync(...paths: string[]): Promise<void>;
  /** Begins with what `sync` does beside other work, where the system has a call for it; else resolves at once. Rejects when aborted. */
  syncAhead(path: string, signal: AbortSignal): Promise<void>;
  /** The names in one folder are on the disk when this resolves; not what they lead to. */
  syncFolder(path: string): Promise<void>;
  /** The path with all symbolic links and junctions resolved; the library's own folder may be one. */
  realPath(path: string): Promise<string>;
  /** The same disk for bulk work: blocking calls, in a thread of their own wherever `isNative`. */
  readonly blocking: BlockingFileSystem;
  /** Whether a worker thread reaches the same disk by itself; `false` for a file system that wraps another in a test. */
  readonly isNative: boolean;
}

/**
 * Bulk work (receiving, cloning, hashing) costs microseconds per file, an asynchronous call tens of them: it blocks, and
 * runs in worker threads. Same rules as `FileSystem`. Files are created exclusively and private, read-only for later openers.
 */
export interface BlockingFileSystem {
  stat(path: string): FileFacts | undefined;
  /** Sorted by name; a directory that does not exist is an empty list. */
  readDirectory(path: string): DirectoryEntry[];
  create(path: string, options?: { readonly isWritable?: boolean }): number;
  /** Opens for appending; creates the file when missing. */
  openToAppend(path: string): number;
  /** `undefined` when it does not exist; a link or special file is refused with ELOOP. */
  openToRead(path: string): number | undefined;
  size(file: number): number;
  /** Reads up to `buffer.length` bytes at `position`; answers how many, 0 at the end. */
  read(file: number, buffer: Uint8Array, position: number): number;
  /** Writes all of `bytes` at the end. */
  write(file: number, bytes: Uint8Array): void;
  close(file: number): void;
  makeDirectory(path: string): void;
  /** Replaces what is at `to`. */
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  copyFile(from: string, to: string): void;
  remove(path: string): void;
  removeTree(path: string): void;
}

export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
  readonly mode: number;
  readonly links: number;
  /** Device and inode, to tell hard links of one file. */
  readonly identity: string;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileFacts['kind'];
}

export interface FileHandle {
  /** Reads up to `buffer.length` bytes at `position`; answers how many, 0 at the end. */
  read(buffer: Buffer, position: number): Promise<number>;
  /** Writes all of `bytes` at the end. */
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
