/** Bytes a second over a sliding window; silent until it has seen enough to be honest. */
export class RateEstimator {
  readonly #windowMs: number;
  #samples: { at: number; bytes: number }[] = [];

  constructor(windowMs = 8000) {
    this.#windowMs = windowMs;
  }

  /** `bytes` is the running total; `at` in ms. */
  add(bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    if (last && at - last.at < 200) return;
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > this.#windowMs) this.#samples.shift();
  }

  get rate(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < 1000) return undefined;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  reset(): void {
    this.#samples = [];
  }
}
