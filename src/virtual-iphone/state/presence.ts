/** Whether the phone is there at all; muxers follow it. */
export class Presence {
  readonly #listeners = new Set<(present: boolean) => void>();
  #present = true;
  #return: NodeJS.Timeout | undefined;

  get present(): boolean {
    return this.#present;
  }

  /** Hears each change until the returned function is called. */
  follow(listener: (present: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes away, and comes back after `delay` ms; for good when `undefined`. */
  leave(delay: number | undefined): void {
    clearTimeout(this.#return);
    this.#set(false);
    if (delay !== undefined) this.#return = setTimeout(() => this.#set(true), delay);
  }

  comeBack(): void {
    clearTimeout(this.#return);
    this.#set(true);
  }

  #set(present: boolean): void {
    if (present === this.#present) return;
    this.#present = present;
    for (const listener of this.#listeners) listener(present);
  }
}
