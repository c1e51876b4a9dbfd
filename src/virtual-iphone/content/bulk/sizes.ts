import { Random } from '../random.ts';

const period = 1024;

/**
 * Sizes of `files` files that add up to `bytes` exactly, each found without the others.
 *
 * Mixed sizes follow a periodic table of heavy-tailed weights (a phone with 1.31 million files had 86 GB, so 66 KB
 * on average: pymobiledevice3#1857; most of them are far smaller).
 */
export class BulkSizes {
  readonly #files: number;
  readonly #bytes: number;
  /** Sum of the first n weights of the table; `undefined` when all files weigh the same. */
  readonly #sums: Float64Array | undefined;

  constructor(seed: number, files: number, bytes: number, sizes: 'mixed' | 'even') {
    this.#files = files;
    this.#bytes = bytes;
    this.#sums = sizes === 'mixed' ? weightSums(seed) : undefined;
  }

  size(index: number): number {
    return this.before(index + 1) - this.before(index);
  }

  /** Bytes of all files before this one. */
  before(index: number): number {
    if (index >= this.#files) return this.#bytes;
    if (this.#sums) return Math.floor(this.#bytes * (this.#weight(index) / this.#weight(this.#files)));
    const each = Math.floor(this.#bytes / this.#files);
    return each * index + Math.floor(((this.#bytes - each * this.#files) * index) / this.#files);
  }

  #weight(files: number): number {
    const whole = Math.floor(files / period);
    return whole * (this.#sums?.[period] ?? 0) + (this.#sums?.[files - whole * period] ?? 0);
  }
}

function weightSums(seed: number): Float64Array {
  const random = new Random(seed, 'bulk sizes');
  const sums = new Float64Array(period + 1);
  for (let i = 0; i < period; i++) sums[i + 1] = (sums[i] ?? 0) + random.spread(16, 1 << 16);
  return sums;
}
