/** A set of row numbers (1 and up), one bit each. */
export class RowSet {
  #bits = new Uint8Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }

  add(row: number): void {
    if (this.has(row)) return;
    if (row >> 3 >= this.#bits.length) this.#grow(row >> 3);
    this.#bits[row >> 3] = (this.#bits[row >> 3] as number) | (1 << (row & 7));
    this.#size++;
  }

  /** In ascending order. */
  *[Symbol.iterator](): Iterator<number> {
    for (let byte = 0; byte < this.#bits.length; byte++) {
      if (this.#bits[byte] === 0) continue;
      for (let bit = 0; bit < 8; bit++) if (this.has(byte * 8 + bit)) yield byte * 8 + bit;
    }
  }

  #grow(byte: number): void {
    const larger = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
    larger.set(this.#bits);
    this.#bits = larger;
  }
}
