/** The phone's clock: real time, or a fixed start that goes on by one second at each `next()`. */
export class PhoneClock {
  readonly #start: number | undefined;
  #readings = 0;
  #skippedMs = 0;

  constructor(start: Date | undefined) {
    this.#start = start?.getTime();
  }

  /** Real time, or one second after the last reading. */
  next(): Date {
    const time = this.peek();
    this.#readings++;
    return time;
  }

  /** The same without going on: what hosts ask must not change what the phone writes. */
  peek(): Date {
    const time = this.#start === undefined ? Date.now() : this.#start + this.#readings * 1000;
    return new Date(time + this.#skippedMs);
  }

  /** Goes forward by days. */
  skip(days: number): void {
    this.#skippedMs += days * 24 * 3600 * 1000;
  }
}
