import { hostname } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { HostError } from '../shared/errors.ts';
import type { LibraryContext } from './context.ts';
import { makeDeviceFolder } from './device-folder.ts';
import { onDisk } from './disk-error.ts';
import type { FileSystem } from './file-system.ts';
import { jsonDate, jsonNumber, jsonString, readJson, writeJson } from './json-file.ts';
import { tryExclusive } from './lock-file.ts';

/** Who holds a device's folder, as `lock.json` tells; information only, the lock itself is the operating system's. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  readonly since: Date;
  /** On a network disk whose locks do not work between computers, an old heartbeat is the only sign of a dead holder. */
  readonly heartbeat: Date;
}

const heartbeatEvery = 30_000;
const lockName = 'lock.sqlite';
/** Who only looks whether the lock is free holds it for a moment, which is no run. Ms. */
const lookPatience = 250;

/**
 * The lock of one device's folder: an exclusive SQLite transaction, which the operating system releases when the process
 * ends in whatever way. Throws `HostError('host.locked')` with the holder as subject.
 */
export class DeviceLock {
  readonly #fs: FileSystem;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #since = new Date();
  readonly #timer: NodeJS.Timeout;
  /** The holder before us, when it ended without releasing. */
  readonly abandonedBy: LockHolder | undefined;

  private constructor(fs: FileSystem, path: string, database: DatabaseSync, abandonedBy: LockHolder | undefined) {
    this.#fs = fs;
    this.#path = path;
    this.#database = database;
    this.abandonedBy = abandonedBy;
    this.#timer = setInterval(() => void this.#beat().catch(() => {}), heartbeatEvery).unref();
  }

  static async take(fs: FileSystem, folder: string): Promise<DeviceLock> {
    const path = join(folder, 'lock.json');
    const database = await tryOrExplain(fs, folder);
    const holder = await readHolder(fs, path);
    if (!database) throw new HostError('host.locked', 'Another run works on this device', { subject: holder ? `${holder.host}:${holder.pid}` : undefined });
    const lock = new DeviceLock(fs, path, database, holder);
    try {
      await lock.#beat();
      return lock;
    } catch (error) {
      lock.#letGo();
      throw error;
    }
  }

  /** The holder at this moment; `undefined` when nobody works on the folder, or we may not look. */
  static async holder(fs: FileSystem, folder: string): Promise<LockHolder | undefined> {
    if (!(await fs.stat(join(folder, lockName))) || !isHeld(join(folder, lockName))) return undefined;
    return (await readHolder(fs, join(folder, 'lock.json'))) ?? unknownHolder();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    // Only information: the next holder replaces it.
    await this.#fs.remove(this.#path).catch(() => {});
    this.#letGo();
  }

  async #beat(): Promise<void> {
    const { pid } = process;
    await writeJson(this.#fs, this.#path, { host: hostname(), pid, since: this.#since, heartbeat: new Date() });
  }

  #letGo(): void {
    clearInterval(this.#timer);
    if (this.#database.isOpen) this.#database.close();
  }
}

/** Runs short work on a device's folder alone; the folder is created where it is missing. Throws `host.locked`, `host.missing`. */
export async function underLock<T>(context: LibraryContext, udid: string, work: () => Promise<T>): Promise<T> {
  const lock = await DeviceLock.take(context.fs, await makeDeviceFolder(context, udid));
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** SQLite does not tell why it cannot open a file; what hinders it hinders any other file there, with a reason. */
async function tryOrExplain(fs: FileSystem, folder: string): Promise<DatabaseSync | undefined> {
  try {
    return tryExclusive(join(folder, lockName), lookPatience);
  } catch (error) {
    const probe = join(folder, '.lock-probe');
    await onDisk(folder, () => fs.writeFileAtomically(probe, Buffer.alloc(0)));
    await fs.remove(probe).catch(() => {});
    throw error;
  }
}

function isHeld(path: string): boolean {
  try {
    const database = tryExclusive(path, 0);
    database?.close();
    return database === undefined;
  } catch {
    return false;
  }
}

async function readHolder(fs: FileSystem, path: string): Promise<LockHolder | undefined> {
  const json = await readJson(fs, path).catch(() => undefined);
  const host = jsonString(json?.['host']);
  const pid = jsonNumber(json?.['pid']);
  if (host === undefined || pid === undefined) return undefined;
  const since = jsonDate(json?.['since']) ?? new Date(0);
  return { host, pid, since, heartbeat: jsonDate(json?.['heartbeat']) ?? since };
}

const unknownHolder = (): LockHolder => ({ host: '', pid: 0, since: new Date(0), heartbeat: new Date(0) });
