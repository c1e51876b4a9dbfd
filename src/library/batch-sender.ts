import type { EngineError } from '../shared/errors.ts';
import { part, type BatchItem } from './batch.ts';
import type { DraftThread } from './draft-thread.ts';

const batchLength = 512 << 10;
const maxItems = 1024;
/** Batches on their way; the receiver waits when there are more. */
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
  readonly #spare: ArrayBuffer[] = [];
  readonly #begun = new Set<number>();
  #bytes = new Uint8Array(new ArrayBuffer(batchLength));
  #used = 0;
  #items: BatchItem[] = [];
  #stretch: Stretch | undefined;
  #underway = 0;
  #failure: EngineError | undefined;
  #waiting: (() => void)[] = [];

  constructor(thread: DraftThread) {
    this.#thread = thread;
  }

  append(file: number, path: string, chunk: Uint8Array): Promise<void> | undefined {
    for (let done = 0; done < chunk.length; ) {
      if (this.#used === batchLength) this.post();
      this.#continue(file, path);
      const piece = chunk.subarray(done, done + batchLength - this.#used);
      this.#bytes.set(piece, this.#used);
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

  /** Sends what was collected; it is executed before all that the thread is asked afterwards. */
  post(): void {
    this.#endStretch(0);
    if (this.#items.length === 0) return;
    const batch = { bytes: this.#bytes.buffer, items: this.#items };
    this.#items = [];
    this.#used = 0;
    this.#underway++;
    this.#thread.receive(batch).then(
      (buffer) => this.#onDone(buffer),
      (error: EngineError) => this.#onFailure(error),
    );
    this.#bytes = new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(batchLength));
  }

  /** Resolves when all that was sent is written. */
  async drain(): Promise<void> {
    this.post();
    while (this.#underway > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.throwFailure();
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  #continue(file: number, path: string): void {
    if (this.#stretch?.file === file) return;
    this.#endStretch(0);
    this.#stretch = { file, path, start: this.#used, bits: this.#begun.has(file) ? part.middle : part.first };
  }

  #endStretch(bits: number): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#begun.add(stretch.file);
    this.#items.push([stretch.bits | bits, stretch.file, stretch.path, stretch.start, this.#used - stretch.start]);
    this.#stretch = undefined;
  }

  #room(): Promise<void> | undefined {
    this.throwFailure();
    if (this.#underway < maxUnderway) return undefined;
    return this.#waitForRoom();
  }

  async #waitForRoom(): Promise<void> {
    while (this.#underway >= maxUnderway) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.throwFailure();
  }

  #onDone(buffer: ArrayBuffer): void {
    if (this.#spare.length < maxUnderway) this.#spare.push(buffer);
    this.#wake();
  }

  #onFailure(error: EngineError): void {
    this.#failure ??= error;
    this.#wake();
  }

  #wake(): void {
    this.#underway--;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
