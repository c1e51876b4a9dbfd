import type { Duplex } from 'node:stream';

/**
 * Reads exact numbers of bytes from a stream in paused mode.
 *
 * What was not asked for stays in the stream's own buffer, so another reader (TLS, AFC after house_arrest) can take over at any time.
 */
export class ByteReader {
  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('error', ignore);
  }

  /** `length` bytes, or `undefined` when the stream ends before. One read at a time. */
  async read(length: number): Promise<Buffer | undefined> {
    if (length === 0) return Buffer.alloc(0);
    // One listener for the whole wait: attached anew while bytes are buffered, 'readable' fires at once, and again without end.
    let wake = ignore;
    const listener = (): void => wake();
    for (const name of names) this.#stream.on(name, listener);
    try {
      for (;;) {
        const chunk = this.#stream.read(length) as Buffer | null;
        if (chunk) return chunk.length === length ? chunk : undefined;
        if (this.#stream.readableEnded || this.#stream.destroyed) return undefined;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      for (const name of names) this.#stream.off(name, listener);
    }
  }
}

const names = ['readable', 'end', 'close', 'error'] as const;

// A broken link shows as an early end of the stream; without a listener Node would end the process.
function ignore(): void {}
