import { stall } from './wire.ts';
import type { Moods } from '../contract.ts';

/**
 * The person in front of the phone: taps in the Trust dialog, enters the passcode.
 *
 * Answers by itself as the moods say; `tapTrust` and `enterPasscode` answer at once.
 */
export class Person {
  readonly #moods: () => Moods;
  #trustShownAt: number | undefined;
  #trustTapped: boolean | undefined;
  #prompts = new Set<(entered: boolean) => void>();

  constructor(moods: () => Moods) {
    this.#moods = moods;
  }

  /** The answer to the Trust dialog so far; the first question shows the dialog. `undefined` while it waits for a tap. */
  get trusts(): boolean | undefined {
    const { trust, passcodeDelay } = this.#moods();
    if (trust === 'trusted' || trust === 'revoked') return true;
    if (trust === 'denied') return false;
    this.#trustShownAt ??= performance.now();
    if (this.#trustTapped !== undefined) return this.#trustTapped;
    return trust === 'ask' && performance.now() - this.#trustShownAt >= passcodeDelay ? true : undefined;
  }

  /** Taps Trust (or Don't Trust) in the dialog. */
  tapTrust(trust: boolean): void {
    this.#trustTapped = trust;
  }

  /** The dialog is gone: the next host is asked again. */
  forgetTrustDialog(): void {
    this.#trustShownAt = undefined;
    this.#trustTapped = undefined;
  }

  /** Types the passcode (or cancels) in every prompt that is shown; false when there is none. */
  enterPasscode(entered = true): boolean {
    const shown = this.#prompts.size > 0;
    for (const answer of this.#prompts) answer(entered);
    return shown;
  }

  /** Waits for the passcode as `moods.passcode` says; an aborted wait counts as refused. */
  async answerPrompt(signal: AbortSignal): Promise<boolean> {
    const { passcode, passcodeDelay, passcodeLimit } = this.#moods();
    const ends = new AbortController();
    let tapped: ((entered: boolean) => void) | undefined;
    const byHand = new Promise<boolean>((resolve) => {
      tapped = resolve;
      this.#prompts.add(resolve);
    });
    const stop = AbortSignal.any([signal, ends.signal]);
    const byItself = stall(passcode === 'ignored' ? passcodeLimit : passcodeDelay, stop).then(() => passcode === 'answered' && !signal.aborted);
    const entered = await Promise.race([byHand, byItself]);
    ends.abort();
    if (tapped) this.#prompts.delete(tapped);
    return entered;
  }
}
