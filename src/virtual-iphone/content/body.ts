import { createCipheriv } from 'node:crypto';
import { Random, mix } from './random.ts';

/** The content of one file; `chunks` gives the same bytes every time. Chunks may be shared memory: read only. */
export interface Body {
  readonly length: number;
  chunks(chunkSize: number): Iterable<Buffer>;
}

const segmentBytes = 1 << 20;
const poolBytes = 8 << 20;

/**
 * Incompressible content by formula, faster than memory can be filled: windows into one seeded pool.
 *
 * A file's first bytes name its key, so that no two files are equal.
 */
export class Filler {
  readonly #pool: Buffer;

  constructor(seed: number) {
    // A cipher's key stream: as random as it gets, and fast.
    const key = new Random(seed, 'filler').bytes(32);
    this.#pool = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(poolBytes + segmentBytes));
  }

  /** Bytes `start` to `end` of the content named `key`, in chunks of at most `chunkSize`. */
  *chunks(key: number, start: number, end: number, chunkSize: number): Iterable<Buffer> {
    for (let at = start; at < end; ) {
      const segment = Math.floor(at / segmentBytes);
      const window = mix(key, segment) % poolBytes;
      const inside = at - segment * segmentBytes;
      const length = Math.min(chunkSize, end - at, segmentBytes - inside);
      const chunk = this.#pool.subarray(window + inside, window + inside + length);
      yield at < stampBytes ? stamped(chunk, key, at) : chunk;
      at += length;
    }
  }
}

const stampBytes = 8;

/** Copies `chunk`, which begins `at` bytes into the content, with the content's key over its first eight bytes. */
function stamped(chunk: Buffer, key: number, at: number): Buffer {
  const copy = Buffer.from(chunk);
  const stamp = Buffer.alloc(stampBytes);
  stamp.writeDoubleBE(key);
  stamp.copy(copy, 0, at, Math.min(stampBytes, at + copy.length));
  return copy;
}

export function bytesBody(bytes: Buffer): Body {
  return { length: bytes.length, chunks: (chunkSize) => slices(bytes, chunkSize) };
}

export const textBody = (text: string): Body => bytesBody(Buffer.from(text, 'utf8'));

export function fillerBody(filler: Filler, key: number, length: number): Body {
  return { length, chunks: (chunkSize) => filler.chunks(key, 0, length, chunkSize) };
}

/** A file that begins with what `makeHead` gives and is filled up to `length`; the head is made when it is read. */
export function headedBody(makeHead: () => Buffer, filler: Filler, key: number, length: number): Body {
  return {
    length,
    *chunks(chunkSize) {
      const head = makeHead();
      if (head.length > length) throw new RangeError(`A head of ${head.length} bytes does not fit into ${length}`);
      yield* slices(head, chunkSize);
      yield* filler.chunks(key, head.length, length, chunkSize);
    },
  };
}

function* slices(bytes: Buffer, chunkSize: number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, Math.min(bytes.length, at + chunkSize));
}
