import { createCipheriv, createDecipheriv, type Cipheriv, type Decipheriv } from 'node:crypto';
import { DataError } from '../shared/errors.ts';
import { releaseBuffer } from '../shared/release-buffer.ts';

const blockLength = 16;
/** Each file has a key of its own, so the format has no other initialisation vector. */
const zeroVector = Buffer.alloc(blockLength);
const nothing = Buffer.alloc(0);

/**
 * How the end of a decrypted file was found: `padding` is the rule; `size` and `none` mean a foreign writer without
 * PKCS#7, cut to the recorded size or kept whole.
 */
export type ContentEnd = 'padding' | 'size' | 'none' | 'empty';

/**
 * Decrypts content (AES-256-CBC) in a stream, and finds its end. The recorded size must not be trusted: databases are
 * uploaded as consistent copies of another length. The last block is held back until the end is known.
 */
export class ContentDecipher {
  readonly #aes: Decipheriv;
  readonly #recordedSize: number | undefined;
  #held = nothing;
  #inputLength = 0;
  #outputLength = 0;
  #end: ContentEnd = 'none';

  /** `key`: 32 bytes. `recordedSize`: `Size` of the file's record, used only where there is no padding. */
  constructor(key: Uint8Array, recordedSize?: number) {
    this.#aes = createDecipheriv('aes-256-cbc', key, zeroVector).setAutoPadding(false);
    this.#recordedSize = recordedSize;
  }

  update(chunk: Uint8Array): Buffer {
    this.#inputLength += chunk.length;
    const plain = this.#aes.update(chunk);
    if (plain.length === 0) return nothing;
    const ready = this.#held;
    const cut = plain.length - blockLength;
    this.#held = Buffer.from(plain.subarray(cut));
    const output = Buffer.concat([ready, plain.subarray(0, cut)]);
    releaseBuffer(plain);
    this.#outputLength += output.length;
    return output;
  }

  /** The rest. Throws `DataError('data.damaged')` when the content is not whole blocks. */
  final(): Buffer {
    if (this.#inputLength % blockLength !== 0) throw new DataError('data.damaged', 'Encrypted content is cut off');
    const last = this.#held.subarray(0, this.#lastLength());
    this.#outputLength += last.length;
    return last;
  }

  /** Known after `final`. */
  get end(): ContentEnd {
    return this.#end;
  }

  get outputLength(): number {
    return this.#outputLength;
  }

  #lastLength(): number {
    if (this.#held.length === 0) return this.#ended('empty', 0);
    const padding = paddingOf(this.#held);
    if (padding > 0) return this.#ended('padding', blockLength - padding);
    const wanted = (this.#recordedSize ?? -1) - this.#outputLength;
    if (wanted > 0 && wanted <= blockLength) return this.#ended('size', wanted);
    return this.#ended('none', blockLength);
  }

  #ended(end: ContentEnd, length: number): number {
    this.#end = end;
    return length;
  }
}

/** Bytes of PKCS#7 padding in the last block; 0 when it is none. */
function paddingOf(block: Buffer): number {
  const count = block[blockLength - 1] ?? 0;
  return count >= 1 && count <= blockLength && block.subarray(blockLength - count).every((byte) => byte === count) ? count : 0;
}

/** Encrypts content as devices do, with PKCS#7 padding. */
export const contentCipher = (key: Uint8Array): Cipheriv => createCipheriv('aes-256-cbc', key, zeroVector);
