import type { ConversationEvent } from '../mobilebackup2/index.ts';

/** Longer gaps between two arrivals are the device's: it looks through itself for what to send next. Ms. */
const longestGap = 1000;

/** How long a device was sending, without its scan, its passcode prompt and what it did in between. */
export class ReceivingClock {
  readonly #now: () => number;
  #last: number | undefined;
  #passed = 0;

  /** `now` in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(event: ConversationEvent): void {
    if (event.type !== 'phase' && event.type !== 'passed') return;
    const now = this.#now();
    if (this.#last !== undefined) this.#passed += Math.min(now - this.#last, longestGap);
    if (event.type === 'phase') this.#last = event.phase === 'receiving' ? now : undefined;
    else if (this.#last !== undefined) this.#last = now;
  }

  get seconds(): number {
    return this.#passed / 1000;
  }
}
