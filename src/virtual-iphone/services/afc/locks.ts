/** Bits of the lock operation, as those of flock(2); the non-blocking bit 4 is always set. */
const shared = 1;
const exclusive = 2;
const unlock = 8;

/** Locks on files of one volume; they belong to open files and go with them. */
export class FileLocks {
  readonly #held = new Map<string, Map<object, number>>();

  /** `false` when another owner's lock is in the way, `undefined` for an operation that does not exist. */
  apply(path: string, owner: object, operation: number): boolean | undefined {
    if (operation & unlock) {
      this.release(path, owner);
      return true;
    }
    const wanted = operation & (shared | exclusive);
    if (wanted !== shared && wanted !== exclusive) return undefined;
    const holders = this.#held.get(path) ?? new Map<object, number>();
    for (const [other, kind] of holders) if (other !== owner && (kind === exclusive || wanted === exclusive)) return false;
    this.#held.set(path, holders.set(owner, wanted));
    return true;
  }

  release(path: string, owner: object): void {
    const holders = this.#held.get(path);
    holders?.delete(owner);
    if (holders?.size === 0) this.#held.delete(path);
  }
}
