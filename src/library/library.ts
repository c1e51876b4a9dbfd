import { join } from 'node:path';
import type { LibraryContext } from './context.ts';
import { onDisk } from './disk-error.ts';
import type { DraftRequest } from './draft-record.ts';
import { Draft } from './draft.ts';
import { deviceIds, entriesOf, readEntry } from './entries.ts';
import type { FileSystem } from './file-system.ts';
import { jsonNumber, readJson, writeJson } from './json-file.ts';
import { Layout, libraryFile } from './layout.ts';
import { NodeFileSystem } from './node-file-system.ts';
import type { HistoryEntry } from './types.ts';
import { DataError, HostError } from '../shared/errors.ts';

export interface LibraryOptions {
  /** Clock for the names of entries. */
  readonly now?: () => Date;
}

const formatVersion = 1;

/** The folder that holds all backups of all devices. Cheap to open; holds nothing open by itself. */
export class Library {
  readonly #context: LibraryContext;

  private constructor(context: LibraryContext) {
    this.#context = context;
  }

  /** Opens the library in `folder`, and makes one where nothing is. A library of a newer format is read only. */
  static async open(folder: string, fs: FileSystem = new NodeFileSystem(), options: LibraryOptions = {}): Promise<Library> {
    return await onDisk(folder, async () => {
      await fs.makeDirectory(folder, { recursive: true });
      const root = await fs.realPath(folder);
      const isReadOnly = await readFormat(fs, root);
      return new Library({ fs, layout: new Layout(root), isReadOnly, now: options.now ?? (() => new Date()) });
    });
  }

  get folder(): string {
    return this.#context.layout.root;
  }

  get isReadOnly(): boolean {
    return this.#context.isReadOnly;
  }

  /** Finished backups, newest first, of one device or of all. */
  async entries(udid?: string): Promise<HistoryEntry[]> {
    return await onDisk(this.folder, async () => {
      const devices = udid === undefined ? await deviceIds(this.#context) : [udid];
      const lists = await Promise.all(devices.map((device) => entriesOf(this.#context, device)));
      return lists.flat().toSorted((a, b) => b.date.getTime() - a.date.getTime());
    });
  }

  /** Throws `HostError('host.missing')` when there is no such entry. */
  async entry(udid: string, id: string): Promise<HistoryEntry> {
    return await onDisk(this.folder, async () => {
      const path = this.#context.layout.entry(udid, id);
      if (!(await this.#context.fs.stat(path))) throw new HostError('host.missing', 'There is no such backup', { subject: path });
      return await readEntry(this.#context, udid, id);
    });
  }

  /** Starts or resumes the one draft of a device. Throws `host.locked` while another run works on it. */
  async startDraft(request: DraftRequest, signal?: AbortSignal): Promise<Draft> {
    this.#expectWritable();
    return await Draft.start(this.#context, request, signal);
  }

  #expectWritable(): void {
    if (this.isReadOnly) throw new HostError('host.newer-library', 'The library was written by a newer version', { subject: this.folder });
  }
}

/** Answers whether the library is of a newer format than this program knows. */
async function readFormat(fs: FileSystem, root: string): Promise<boolean> {
  const path = join(root, libraryFile.library);
  const json = await readJson(fs, path).catch((error: unknown) => {
    // Its only content is the version: a damaged one is written again.
    if (error instanceof DataError) return undefined;
    throw error;
  });
  const format = jsonNumber(json?.['format']);
  if (format === undefined) await writeJson(fs, path, { ...json, format: formatVersion });
  return format !== undefined && format > formatVersion;
}
