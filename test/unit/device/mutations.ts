/** Seeded damage: the same seed gives the same bytes on every machine. */
export class Mutator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** A copy with one to four pieces of damage. */
  damage(bytes: Buffer): Buffer {
    let damaged: Buffer = Buffer.from(bytes);
    for (let count = 1 + this.below(4); count > 0 && damaged.length > 0; count--) damaged = this.#once(damaged);
    return damaged;
  }

  #once(bytes: Buffer): Buffer {
    const at = this.below(bytes.length);
    switch (this.below(6)) {
      case 0:
        bytes.writeUInt8((bytes.readUInt8(at) ^ (1 << this.below(8))) & 0xff, at);
        return bytes;
      case 1:
        bytes.writeUInt8([0, 1, 0x7f, 0x80, 0xfe, 0xff][this.below(6)] ?? 0, at);
        return bytes;
      case 2:
        return bytes.subarray(0, at);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(this.below(bytes.length))]);
      case 4:
        bytes.fill(0xff, at, Math.min(bytes.length, at + 1 + this.below(8)));
        return bytes;
      default:
        return Buffer.concat([bytes.subarray(0, at), Buffer.from([this.below(256)]), bytes.subarray(at)]);
    }
  }
}
