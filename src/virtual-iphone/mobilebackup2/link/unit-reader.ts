import type { Duplex } from 'node:stream';
import { LinkEnded } from '../errors.ts';

/** Bytes that may wait here before the socket is paused. */
const highWater = 1 << 20;

/**
 * Splits what the host sends into units: `u32 BE length` and that many bytes.
 *
 * The socket is read all the time, so that a host which goes away is noticed while the phone scans or waits for a person.
 */
export class UnitReader {
  readonly #link: Duplex;
  readonly #gone = new AbortController();
  #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(link: Duplex) {
    this.#link = link;
    link.on('data', this.#onData);
    link.on('end', this.#onEnd);
    link.on('close', this.#onEnd);
    link.on('error', this.#onEnd);
    if (link.destroyed) this.#onEnd();
    link.resume();
  }

  /** Aborted when the host is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get hasUnit(): boolean {
    return this.#length >= 4 && this.#length >= 4 + this.#peekLength();
  }

  detach(): void {
    this.#link.off('data', this.#onData);
    this.#link.off('end', this.#onEnd);
    this.#link.off('close', this.#onEnd);
    this.#link.off('error', this.#onEnd);
  }

  /** The next unit, or `undefined` when it has not arrived. Throws `LinkEnded` for a unit over `limit` bytes, as an agent killed for memory. */
  take(limit: number): Buffer | undefined {
    if (this.#length < 4) return undefined;
    const length = this.#peekLength();
    if (length > limit) throw new LinkEnded('cut');
    if (this.#length < 4 + length) return undefined;
    const unit = this.#consume(4 + length).subarray(4);
    if (this.#link.isPaused() && this.#length < highWater) this.#link.resume();
    return unit;
  }

  /** Waits for a whole unit; `silence` ms without a byte, or the end of the link, throw `LinkEnded`. */
  async next(limit: number, silence: number): Promise<Buffer> {
    for (;;) {
      const unit = this.take(limit);
      if (unit) return unit;
      if (this.#ended) throw new LinkEnded('lost');
      await this.#more(silence);
    }
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > highWater && this.hasUnit) this.#link.pause();
    this.#wake?.();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#gone.abort(new LinkEnded('lost'));
    this.#wake?.();
  };

  async #more(silence: number): Promise<void> {
    if (this.#link.isPaused()) this.#link.resume();
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.#wake = resolve;
      timer = setTimeout(() => reject(new LinkEnded('lost', new Error(`The host was silent for ${silence} ms`))), silence);
    }).finally(() => {
      this.#wake = undefined;
      clearTimeout(timer);
    });
  }

  #peekLength(): number {
    const first = this.#chunks[0];
    if (first && first.length >= 4) return first.readUInt32BE(0);
    this.#chunks = [Buffer.concat(this.#chunks)];
    return (this.#chunks[0] as Buffer).readUInt32BE(0);
  }

  #consume(count: number): Buffer {
    const first = this.#chunks[0] as Buffer;
    this.#length -= count;
    if (first.length > count) {
      this.#chunks[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    if (first.length === count) {
      this.#chunks.shift();
      return first;
    }
    return this.#gather(count);
  }

  /** Copies what lies in several chunks; nothing but those is touched. */
  #gather(count: number): Buffer {
    const unit = Buffer.allocUnsafe(count);
    let used = 0;
    for (let done = 0; done < count; used++) {
      const chunk = this.#chunks[used] as Buffer;
      const part = chunk.copy(unit, done, 0, count - done);
      done += part;
      if (part < chunk.length) this.#chunks[used--] = chunk.subarray(part);
    }
    this.#chunks.splice(0, used);
    return unit;
  }
}
