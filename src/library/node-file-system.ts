import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DataError } from '../shared/errors.ts';
import type { BlockingFileSystem, DirectoryEntry, FileFacts, FileHandle, FileSystem } from './file-system.ts';

const { promises } = fs;
const run = promisify(execFile);

/** Windows has neither flag; there a link needs a privilege and is refused by the `lstat` of its folder's check. */
const noFollow = fs.constants.O_NOFOLLOW ?? 0;
const createFlags = fs.constants.O_CREAT | fs.constants.O_EXCL | fs.constants.O_WRONLY | noFollow;
const appendFlags = fs.constants.O_CREAT | fs.constants.O_APPEND | fs.constants.O_WRONLY | noFollow;
const readFlags = fs.constants.O_RDONLY | noFollow;
const copyFlags = fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE;
const privateFile = 0o600;
const readOnlyFile = 0o400;
const privateFolder = 0o700;
const busyPauses = [20, 80, 200, 500];
const syncDeadline = 30 * 60_000;

/** The real disk. */
export class NodeFileSystem implements FileSystem {
  readonly blocking: BlockingFileSystem = new NodeBlockingFileSystem();
  readonly isNative = true;

  async stat(path: string): Promise<FileFacts | undefined> {
    return facts(await promises.lstat(path, { bigint: false }).catch(undefinedIfMissing));
  }

  async readDirectory(path: string): Promise<DirectoryEntry[]> {
    const entries = await promises.readdir(path, { withFileTypes: true }).catch(undefinedIfMissing);
    return (entries ?? []).map(directoryEntry).toSorted(byName);
  }

  async readFile(path: string, maxBytes: number): Promise<Buffer> {
    const file = await promises.open(path, readFlags);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw new DataError('data.limit', `A file of ${size} bytes is too large`, { subject: path });
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  async open(path: string, mode: 'read' | 'create'): Promise<FileHandle> {
    const file = await promises.open(path, mode === 'read' ? readFlags : createFlags, privateFile);
    return {
      read: async (buffer, position) => (await file.read(buffer, 0, buffer.length, position)).bytesRead,
      write: async (bytes) => {
        for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  }

  async writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await promises.writeFile(temporary, bytes, { mode: privateFile, flag: 'wx', flush: true });
      await this.rename(temporary, path);
    } catch (error) {
      await promises.rm(temporary, { force: true });
      throw error;
    }
  }

  async makeDirectory(path: string, { recursive = false, isNew = false }: { readonly recursive?: boolean; readonly isNew?: boolean } = {}): Promise<void> {
    await promises.mkdir(path, { mode: privateFolder, recursive }).catch(isNew ? ignore() : ignore('EEXIST'));
  }

  rename = (from: string, to: string): Promise<void> => retryWhileBusy(() => promises.rename(from, to));
  link = (existing: string, path: string): Promise<void> => promises.link(existing, path);

  async copyFile(from: string, to: string): Promise<void> {
    const source = await promises.lstat(from);
    if (!source.isFile()) throw withCode(new Error(`${from} is not a regular file`), 'ELOOP');
    await promises.copyFile(from, to, copyFlags);
    await promises.utimes(to, source.atime, source.mtime);
    await promises.chmod(to, readOnlyFile).catch(ignore(...withoutModes));
  }

  async remove(path: string): Promise<void> {
    const entry = await promises.lstat(path).catch(undefinedIfMissing);
    if (entry) await retryWhileBusy(() => (entry.isDirectory() ? promises.rmdir(path) : promises.unlink(path)));
  }

  removeTree = (path: string): Promise<void> => promises.rm(path, { recursive: true, force: true, maxRetries: 3 });
  realPath = (path: string): Promise<string> => promises.realpath(path);

  async freeSpace(path: string): Promise<bigint> {
    const { bavail, bsize } = await promises.statfs(path, { bigint: true });
    return bavail * bsize;
  }

  /** Linux flushes one file system in one call; elsewhere, or without coreutils, each file of its own and then its folder. */
  async sync(...paths: string[]): Promise<void> {
    if (process.platform === 'linux' && (await this.#syncFileSystems(paths))) return;
    for (const path of paths) await syncTree(path);
  }

  async syncAhead(path: string, signal: AbortSignal): Promise<void> {
    if (process.platform === 'linux') await this.#syncFileSystems([path], signal);
  }

  /** Windows does not open folders, and keeps its names in a journal of its own. */
  async syncFolder(path: string): Promise<void> {
    if (process.platform !== 'win32') await syncOne(path);
  }

  async #syncFileSystems(paths: readonly string[], signal?: AbortSignal): Promise<boolean> {
    try {
      await run('sync', ['-f', ...paths], { timeout: syncDeadline, killSignal: 'SIGKILL', signal });
      return true;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return false;
      throw withCode(new Error(`sync failed: ${error instanceof Error ? error.message : String(error)}`), 'EIO');
    }
  }
}

/** The real disk, for worker threads. */
export class NodeBlockingFileSystem implements BlockingFileSystem {
  stat(path: string): FileFacts | undefined {
    return facts(fs.lstatSync(path, { throwIfNoEntry: false }));
  }

  readDirectory(path: string): DirectoryEntry[] {
    try {
      return fs.readdirSync(path, { withFileTypes: true }).map(directoryEntry).toSorted(byName);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return [];
      throw error;
    }
  }

  create = (path: string, { isWritable = false } = {}): number => fs.openSync(path, createFlags, isWritable ? privateFile : readOnlyFile);
  openToAppend = (path: string): number => fs.openSync(path, appendFlags, privateFile);

  openToRead(path: string): number | undefined {
    let file: number;
    try {
      file = fs.openSync(path, readFlags);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined;
      throw error;
    }
    if (fs.fstatSync(file).isFile()) return file;
    fs.closeSync(file);
    throw withCode(new Error(`${path} is not a regular file`), 'ELOOP');
  }

  size = (file: number): number => fs.fstatSync(file).size;
  read = (file: number, buffer: Uint8Array, position: number): number => fs.readSync(file, buffer, 0, buffer.length, position);

  write(file: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done);
  }

  close = (file: number): void => fs.closeSync(file);

  makeDirectory(path: string): void {
    try {
      fs.mkdirSync(path, { mode: privateFolder });
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }

  rename = (from: string, to: string): void => retryWhileBusyHere(() => this.#rename(from, to));

  #rename(from: string, to: string): void {
    try {
      fs.renameSync(from, to);
    } catch (error) {
      // Windows does not replace a read-only file, nor any system a full folder.
      if (!isErrno(error, 'EPERM', 'EACCES', 'EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR')) throw error;
      if (!fs.lstatSync(to, { throwIfNoEntry: false })) throw error;
      fs.rmSync(to, { recursive: true, force: true });
      fs.renameSync(from, to);
    }
  }

  link = (existing: string, path: string): void => fs.linkSync(existing, path);

  copyFile(from: string, to: string): void {
    const source = fs.lstatSync(from);
    if (!source.isFile()) throw withCode(new Error(`${from} is not a regular file`), 'ELOOP');
    fs.copyFileSync(from, to, copyFlags);
    fs.utimesSync(to, source.atime, source.mtime);
    protect(to);
  }

  remove = (path: string): void => retryWhileBusyHere(() => fs.rmSync(path, { force: true }));
  removeTree = (path: string): void => fs.rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

async function syncTree(path: string): Promise<void> {
  const entry = await promises.lstat(path);
  // A second hard link belongs to a published entry, which was made durable before.
  if (entry.isFile() && entry.nlink > 1) return;
  if (entry.isDirectory()) {
    const names = await promises.readdir(path);
    for (let start = 0; start < names.length; start += 16) {
      await Promise.all(names.slice(start, start + 16).map((name) => syncTree(join(path, name))));
    }
  }
  if (entry.isFile() || (entry.isDirectory() && process.platform !== 'win32')) await syncOne(path);
}

async function syncOne(path: string): Promise<void> {
  const file = await promises.open(path, readFlags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function facts(stats: fs.Stats | undefined): FileFacts | undefined {
  if (!stats) return undefined;
  const { size, mtime, mode, nlink, dev, ino } = stats;
  return { kind: kindOf(stats), size, modified: mtime, mode: mode & 0o7777, links: nlink, identity: `${dev}:${ino}` };
}

const directoryEntry = (entry: fs.Dirent): DirectoryEntry => ({ name: entry.name, kind: kindOf(entry) });

function kindOf(entry: fs.Dirent | fs.Stats): FileFacts['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

const byName = (a: DirectoryEntry, b: DirectoryEntry): number => (a.name < b.name ? -1 : 1);

/** Virus scanners and indexers hold a file open for a moment. */
async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of busyPauses) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return await work();
}

/** The same for worker threads, which may sleep. */
function retryWhileBusyHere<T>(work: () => T): T {
  for (const pause of busyPauses) {
    try {
      return work();
    } catch (error) {
      if (!isHeld(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
  return work();
}

/** Windows calls a file that another program has open forbidden. */
const isHeld = (error: unknown): boolean => isErrno(error, 'EBUSY') || (process.platform === 'win32' && isErrno(error, 'EPERM', 'EACCES'));

const isErrno = (error: unknown, ...codes: string[]): boolean => codes.includes((error as NodeJS.ErrnoException).code ?? '');

const withCode = (error: Error, code: string): Error => Object.assign(error, { code });

function ignore(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!isErrno(error, ...codes)) throw error;
  };
}

/** FAT, exFAT and many network disks have no modes; a file that can be changed there is no reason to have none. */
const withoutModes = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'];

function protect(path: string): void {
  try {
    fs.chmodSync(path, readOnlyFile);
  } catch (error) {
    ignore(...withoutModes)(error);
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT')) throw error;
}
