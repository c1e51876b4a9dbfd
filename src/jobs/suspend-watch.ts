import { uptime } from 'node:os';

const tick = 5000;
/** A timer this late means that the computer slept: no load delays one so long. */
const gap = 30_000;

/** Notices that the computer was suspended meanwhile, so that a lost connection can be told by its cause. */
export class SuspendWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #now: () => number;
  #last: number;
  #seconds = 0;

  /** `now` in ms: the time since the start of the system goes on in its sleep, and nobody sets it. */
  constructor(now: () => number = () => uptime() * 1000) {
    this.#now = now;
    this.#last = now();
    this.#timer = setInterval(() => this.check(), tick).unref();
  }

  /** Seconds that the computer slept since the start; 0 when it did not. */
  get seconds(): number {
    this.check();
    return this.#seconds;
  }

  check(): void {
    const now = this.#now();
    if (now - this.#last > tick + gap) this.#seconds += Math.round((now - this.#last) / 1000);
    this.#last = now;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
