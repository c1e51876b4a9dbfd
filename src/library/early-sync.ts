import type { FileSystem } from './file-system.ts';

/** Received bytes after which the disk begins with them, so that the barrier at the end does not have to wait for all of them. */
const every = 64 << 20;

/**
 * Has the disk write beside the receiving, one call at a time. It promises nothing: the barrier does. But the system tells an
 * error of the disk only once, so one that is met here is the barrier's.
 */
export class EarlySync {
  readonly #fs: Pick<FileSystem, 'syncAhead'>;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  #bytes = 0;
  #running: Promise<void> | undefined;
  #failure: Error | undefined;

  /** `signal` ends a call that runs; its failure is then nobody's. */
  constructor(fs: Pick<FileSystem, 'syncAhead'>, folder: string, signal: AbortSignal) {
    this.#fs = fs;
    this.#folder = folder;
    this.#signal = signal;
  }

  received(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < every || this.#running) return;
    this.#bytes = 0;
    this.#running = this.#run();
  }

  /** Waits for the call that runs; throws what an earlier one met. */
  async settle(): Promise<void> {
    await this.#running;
    if (this.#failure) throw this.#failure;
  }

  async #run(): Promise<void> {
    try {
      await this.#fs.syncAhead(this.#folder, this.#signal);
    } catch (error) {
      if (!this.#signal.aborted) this.#failure ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#running = undefined;
    }
  }
}
