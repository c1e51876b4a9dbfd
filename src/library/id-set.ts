const idBytes = 20;

/** A set of content ids (40 hex digits) in 20 bytes each and a few more, for manifests of a million files. */
export class IdSet {
  #slots = Buffer.alloc(idBytes * 1024);
  #state = new Uint8Array(1024);
  #size = 0;
  readonly #key = Buffer.alloc(idBytes);

  get size(): number {
    return this.#size;
  }

  add(id: string): void {
    if (this.#size * 2 > this.#state.length) this.#grow();
    this.#key.write(id, 'hex');
    const slot = this.#find(this.#key);
    if (this.#state[slot] !== 0) return;
    this.#key.copy(this.#slots, slot * idBytes);
    this.#state[slot] = 1;
    this.#size++;
  }

  has(id: string): boolean {
    this.#key.write(id, 'hex');
    return this.#state[this.#find(this.#key)] !== 0;
  }

  /** Whether the id is in the set; it is marked as seen. */
  take(id: string): boolean {
    this.#key.write(id, 'hex');
    const slot = this.#find(this.#key);
    if (this.#state[slot] === 0) return false;
    this.#state[slot] = 2;
    return true;
  }

  /** Ids that were never taken, in no order. */
  *untaken(): Generator<string> {
    for (let slot = 0; slot < this.#state.length; slot++) {
      if (this.#state[slot] === 1) yield this.#slots.toString('hex', slot * idBytes, (slot + 1) * idBytes);
    }
  }

  /** Ids are SHA-1 values: their first bytes are as good as any hash. */
  #find(key: Buffer): number {
    const mask = this.#state.length - 1;
    let slot = key.readUInt32LE(0) & mask;
    while (this.#state[slot] !== 0 && key.compare(this.#slots, slot * idBytes, (slot + 1) * idBytes) !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const slots = this.#slots;
    const state = this.#state;
    this.#slots = Buffer.alloc(slots.length * 2);
    this.#state = new Uint8Array(state.length * 2);
    for (let slot = 0; slot < state.length; slot++) {
      if (state[slot] === 0) continue;
      const key = slots.subarray(slot * idBytes, (slot + 1) * idBytes);
      const target = this.#find(key);
      key.copy(this.#slots, target * idBytes);
      this.#state[target] = state[slot] ?? 1;
    }
  }
}
