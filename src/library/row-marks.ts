/** A bit for each row of a table, by its place in it: an eighth of a byte in place of the twenty of an id. */
export class RowMarks {
  #bits = new Uint8Array(1 << 16);

  set(row: number): void {
    const at = row >>> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
  }

  has(row: number): boolean {
    return ((this.#bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
