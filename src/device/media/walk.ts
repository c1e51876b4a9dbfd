import { throwIfCancelled } from '../../shared/cancel.ts';
import { DataError } from '../../shared/errors.ts';
import { unlessRefused } from '../unless-refused.ts';
import type { AfcClient } from '../afc/client.ts';

/** A file of the phone's media folder. */
export interface MediaFile {
  /** `/DCIM/100APPLE/IMG_0001.HEIC` */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly modified: Date | undefined;
  readonly born: Date | undefined;
}

export interface MediaWalkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onFile: (file: MediaFile) => void;
  /** Names found and names looked at so far; folders count too. */
  readonly onProgress?: ((listed: number, seen: number) => void) | undefined;
  /** Stops the walk where it is, without an error. */
  readonly isOver?: (() => boolean) | undefined;
}

/** Requests under way at once: a phone answers in turn, and the time on the wire is used. */
const inFlight = 48;
const maxNames = 1_000_000;
const maxDepth = 12;

interface Place {
  readonly path: string;
  readonly depth: number;
  /** To be listed without asking what it is. */
  readonly isFolder: boolean;
}

/**
 * Walks folders of the media folder one after the other, each with many questions at once, in no certain order; links are not followed. A folder that is missing
 * or refused is left out. Answers whether all was seen. Throws `data.limit` for more names than any phone has.
 */
export async function walkMedia(afc: AfcClient, roots: readonly string[], options: MediaWalkOptions): Promise<boolean> {
  const walk = new Walk(afc, options);
  return await walk.run(roots);
}

class Walk {
  readonly #afc: AfcClient;
  readonly #options: MediaWalkOptions;
  /** Folders are listed before files are looked at: the number of names is known early. */
  readonly #folders: Place[] = [];
  readonly #names: Place[] = [];
  readonly #idle: (() => void)[] = [];
  #busy = 0;
  #listed = 0;
  #seen = 0;
  #isComplete = true;

  constructor(afc: AfcClient, options: MediaWalkOptions) {
    this.#afc = afc;
    this.#options = options;
  }

  async run(roots: readonly string[]): Promise<boolean> {
    for (const path of roots) {
      this.#folders.push({ path, depth: 0, isFolder: true });
      await Promise.all(Array.from({ length: inFlight }, () => this.#work()));
    }
    return this.#isComplete;
  }

  /** One of the workers: takes what is next until nothing is left that another one could still find. */
  async #work(): Promise<void> {
    for (;;) {
      throwIfCancelled(this.#options.signal);
      if (this.#options.isOver?.() === true) this.#giveUp();
      const place = this.#folders.pop() ?? this.#names.pop();
      if (place) await this.#visit(place);
      else if (this.#busy === 0) return;
      else await this.#news();
    }
  }

  async #visit(place: Place): Promise<void> {
    this.#busy++;
    try {
      await (place.isFolder ? this.#list(place) : this.#look(place));
    } finally {
      this.#busy--;
      this.#tellIdle();
    }
  }

  /** Resolves when some worker is done with what it had. */
  #news(): Promise<void> {
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #tellIdle(): void {
    for (const wake of this.#idle.splice(0)) wake();
  }

  #giveUp(): void {
    if (this.#folders.length + this.#names.length > 0) this.#isComplete = false;
    this.#folders.length = 0;
    this.#names.length = 0;
  }

  async #list({ path, depth }: Place): Promise<void> {
    const names = await unlessRefused(this.#afc.list(path));
    if (!names) return;
    this.#listed += names.length;
    if (this.#listed > maxNames) throw new DataError('data.limit', 'The device lists more files than it can have', { subject: path });
    for (const name of names) this.#names.push({ path: `${path}/${name}`, depth: depth + 1, isFolder: false });
    this.#tell();
  }

  async #look({ path, depth }: Place): Promise<void> {
    const stat = await unlessRefused(this.#afc.stat(path));
    this.#seen++;
    if (stat?.kind === 'directory' && depth < maxDepth) this.#folders.push({ path, depth, isFolder: true });
    else if (stat?.kind === 'file') this.#options.onFile({ path, size: stat.size, modified: stat.modified, born: stat.born });
    this.#tell();
  }

  #tell(): void {
    this.#options.onProgress?.(this.#listed, this.#seen);
  }
}
