import { CancelledError } from '../shared/errors.ts';
import type { BlockingFileSystem } from './file-system.ts';

/** What bulk work of the disk is given: blocking files, a way to tell how far it is, and the wish to stop. */
export interface TaskContext {
  readonly files: BlockingFileSystem;
  /** Adds to the figures that the caller sees, and throws `CancelledError` once the task is cancelled. */
  advance(files: number, bytes: number): void;
}

export interface TaskProgress {
  readonly files: number;
  readonly bytes: number;
}

/** Figures and the wish to stop, in memory that both threads see: `[stop, files, bytes]`. */
export class TaskBoard {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Float64Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(3 * Float64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Float64Array(memory);
  }

  stop(): void {
    this.#cells[0] = 1;
  }

  advance(files: number, bytes: number): void {
    if (this.#cells[0] === 1) throw new CancelledError('cancelled.host', 'Cancelled on this computer');
    this.#cells[1] = (this.#cells[1] ?? 0) + files;
    this.#cells[2] = (this.#cells[2] ?? 0) + bytes;
  }

  progress(): TaskProgress {
    return { files: this.#cells[1] ?? 0, bytes: this.#cells[2] ?? 0 };
  }
}
