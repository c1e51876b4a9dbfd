import { join } from 'node:path';
import { namedFiles } from '../format/names.ts';
import { ChecksumCursor, ChecksumWriter, checksumName } from './checksum-file.ts';
import { contentFiles, type ContentFile } from './content-walk.ts';
import type { BlockingFileSystem, FileFacts } from './file-system.ts';
import { FileHasher } from './hashing.ts';
import type { IdSet } from './id-set.ts';
import { replayInPasses, type Replay } from './journal.ts';
import { manifestFileIds } from './manifest-ids.ts';
import { libraryFile } from './layout.ts';
import { shareEqual } from './share.ts';
import type { TaskContext } from './task.ts';

export interface GatherRequest {
  /** The `.draft` folder. */
  readonly draft: string;
  readonly udid: string;
  /** The newest complete entry, whose files may be shared. */
  readonly reference: string | undefined;
  /** Whether the draft began as a clone of `reference`: then what the journal does not know is its file. */
  readonly isClone: boolean;
  /** A Manifest.db in plain, where there is one. */
  readonly manifest: string | undefined;
  /** The folder is made of links to a draft that goes afterwards: each file has that link more, and `reference` is not measured yet. */
  readonly isStaged?: boolean;
}

export interface GatherResult {
  readonly files: number;
  /** Bytes of all content files. */
  readonly size: number;
  /** Bytes of content that only the draft holds. */
  readonly ownSize: number;
  /** Bytes of content that only `reference` holds now. */
  readonly referenceOwnSize: number;
  /** Content files that the manifest lists and the draft lacks; the first are named. */
  readonly missing: number;
  readonly missingIds: readonly string[];
  /** Content files without a row, removed from the draft. */
  readonly removed: number;
  /** Files of `reference` whose bytes are damaged while the new ones are as it recorded. */
  readonly healable: readonly string[];
}

const maxNamed = 100;

/** Makes the list of checksums of a finished draft, from the journal and the reference; counts, and shares equal files. */
export const gatherContent = (context: TaskContext, request: GatherRequest): GatherResult => new Gatherer(context, request).run();

class Gatherer {
  readonly #context: TaskContext;
  readonly #files: BlockingFileSystem;
  readonly #request: GatherRequest;
  readonly #writer: ChecksumWriter;
  readonly #reference: ChecksumCursor;
  readonly #hasher: FileHasher;
  readonly #rows: IdSet | undefined;
  readonly #counts = { files: 0, size: 0, ownSize: 0, referenceOwnSize: 0, removed: 0 };
  readonly #healable: string[] = [];

  constructor(context: TaskContext, request: GatherRequest) {
    const { files } = context;
    const list = join(request.draft, checksumName);
    this.#context = context;
    this.#files = files;
    this.#request = request;
    this.#hasher = new FileHasher(files, () => context.advance(0, 0));
    this.#rows = request.manifest === undefined ? undefined : manifestFileIds(request.manifest);
    files.remove(list);
    this.#writer = new ChecksumWriter(files, list);
    this.#reference = new ChecksumCursor(files, request.reference === undefined ? undefined : join(request.reference, checksumName));
  }

  run(): GatherResult {
    try {
      for (const { range, replay } of replayInPasses(this.#files, this.#draftPath(libraryFile.journal))) {
        for (const file of contentFiles(this.#files, this.#draftPath(this.#request.udid), range)) this.#take(file, replay);
      }
      while (this.#reference.id !== undefined) this.#leaveReference();
      this.#addNamed();
    } finally {
      this.#writer.close();
      this.#reference.close();
    }
    const missingIds = this.#rows ? [...this.#rows.untaken()] : [];
    return { ...this.#counts, missing: missingIds.length, missingIds: missingIds.slice(0, maxNamed), healable: this.#healable };
  }

  #take(file: ContentFile, replay: Replay): void {
    while (this.#reference.id !== undefined && this.#reference.id < file.id) this.#leaveReference();
    if (this.#rows && !this.#rows.take(file.id)) {
      this.#files.remove(this.#draftPath(this.#request.udid, file.path));
      this.#counts.removed++;
      return;
    }
    const isKnown = this.#reference.id === file.id;
    const state = replay.states.get(file.id);
    const isKept = state === undefined && isKnown && this.#request.isClone && !replay.isReset;
    let isShared = false;
    if (isKept) this.#writer.addLine(this.#reference.line);
    else isShared = this.#addFresh(file, state === undefined || state === 'unknown' ? undefined : state.sha256, isKnown);
    const facts = this.#files.stat(this.#contentPath(file));
    // A kept file with a second link is the reference's own: one look tells of both.
    if (isKnown && isKept && facts && facts.links > 1) this.#reference.next();
    else if (isKnown) this.#meetReference(file);
    this.#count(facts, isShared);
  }

  #count(facts: FileFacts | undefined, isShared: boolean): void {
    const size = facts?.size ?? 0;
    this.#counts.files++;
    this.#counts.size += size;
    if (!isShared) this.#counts.ownSize += exclusiveSize(facts, this.#request.isStaged ? 2 : 1);
    this.#context.advance(1, size);
  }

  /** Answers whether the file is now the reference's. */
  #addFresh(file: ContentFile, known: Buffer | undefined, isKnown: boolean): boolean {
    const fresh = this.#contentPath(file);
    const sha256 = known ?? this.#hasher.hash(fresh)?.sha256;
    if (!sha256) return false;
    const hex = sha256.toString('hex');
    this.#writer.add(hex, `${this.#request.udid}/${file.path}`);
    if (!isKnown || this.#reference.sha256 !== hex || this.#request.reference === undefined) return false;
    const reference = join(this.#request.reference, this.#request.udid, file.path);
    const result = shareEqual(this.#files, this.#hasher, { reference, fresh, temporary: this.#draftPath('incoming', 'shared') }, sha256);
    if (result === 'reference-damaged') this.#healable.push(file.id);
    return result === 'shared';
  }

  /** The draft has this id too: the reference owns its bytes alone only where they were replaced. */
  #meetReference(file: ContentFile): void {
    this.#countReference(`${this.#request.udid}/${file.path}`);
    this.#reference.next();
  }

  #leaveReference(): void {
    this.#countReference(this.#reference.path);
    this.#reference.next();
  }

  #countReference(path: string): void {
    if (this.#request.reference === undefined || this.#request.isStaged) return;
    this.#counts.referenceOwnSize += exclusiveSize(this.#files.stat(join(this.#request.reference, path)));
  }

  #addNamed(): void {
    for (const name of namedFiles) {
      const hashed = this.#hasher.hash(this.#draftPath(this.#request.udid, name));
      if (!hashed) continue;
      this.#writer.add(hashed.sha256.toString('hex'), `${this.#request.udid}/${name}`);
      this.#counts.ownSize += hashed.size;
    }
  }

  /** Ids need no normalising, which costs more than the look at the file. */
  #contentPath(file: ContentFile): string {
    return `${this.#request.draft}/${this.#request.udid}/${file.path}`;
  }

  #draftPath = (...parts: string[]): string => join(this.#request.draft, ...parts);
}

const exclusiveSize = (facts: FileFacts | undefined, links = 1): number => (facts && facts.links <= links ? facts.size : 0);
