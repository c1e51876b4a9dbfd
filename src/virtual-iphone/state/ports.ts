import type { PortOwner } from './handset.ts';

const firstPort = 49_152;
const lastPort = 65_535;
/** A started service that nobody connects to is given up; far more than any host opens at once. */
const maxWaiting = 512;

/** The phone's ports of started services, each for one connection. */
export class PortTable {
  readonly #waiting = new Map<number, PortOwner>();
  #next = firstPort;

  open(owner: PortOwner): number {
    const oldest = this.#waiting.keys().next();
    if (this.#waiting.size >= maxWaiting && !oldest.done) this.#waiting.delete(oldest.value);
    while (this.#waiting.has(this.#next)) this.#advance();
    const port = this.#next;
    this.#advance();
    this.#waiting.set(port, owner);
    return port;
  }

  /** The owner, once. */
  take(port: number): PortOwner | undefined {
    const owner = this.#waiting.get(port);
    this.#waiting.delete(port);
    return owner;
  }

  closeAll(): void {
    this.#waiting.clear();
  }

  #advance(): void {
    this.#next = this.#next === lastPort ? firstPort : this.#next + 1;
  }
}
