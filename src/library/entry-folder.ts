import { join } from 'node:path';
import type { BackupFolder, FolderEntry, FolderReader, FolderWriter } from '../mobilebackup2/backup-folder.ts';
import { DataError, HostError } from '../shared/errors.ts';
import { diskError, onDisk } from './disk-error.ts';
import { openReader } from './file-reader.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import { foldersOf, legalDirectory, legalFile, legalPair, legalPath, parentOf } from './legal-path.ts';

export interface EntryFolderOptions {
  readonly fs: FileSystem;
  /** The Apple folder that is read, absolute. */
  readonly apple: string;
  /** Name under which the device knows that folder. */
  readonly source: string;
  /** UDID of the device; it may make a folder of its own, which stays in the scratch. */
  readonly target: string;
  /** A private folder for what the device writes; removed by `close`. */
  readonly scratch: string;
  /** Files that stand in for missing ones, by name; absolute. */
  readonly substitutes?: ReadonlyMap<string, string> | undefined;
  /** Called by `close`. */
  readonly onClose?: (() => void) | undefined;
}

/**
 * A finished backup as a device sees it during a restore. Whatever the device writes, moves or removes happens in an
 * overlay of names over the backup and a scratch folder: no call changes the backup.
 */
export class EntryFolder implements BackupFolder {
  readonly #options: EntryFolderOptions;
  readonly #fs: FileSystem;
  /** Where a name leads instead of into the backup; `undefined` when the device removed it. The longest prefix counts. */
  readonly #overlay = new Map<string, string | undefined>();
  #writes = 0;

  constructor(options: EntryFolderOptions) {
    this.#options = options;
    this.#fs = options.fs;
    if (options.target !== options.source) this.#overlay.set(options.target, undefined);
    for (const [name, path] of options.substitutes ?? []) this.#overlay.set(`${options.source}/${name}`, path);
  }

  async createDirectory(path: string): Promise<void> {
    const { path: legal } = legalDirectory(path, this.#idOf(path));
    if ((await this.#kind(legal)) === 'directory') return;
    this.#overlay.set(legal, await this.#scratch('folder'));
  }

  async list(path: string): Promise<FolderEntry[]> {
    const { path: legal } = legalDirectory(path, this.#idOf(path));
    const names = new Set<string>();
    const real = this.#resolve(legal);
    if (real !== undefined && (await this.#kind(legal)) === 'directory') {
      for (const { name } of await onDisk(path, () => this.#fs.readDirectory(real))) names.add(name);
    }
    for (const name of this.#overlay.keys()) if (parentOf(name) === legal) names.add(name.slice(legal.length + 1));
    const entries = await Promise.all([...names].map((name) => this.#entry(`${legal}/${name}`, name)));
    return entries.filter((entry) => entry !== undefined);
  }

  async read(path: string): Promise<FolderReader | undefined> {
    const legal = legalFile(path, this.#idOf(path));
    const real = this.#resolve(legal.path);
    if (real === undefined) return undefined;
    return await onDisk(path, () => openReader(this.#fs, real, foldersOf(legal.path) - 1));
  }

  write(path: string): FolderWriter {
    const legal = legalFile(path, this.#idOf(path));
    const file = this.#scratch('file').then(async (at) => ({ at, handle: await this.#fs.open(at, 'create') }));
    let done: Promise<unknown> = file;
    file.catch(() => {});
    return {
      write: (chunk) => {
        const own = Buffer.from(chunk);
        const step = Promise.all([file, done]).then(([{ handle }]) => handle.write(own));
        done = step;
        return step.catch(rethrow(path));
      },
      finish: async () => {
        try {
          await done;
          const { at, handle } = await file;
          await handle.close();
          this.#forgetBelow(legal.path);
          this.#overlay.set(legal.path, at);
        } catch (error) {
          rethrow(path)(error);
        }
      },
      discard: () => void done.then(closeFile(file), closeFile(file)).catch(() => {}),
    };
  }

  move(from: string, to: string): Promise<void> {
    return this.moveAll([[from, to]]);
  }

  async moveAll(moves: readonly (readonly [from: string, to: string])[]): Promise<void> {
    for (const [from, to] of moves) {
      const source = await this.#alias(from, to);
      this.#forgetBelow(source);
      this.#overlay.set(source, undefined);
    }
  }

  async copy(from: string, to: string): Promise<void> {
    await this.#alias(from, to);
  }

  async remove(path: string): Promise<void> {
    const legal = legalPath(path, this.#idOf(path));
    this.#forgetBelow(legal.path);
    this.#overlay.set(legal.path, undefined);
  }

  freeSpace(): Promise<bigint> {
    return onDisk(this.#options.scratch, () => this.#fs.freeSpace(this.#options.scratch));
  }

  async flush(): Promise<void> {}

  /** Removes the scratch folder. */
  async close(): Promise<void> {
    try {
      await onDisk(this.#options.scratch, () => this.#fs.removeTree(this.#options.scratch));
    } finally {
      this.#options.onClose?.();
    }
  }

  /** Lets `to` lead where `from` leads, with all that was overlaid below. Answers the name of the source. */
  async #alias(from: string, to: string): Promise<string> {
    const [source, target] = legalPair(from, to, this.#idOf(from));
    const real = this.#resolve(source.path);
    if (real === undefined || !(await this.#kind(source.path))) throw new HostError('host.missing', 'There is no such file', { subject: from });
    const below = [...this.#overlay].filter(([name]) => name.startsWith(`${source.path}/`));
    this.#forgetBelow(target.path);
    this.#overlay.set(target.path, real);
    for (const [name, place] of below) this.#overlay.set(target.path + name.slice(source.path.length), place);
    return source.path;
  }

  #forgetBelow(path: string): void {
    for (const name of this.#overlay.keys()) if (name.startsWith(`${path}/`)) this.#overlay.delete(name);
  }

  #resolve(path: string): string | undefined {
    for (let prefix = path; prefix !== '.'; prefix = parentOf(prefix)) {
      if (this.#overlay.has(prefix)) {
        const place = this.#overlay.get(prefix);
        return place === undefined ? undefined : join(place, path.slice(prefix.length));
      }
    }
    const { apple, source } = this.#options;
    return path === source || path.startsWith(`${source}/`) ? join(apple, path.slice(source.length)) : undefined;
  }

  async #kind(path: string): Promise<'file' | 'directory' | undefined> {
    const real = this.#resolve(path);
    const facts = real === undefined ? undefined : await onDisk(path, () => this.#fs.stat(real));
    if (facts === undefined) return undefined;
    if (facts.kind === 'file' || facts.kind === 'directory') return facts.kind;
    throw new HostError('host.not-a-file', 'A link or special file lies in the backup', { subject: path });
  }

  async #entry(path: string, name: string): Promise<FolderEntry | undefined> {
    const real = this.#resolve(path);
    const facts = real === undefined ? undefined : await onDisk(path, () => this.#fs.stat(real));
    if (!facts) return undefined;
    const kind = facts.kind === 'link' ? 'other' : facts.kind;
    return { name, kind, size: kind === 'file' ? facts.size : 0, modified: facts.modified };
  }

  /** A fresh name in the scratch folder. */
  async #scratch(kind: 'file' | 'folder'): Promise<string> {
    const path = join(this.#options.scratch, String(this.#writes++));
    await onDisk(path, async () => {
      await this.#fs.makeDirectory(this.#options.scratch, { recursive: true });
      if (kind === 'folder') await this.#fs.makeDirectory(path);
    });
    return path;
  }

  /** The device may speak of the backup's folder and of its own. */
  #idOf(path: string): string {
    const { source, target } = this.#options;
    return path === target || path.startsWith(`${target}/`) || path.startsWith(`${target}-`) ? target : source;
  }
}

function rethrow(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof DataError ? error : diskError(error, path);
  };
}

const closeFile = (file: Promise<{ readonly handle: FileHandle }>) => async (): Promise<void> => (await file).handle.close();
