import { join } from 'node:path';
import { appleFile, fileIdPattern } from '../format/names.ts';
import { checksumName, readChecksums } from './checksum-file.ts';
import { ownFiles } from './clone.ts';
import { contentFiles } from './content-walk.ts';
import type { BlockingFileSystem } from './file-system.ts';
import { FileHasher, type HashedFile } from './hashing.ts';
import type { JournalState, JournalTable } from './journal-table.ts';
import { JournalWriter, replayInPasses } from './journal.ts';
import { legalFile } from './legal-path.ts';
import type { TaskContext } from './task.ts';

export interface ReconcileRequest {
  /** The `.draft` folder of an interrupted run. */
  readonly draft: string;
  readonly udid: string;
  /** The entry it was cloned from, where that still exists. */
  readonly base: string | undefined;
}

export interface ReconcileResult {
  /** Files and bytes that were received and need not come again. */
  readonly files: number;
  readonly bytes: number;
  readonly dropped: number;
}

/**
 * Makes an interrupted draft trustworthy: after a power cut files may be torn or empty although their names and sizes are
 * right. What came after the last barrier is read again; what differs from the journal is dropped, so that the phone sees
 * it is missing. Writes the journal anew.
 */
export const reconcileDraft = (context: TaskContext, request: ReconcileRequest): ReconcileResult => new Reconciler(context, request).run();

class Reconciler {
  readonly #context: TaskContext;
  readonly #files: BlockingFileSystem;
  readonly #request: ReconcileRequest;
  readonly #apple: string;
  readonly #hasher: FileHasher;
  readonly #journal: JournalWriter;
  readonly #result = { files: 0, bytes: 0, dropped: 0 };

  constructor(context: TaskContext, request: ReconcileRequest) {
    this.#context = context;
    this.#files = context.files;
    this.#request = request;
    this.#apple = join(request.draft, request.udid);
    this.#hasher = new FileHasher(context.files, (bytes) => context.advance(0, bytes));
    this.#files.removeTree(join(request.draft, 'incoming'));
    this.#files.remove(this.#path('journal.new'));
    this.#journal = new JournalWriter(context.files, this.#path('journal.new'));
  }

  run(): ReconcileResult {
    try {
      let isFirst = true;
      for (const { range, replay } of replayInPasses(this.#files, this.#path('journal'))) {
        if (isFirst) this.#checkNamed(replay.states);
        isFirst = false;
        for (const { id, path } of contentFiles(this.#files, this.#apple, range)) this.#checkContent(path, id, replay.states);
        for (const { id, path } of contentFiles(this.#files, join(this.#apple, appleFile.snapshot), range)) this.#checkReceived(`${appleFile.snapshot}/${path}`, `s/${id}`, replay.states);
      }
      this.#journal.flush();
    } finally {
      this.#journal.close();
    }
    this.#files.rename(this.#path('journal.new'), this.#path('journal'));
    return this.#result;
  }

  /** A content file in its final place: the base's, or received and moved; a move may have happened just before its record. */
  #checkContent(path: string, id: string, states: JournalTable): void {
    if (this.#keepIfGood(path, states.get(id)) || this.#isBaseFile(path) || this.#keepIfGood(path, states.get(`s/${id}`))) return;
    this.#drop(path);
  }

  #checkReceived(path: string, key: string, states: JournalTable): void {
    if (!this.#keepIfGood(path, states.get(key))) this.#drop(path);
  }

  #checkNamed(states: JournalTable): void {
    const ofBase = this.#namedChecksums();
    for (const name of ownFiles) {
      const isGood = this.#keepIfGood(name, states.get(name)) || this.#keepIfGood(name, states.get(`s/${name}`));
      if (!isGood && !this.#hasSum(name, ofBase.get(name))) this.#replaceByBase(name, ofBase.has(name));
    }
    for (const { name, kind } of this.#files.readDirectory(join(this.#apple, appleFile.snapshot))) {
      if (kind === 'file' && !fileIdPattern.test(name)) this.#checkReceived(`${appleFile.snapshot}/${name}`, `s/${name}`, states);
    }
  }

  #keepIfGood(path: string, state: JournalState | 'unknown' | undefined): boolean {
    if (state === undefined || state === 'unknown') return false;
    const facts = this.#files.stat(join(this.#apple, path));
    if (facts?.kind !== 'file' || facts.size !== state.size) return false;
    if (!state.isDurable && !this.#hasher.hash(join(this.#apple, path))?.sha256.equals(state.sha256)) return false;
    this.#journal.file(legalFile(`${this.#request.udid}/${path}`, this.#request.udid), state.size, state.sha256);
    this.#result.files++;
    this.#result.bytes += state.size;
    this.#context.advance(1, 0);
    return true;
  }

  #isBaseFile(path: string): boolean {
    if (this.#request.base === undefined) return false;
    const base = this.#files.stat(join(this.#request.base, this.#request.udid, path));
    const own = this.#files.stat(join(this.#apple, path));
    if (!base || !own) return false;
    if (base.identity === own.identity) return true;
    return base.size === own.size && this.#sameBytes(path);
  }

  /** Without hard links the draft has copies. */
  #sameBytes(path: string): boolean {
    const base = this.#hasher.hash(join(this.#request.base ?? '', this.#request.udid, path));
    return base !== undefined && isEqual(base, this.#hasher.hash(join(this.#apple, path)));
  }

  #namedChecksums(): ReadonlyMap<string, string> {
    const sums = new Map<string, string>();
    if (this.#request.base === undefined) return sums;
    const prefix = `${this.#request.udid}/`;
    for (const { sha256, path } of readChecksums(this.#files, join(this.#request.base, checksumName))) {
      const name = path.slice(prefix.length);
      if (ownFiles.includes(name)) sums.set(name, sha256);
    }
    return sums;
  }

  #hasSum(name: string, sum: string | undefined): boolean {
    return sum !== undefined && this.#hasher.hash(join(this.#apple, name))?.sha256.toString('hex') === sum;
  }

  #replaceByBase(name: string, isInBase: boolean): void {
    this.#drop(name);
    if (isInBase && this.#request.base !== undefined) {
      this.#files.copyFile(join(this.#request.base, this.#request.udid, name), join(this.#apple, name));
    }
  }

  #drop(path: string): void {
    if (!this.#files.stat(join(this.#apple, path))) return;
    this.#files.removeTree(join(this.#apple, path));
    this.#result.dropped++;
  }

  #path = (name: string): string => join(this.#request.draft, name);
}

const isEqual = (a: HashedFile, b: HashedFile | undefined): boolean => b !== undefined && a.size === b.size && a.sha256.equals(b.sha256);
