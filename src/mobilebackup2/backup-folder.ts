/**
 * The folder a device reads and writes during a conversation; every path is as the device sent it, for example
 * `<UDID>/Snapshot/3d/3d0d…`. The implementation decides which paths are legal and throws `DataError('data.path')`
 * for all others, before anything is touched; failures of the disk are `HostError`.
 */
export interface BackupFolder {
  /** Creates one directory, at once or with the next operation that could see it; an existing one is fine. */
  createDirectory(path: string): Promise<void>;
  /** One level; a directory that does not exist is an empty list. */
  list(path: string): Promise<FolderEntry[]>;
  /** Opens a file for reading; `undefined` when it does not exist. */
  read(path: string): Promise<FolderReader | undefined>;
  /** Starts a file that replaces `path` when it is finished, never before. */
  write(path: string): FolderWriter;
  /** Moves a file or directory; what is at `to` is replaced, its parent is created. */
  move(from: string, to: string): Promise<void>;
  /** Moves many at once, in order, up to the first failure. As with `finish`, it may be done, and fail, later than this resolves. */
  moveAll(moves: readonly (readonly [from: string, to: string])[]): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Recursive; what does not exist is removed already. */
  remove(path: string): Promise<void>;
  /** Bytes that this process may still write; never more than there are. */
  freeSpace(): Promise<bigint>;
  /** Resolves when all that was written before has reached the disk (a no-op where the folder is read only). */
  flush(): Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
  /** Bytes; 0 for directories. */
  readonly size: number;
  readonly modified: Date;
}

export interface FolderReader {
  readonly size: number;
  /** Chunks of at most `chunkSize` bytes; a chunk is valid until the next one is asked for. */
  chunks(chunkSize: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/**
 * A file being received. `write` has taken what it needs of the chunk when it returns: its memory is used again.
 * It answers `undefined` when more may be sent at once, or a promise to wait for (back pressure).
 * A failure of the disk rejects that promise and `finish`.
 */
export interface FolderWriter {
  write(chunk: Buffer): Promise<void> | undefined;
  /**
   * The file is whole. It may become visible under its path later than this resolves, but not later than the
   * next operation of the folder that could see it; an error that comes late is thrown there.
   */
  finish(): Promise<void> | undefined;
  /** Drops what was received. */
  discard(): void;
}
