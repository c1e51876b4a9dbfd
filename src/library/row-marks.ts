const pageRows = 1 << 15;

/** Pages of marks by their number; what crosses a thread border. */
export type MarkPages = ReadonlyMap<number, Uint8Array>;

/** A bit for each marked row of a table, by its rowid: an eighth of a byte in place of the twenty of a file's id. */
export class RowMarks {
  readonly #pages = new Map<number, Uint8Array>();
  #last: { readonly number: number; readonly bits: Uint8Array } | undefined;

  get pages(): MarkPages {
    return this.#pages;
  }

  /** How many rows are marked. */
  get size(): number {
    let size = 0;
    for (const bits of this.#pages.values()) for (let rest of bits) for (; rest !== 0; rest &= rest - 1) size++;
    return size;
  }

  set(rowId: number): void {
    const number = Math.floor(rowId / pageRows);
    let bits = this.#pages.get(number);
    if (!bits) this.#pages.set(number, (bits = new Uint8Array(pageRows / 8)));
    const place = rowId - number * pageRows;
    bits[place >>> 3] = (bits[place >>> 3] ?? 0) | (1 << (place & 7));
  }

  addAll(pages: MarkPages): void {
    for (const [number, added] of pages) {
      const bits = this.#pages.get(number) ?? new Uint8Array(pageRows / 8);
      for (const [place, rest] of added.entries()) bits[place] = (bits[place] ?? 0) | rest;
      this.#pages.set(number, bits);
    }
  }

  has(rowId: number): boolean {
    const number = Math.floor(rowId / pageRows);
    if (this.#last?.number !== number) {
      const bits = this.#pages.get(number);
      if (!bits) return false;
      this.#last = { number, bits };
    }
    const place = rowId - number * pageRows;
    return ((this.#last.bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }
}
