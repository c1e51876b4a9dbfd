import { createCipheriv, createHash } from 'node:crypto';

/**
 * Reproducible random bytes, one independent stream for each label.
 *
 * The n-th call with a label gives the same bytes for the same seed, whatever other labels were asked in between.
 */
export class SeededRandom {
  readonly #seed: string;
  readonly #calls = new Map<string, number>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  bytes(label: string, length: number): Buffer {
    const call = this.#calls.get(label) ?? 0;
    this.#calls.set(label, call + 1);
    const key = createHash('sha256').update(`${this.#seed}\n${label}\n${call}`).digest();
    return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
  }

  /** RFC 9562 version 4, upper case. */
  uuid(label: string): string {
    const bytes = this.bytes(label, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex').toUpperCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /** `length` characters of `alphabet`. */
  text(label: string, alphabet: string, length: number): string {
    return Array.from(this.bytes(label, length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
  }
}
