import type { Hash } from 'node:crypto';
import { join } from 'node:path';
import { CrashError, HostError } from '../shared/errors.ts';
import { part, readItem, unpackMoves, type Batch, type BatchItem, type BatchSlots } from './batch.ts';
import type { BlockingFileSystem } from './file-system.ts';
import { sha256, startSha256 } from './hashing.ts';
import { JournalWriter, journalKind } from './journal.ts';
import { isFile, legalDirectory, legalPair, legalPath, parentOf, type LegalFile, type LegalPath } from './legal-path.ts';

export interface DraftDiskOptions {
  /** The `.draft` folder; holds `<UDID>/`, `incoming/` and the journal. */
  readonly draft: string;
  readonly udid: string;
}

export interface ListedFile {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  readonly modified: Date;
}

interface Incoming {
  readonly handle: number;
  readonly hash: Hash;
  size: number;
}

/**
 * The disk's side of a draft: executes in order what the device asks, keeps SHA-256 of what comes in, and writes the
 * journal after each batch. Blocking; lives in a worker thread.
 */
export class DraftDisk {
  readonly #files: BlockingFileSystem;
  readonly #draft: string;
  readonly #udid: string;
  readonly #journal: JournalWriter;
  readonly #incoming = new Map<number, Incoming>();
  readonly #safeFolders = new Set<string>();

  constructor(files: BlockingFileSystem, options: DraftDiskOptions) {
    this.#files = files;
    this.#draft = options.draft;
    this.#udid = options.udid;
    files.makeDirectory(join(options.draft, 'incoming'));
    this.#journal = new JournalWriter(files, join(options.draft, 'journal'));
  }

  receive(batch: Batch, slots: BatchSlots): void {
    try {
      const bytes = slots.bytes(batch.slot);
      const items = slots.items(batch.slot);
      for (let index = 0; index < batch.count; index++) this.#receivePart(readItem(items, index, this.#udid), bytes);
    } finally {
      this.#journal.flush();
    }
  }

  list(path: string): ListedFile[] {
    const folder = legalDirectory(path, this.#udid).path;
    if (!this.#exists(folder)) return [];
    return this.#files.readDirectory(join(this.#draft, folder)).flatMap(({ name, kind }) => this.#listed(folder, name, kind));
  }

  /** In order; stops at the first failure. */
  move(moves: readonly (readonly [from: string, to: string])[]): void {
    this.#moveAll(moves.map(([from, to]) => legalPair(from, to, this.#udid)));
  }

  /** The same for moves that `packMoves` made. */
  movePacked(moves: Uint8Array): void {
    this.#moveAll(unpackMoves(moves, this.#udid));
  }

  #moveAll(moves: readonly (readonly [from: LegalPath, to: LegalPath])[]): void {
    try {
      for (const [from, to] of moves) this.#move(from, to);
    } finally {
      this.#journal.flush();
    }
  }

  copy(from: string, to: string): void {
    const [source, target] = legalPair(from, to, this.#udid);
    this.#expectFolder(parentOf(source.path));
    this.#folder(parentOf(target.path));
    this.#files.removeTree(this.#at(target));
    if (isFile(target)) this.#journal.note(journalKind.forget, target);
    else this.#journal.note(journalKind.reset);
    this.#journal.flush();
    this.#copyTree(this.#at(source), this.#at(target));
  }

  remove(path: string): void {
    const legal = legalPath(path, this.#udid);
    if (!this.#exists(parentOf(legal.path))) return;
    if (!isFile(legal)) this.#safeFolders.clear();
    this.#files.removeTree(this.#at(legal));
  }

  /** All before this has reached the disk. */
  markDurable(): void {
    this.#journal.note(journalKind.durable);
    this.#journal.flush();
  }

  close(): void {
    for (const { handle } of this.#incoming.values()) this.#files.close(handle);
    this.#incoming.clear();
    this.#journal.flush();
    this.#journal.close();
  }

  #receivePart({ bits, file, path, start, length }: BatchItem, all: Buffer): void {
    if (bits === part.discard) this.#drop(file);
    else if (path.kind === 'directory') this.#folder(path.path);
    else if (!isFile(path)) throw new CrashError('crash.internal', 'A batch has a path that is no file');
    else if (bits === (part.first | part.last)) this.#receiveWhole(file, path, all.subarray(start, start + length));
    else this.#receiveStretch(bits, file, path, all.subarray(start, start + length));
  }

  /**
   * A small file is created under its own name where nothing is yet: within this thread nobody sees it unfinished, and
   * after a crash it differs from the journal. Over anything that exists it comes by `incoming/` and a rename.
   */
  #receiveWhole(file: number, target: LegalFile, bytes: Uint8Array): void {
    this.#folder(parentOf(target.path));
    if (this.#createWhole(this.#at(target), bytes)) this.#journal.file(target, bytes.length, sha256(bytes));
    else if (this.#createWhole(this.#incomingPath(file), bytes)) this.#place(file, target, bytes.length, sha256(bytes));
    else throw new HostError('host.io', 'Something lies in the way of an incoming file', { subject: this.#incomingPath(file) });
  }

  /** `false` when something is there already. */
  #createWhole(path: string, bytes: Uint8Array): boolean {
    let handle: number;
    try {
      handle = this.#files.create(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    try {
      this.#files.write(handle, bytes);
    } catch (error) {
      this.#files.remove(path);
      throw error;
    } finally {
      this.#files.close(handle);
    }
    return true;
  }

  #receiveStretch(bits: number, file: number, target: LegalFile, bytes: Uint8Array): void {
    if (bits & part.first) {
      this.#incoming.set(file, { handle: this.#files.create(this.#incomingPath(file)), hash: startSha256(), size: 0 });
    }
    const incoming = this.#incoming.get(file);
    if (!incoming) return;
    this.#files.write(incoming.handle, bytes);
    incoming.hash.update(bytes);
    incoming.size += bytes.length;
    if (!(bits & part.last)) return;
    this.#incoming.delete(file);
    this.#files.close(incoming.handle);
    this.#place(file, target, incoming.size, incoming.hash.digest());
  }

  #place(file: number, target: LegalFile, size: number, digest: Buffer): void {
    this.#folder(parentOf(target.path));
    this.#files.rename(this.#incomingPath(file), this.#at(target));
    this.#journal.file(target, size, digest);
  }

  #drop(file: number): void {
    const incoming = this.#incoming.get(file);
    if (!incoming) return;
    this.#incoming.delete(file);
    this.#files.close(incoming.handle);
    this.#files.remove(this.#incomingPath(file));
  }

  #move(from: LegalPath, to: LegalPath): void {
    this.#expectFolder(parentOf(from.path));
    this.#folder(parentOf(to.path));
    this.#files.rename(this.#at(from), this.#at(to));
    if (!isFile(from) || !isFile(to)) {
      this.#safeFolders.clear();
      this.#journal.note(journalKind.reset);
    } else if (sameFile(from, to)) this.#journal.note(from.inSnapshot === to.inSnapshot ? journalKind.forget : journalKind.moved, to);
    else this.#journal.note(journalKind.forget, to);
  }

  #copyTree(from: string, to: string): void {
    const entry = this.#files.stat(from);
    if (entry?.kind !== 'directory') {
      this.#files.copyFile(from, to);
      return;
    }
    this.#files.makeDirectory(to);
    for (const { name } of this.#files.readDirectory(from)) this.#copyTree(join(from, name), join(to, name));
  }

  #listed(folder: string, name: string, kind: string): ListedFile[] {
    const facts = this.#files.stat(join(this.#draft, folder, name));
    if (!facts) return [];
    const shown = kind === 'file' || kind === 'directory' ? kind : 'other';
    return [{ name, kind: shown, size: shown === 'file' ? facts.size : 0, modified: facts.modified }];
  }

  /** Creates a folder with its parents, and refuses whatever else is there under its name. */
  #folder(path: string): void {
    if (this.#safeFolders.has(path) || path === '.') return;
    this.#folder(parentOf(path));
    this.#files.makeDirectory(join(this.#draft, path));
    this.#expectFolder(path);
  }

  #expectFolder(path: string): void {
    if (!this.#exists(path)) throw new HostError('host.missing', 'A folder of the draft does not exist', { subject: path });
  }

  /** Whether a folder exists. A link or file in its place is refused: the device must not reach past the draft. */
  #exists(path: string): boolean {
    if (this.#safeFolders.has(path) || path === '.') return true;
    if (!this.#exists(parentOf(path))) return false;
    const entry = this.#files.stat(join(this.#draft, path));
    if (!entry) return false;
    if (entry.kind !== 'directory') throw new HostError('host.not-a-folder', 'Something else lies where the draft has a folder', { subject: path });
    this.#safeFolders.add(path);
    return true;
  }

  /** Legal paths need no normalising, which costs more than the rest of a name's way. */
  #at(path: LegalPath): string {
    return `${this.#draft}/${path.path}`;
  }

  #incomingPath(file: number): string {
    return `${this.#draft}/incoming/${file}`;
  }
}

const sameFile = (from: LegalFile, to: LegalFile): boolean =>
  from.kind === 'content' && to.kind === 'content' ? from.id === to.id : from.kind === 'named' && to.kind === 'named' && from.name === to.name;
