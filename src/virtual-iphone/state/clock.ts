/** The phone's clock: real time, or a fixed start that goes on by one second at each `next()`. */
export class PhoneClock {
  readonly #start: number | undefined;
  #readings = 0;

  constructor(start: Date | undefined) {
    this.#start = start?.getTime();
  }

  /** Real time, or one second after the last reading. */
  next(): Date {
    if (this.#start === undefined) return new Date();
    return new Date(this.#start + this.#readings++ * 1000);
  }

  /** The same without going on: what hosts ask must not change what the phone writes. */
  peek(): Date {
    return this.#start === undefined ? new Date() : new Date(this.#start + this.#readings * 1000);
  }
}
