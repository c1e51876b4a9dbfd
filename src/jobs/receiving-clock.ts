import type { ConversationEvent } from '../mobilebackup2/index.ts';

/** How long a device was sending, without its scan, its passcode prompt and what it did in between. */
export class ReceivingClock {
  readonly #now: () => number;
  #began: number | undefined;
  #passed = 0;

  /** `now` in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(event: ConversationEvent): void {
    if (event.type !== 'phase') return;
    this.#passed = this.seconds;
    this.#began = event.phase === 'receiving' ? this.#now() : undefined;
  }

  get seconds(): number {
    return this.#passed + (this.#began === undefined ? 0 : (this.#now() - this.#began) / 1000);
  }
}
