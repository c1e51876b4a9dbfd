const idBytes = 20;

const fewest = 1024;
/** Above this share of slots in use, searches become long. */
const fullest = 0.75;

/** A set of content ids (40 hex digits) in 28 bytes each, where their number was told, for manifests of a million files. */
export class IdSet {
  #slots: Buffer;
  #state: Uint8Array;
  #size = 0;
  readonly #key = Buffer.alloc(idBytes);

  /** More than `expected` are taken too; growing needs up to three times the memory for a moment. */
  constructor(expected = 0) {
    const count = Math.max(fewest, Math.ceil((expected + 1) / fullest));
    this.#slots = Buffer.alloc(idBytes * count);
    this.#state = new Uint8Array(count);
  }

  get size(): number {
    return this.#size;
  }

  add(id: string): void {
    if (this.#size >= this.#state.length * fullest) this.#grow();
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
    const count = this.#state.length;
    let slot = key.readUInt32LE(0) % count;
    while (this.#state[slot] !== 0 && key.compare(this.#slots, slot * idBytes, (slot + 1) * idBytes) !== 0) slot = slot + 1 < count ? slot + 1 : 0;
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
