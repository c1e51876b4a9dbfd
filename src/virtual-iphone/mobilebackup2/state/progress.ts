/**
 * Progress as the phone announces it: percent, the value after the step, never falling, 100 when the content is through.
 */
export class Progress {
  readonly #total: number;
  #done = 0;
  #shown = 0;

  /** Work in bytes; each file counts for `perFile` more. */
  constructor(bytes: number, files: number) {
    this.#total = Math.max(1, bytes + files * perFile);
  }

  /** Percent after a step of so many bytes and files. */
  after(bytes: number, files: number): number {
    this.#done += bytes + files * perFile;
    this.#shown = Math.max(this.#shown, Math.min(99.9, (100 * this.#done) / this.#total));
    return this.#shown;
  }
}

const perFile = 4096;
