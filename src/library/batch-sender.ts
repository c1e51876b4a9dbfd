import type { EngineError } from '../shared/errors.ts';
import { maxItems, ownSlot, part, slotLength, writeItem, type Batch } from './batch.ts';
import type { DraftThread } from './draft-thread.ts';
import type { LegalPath } from './legal-path.ts';

const maxUnderway = 8;

interface Stretch {
  readonly file: number;
  readonly path: LegalPath;
  readonly start: number;
  bits: number;
}

/**
 * Collects received bytes into batches for the disk thread. One thread message carries dozens of small files; a large
 * file goes over several. The first failure stays and is thrown by every later operation.
 */
export class BatchSender {
  readonly #thread: DraftThread;
  readonly #free: number[];
  readonly #begun = new Set<number>();
  #slot: Batch['slot'] | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #used = 0;
  #items: Buffer = Buffer.alloc(0);
  #count = 0;
  #stretch: Stretch | undefined;
  #underway = 0;
  #failure: EngineError | undefined;
  #waiting: (() => void)[] = [];

  constructor(thread: DraftThread) {
    this.#thread = thread;
    this.#free = Array.from({ length: thread.slots.count }, (_, slot) => slot);
  }

  append(file: number, path: LegalPath, chunk: Uint8Array): Promise<void> | undefined {
    for (let done = 0; done < chunk.length; ) {
      if (this.#used === slotLength) this.post();
      this.#continue(file, path);
      const piece = chunk.subarray(done, done + slotLength - this.#used);
      // `set` and `copy` go byte by byte into shared memory where the two are aligned differently, seven times slower.
      this.#bytes.fill(piece, this.#used, this.#used + piece.length);
      this.#used += piece.length;
      done += piece.length;
    }
    return this.#room();
  }

  finish(file: number, path: LegalPath): Promise<void> | undefined {
    this.#continue(file, path);
    this.#endStretch(part.last);
    this.#begun.delete(file);
    return this.#room();
  }

  discard(file: number, path: LegalPath): void {
    if (this.#stretch?.file === file) {
      this.#used = this.#stretch.start;
      this.#stretch = undefined;
    }
    if (!this.#begun.delete(file)) return;
    this.#endStretch(0);
    this.#add(part.discard, file, path, 0, 0);
  }

  /** A run begins with five hundred of them: they travel with the first files. */
  createFolder(path: LegalPath): Promise<void> | undefined {
    this.#endStretch(0);
    this.#add(part.folder, 0, path, 0, 0);
    return this.#room();
  }

  /** Sends what was collected; it is executed before all that the thread is asked afterwards. */
  post(): void {
    this.#endStretch(0);
    if (this.#slot === undefined || this.#count === 0) return;
    const slot = this.#slot;
    const count = this.#count;
    this.#slot = undefined;
    this.#count = 0;
    this.#used = 0;
    this.#follow(this.#thread.receive({ slot, count }), () => {
      if (typeof slot === 'number') this.#free.push(slot);
    });
  }

  /** Has the thread do something after all that was sent, without waiting for it unless much is under way already. */
  async queue(work: () => Promise<void>): Promise<void> {
    this.post();
    this.#follow(work());
    while (this.#underway > maxUnderway) await this.#change();
    this.throwFailure();
  }

  /** Work of the thread that nobody waits for: `drain` does, and its failure is one of ours. */
  #follow(work: Promise<void>, whenDone?: () => void): void {
    this.#underway++;
    work
      .catch((error: EngineError) => {
        this.#failure ??= error;
      })
      .finally(() => {
        whenDone?.();
        this.#wake();
      });
  }

  /** Resolves when all that was sent is written. */
  async drain(): Promise<void> {
    this.post();
    while (this.#underway > 0) await this.#change();
    this.throwFailure();
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  #continue(file: number, path: LegalPath): void {
    if (this.#stretch?.file === file) return;
    this.#endStretch(0);
    this.#slot ??= this.#take();
    this.#stretch = { file, path, start: this.#used, bits: this.#begun.has(file) ? part.middle : part.first };
  }

  #endStretch(bits: number): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#begun.add(stretch.file);
    this.#stretch = undefined;
    this.#add(stretch.bits | bits, stretch.file, stretch.path, stretch.start, this.#used - stretch.start);
  }

  #add(bits: number, file: number, path: LegalPath, start: number, length: number): void {
    this.#slot ??= this.#take();
    writeItem(this.#items, this.#count++, { bits, file, path, start, length });
    if (this.#count === maxItems) this.post();
  }

  #take(): Batch['slot'] {
    const slot = this.#free.pop() ?? ownSlot();
    this.#bytes = this.#thread.slots.bytes(slot);
    this.#items = this.#thread.slots.items(slot);
    return slot;
  }

  #room(): Promise<void> | undefined {
    this.throwFailure();
    return this.#free.length > 0 ? undefined : this.#waitForRoom();
  }

  async #waitForRoom(): Promise<void> {
    while (this.#free.length === 0 && this.#underway > 0) await this.#change();
    this.throwFailure();
  }

  /** Something that was under way is done. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    this.#underway--;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
