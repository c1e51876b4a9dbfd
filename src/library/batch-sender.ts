import type { EngineError } from '../shared/errors.ts';
import { part, slotLength, type Batch, type BatchItem } from './batch.ts';
import type { DraftThread } from './draft-thread.ts';

const maxItems = 1024;
const maxUnderway = 8;

interface Stretch {
  readonly file: number;
  readonly path: string;
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
  #items: BatchItem[] = [];
  #stretch: Stretch | undefined;
  #underway = 0;
  #failure: EngineError | undefined;
  #waiting: (() => void)[] = [];

  constructor(thread: DraftThread) {
    this.#thread = thread;
    this.#free = Array.from({ length: thread.slots.count }, (_, slot) => slot);
  }

  append(file: number, path: string, chunk: Uint8Array): Promise<void> | undefined {
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

  finish(file: number, path: string): Promise<void> | undefined {
    this.#continue(file, path);
    this.#endStretch(part.last);
    this.#begun.delete(file);
    if (this.#items.length >= maxItems) this.post();
    return this.#room();
  }

  discard(file: number, path: string): void {
    if (this.#stretch?.file === file) {
      this.#used = this.#stretch.start;
      this.#stretch = undefined;
    }
    if (this.#begun.delete(file)) this.#items.push([part.discard, file, path, 0, 0]);
  }

  /** A run begins with five hundred of them: they travel with the first files. */
  createFolder(path: string): Promise<void> | undefined {
    this.#endStretch(0);
    this.#items.push([part.folder, 0, path, 0, 0]);
    if (this.#items.length >= maxItems) this.post();
    return this.#room();
  }

  /** Sends what was collected; it is executed before all that the thread is asked afterwards. */
  post(): void {
    this.#endStretch(0);
    if (this.#items.length === 0) return;
    const slot = this.#slot ?? this.#take();
    const items = this.#items;
    this.#slot = undefined;
    this.#items = [];
    this.#used = 0;
    this.#follow(this.#thread.receive({ slot, items }), () => {
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

  #continue(file: number, path: string): void {
    if (this.#stretch?.file === file) return;
    this.#endStretch(0);
    this.#slot ??= this.#take();
    this.#stretch = { file, path, start: this.#used, bits: this.#begun.has(file) ? part.middle : part.first };
  }

  #endStretch(bits: number): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#begun.add(stretch.file);
    this.#items.push([stretch.bits | bits, stretch.file, stretch.path, stretch.start, this.#used - stretch.start]);
    this.#stretch = undefined;
  }

  #take(): Batch['slot'] {
    const slot = this.#free.pop() ?? new ArrayBuffer(slotLength);
    this.#bytes = this.#thread.slots.bytes(slot);
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
