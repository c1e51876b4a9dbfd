import { DataError } from '../../shared/errors.ts';
import type { AfcLink } from './link.ts';
import { afcOperation, u64 } from './packet.ts';

export const afcMode = { read: 1n, readWriteCreate: 2n, writeTruncate: 3n } as const;
export const afcLock = { exclusive: 6n, unlock: 12n } as const;

const readSize = 64 << 10;
/** Larger frames are known to end agents of the phone. */
const writeSize = 32 << 10;
const requestsInFlight = 4;

/** An open file on the phone. */
export class AfcFile {
  readonly #link: AfcLink;
  readonly #path: string;
  readonly #handle: bigint;

  constructor(link: AfcLink, path: string, handle: bigint) {
    this.#link = link;
    this.#path = path;
    this.#handle = handle;
  }

  /** The rest of the file in chunks; some requests run ahead of the reader. */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    const ahead = Array.from({ length: requestsInFlight }, () => this.#read());
    try {
      for (let next = ahead.shift(); next; next = ahead.shift()) {
        const chunk = await next;
        if (chunk.length === 0) return;
        ahead.push(this.#read());
        yield chunk;
      }
    } finally {
      await Promise.allSettled(ahead);
    }
  }

  /** Throws `data.limit` for more than `maxBytes`. */
  async readAll(maxBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.chunks()) {
      length += chunk.length;
      if (length > maxBytes) throw new DataError('data.limit', `A file on the device has more than ${maxBytes} bytes`, { subject: this.#path });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }

  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += writeSize) {
      const part = bytes.subarray(at, at + writeSize);
      await this.#link.request(afcOperation.write, afcOperation.status, this.#path, u64(this.#handle), part);
    }
  }

  /** Goes on at `position`, in bytes from the beginning. */
  async seek(position: number): Promise<void> {
    await this.#link.request(afcOperation.seek, afcOperation.status, this.#path, u64(this.#handle, 0n, BigInt(position)));
  }

  /** Locks or unlocks without waiting: `afc.19` when somebody else has it. */
  async lock(operation: (typeof afcLock)[keyof typeof afcLock]): Promise<void> {
    await this.#link.request(afcOperation.lock, afcOperation.status, this.#path, u64(this.#handle, operation));
  }

  async close(): Promise<void> {
    await this.#link.request(afcOperation.close, afcOperation.status, this.#path, u64(this.#handle));
  }

  async #read(): Promise<Buffer> {
    const request = this.#link.request(afcOperation.read, afcOperation.data, this.#path, u64(this.#handle, BigInt(readSize)));
    // A request that runs ahead may fail before its turn comes.
    request.catch(() => undefined);
    const { payload } = await request;
    if (payload.length > readSize) throw new DataError('data.frame', 'The device sent more than was asked for', { subject: this.#path });
    return payload;
  }
}
