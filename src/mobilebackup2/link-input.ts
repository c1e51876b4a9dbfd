import type { Duplex } from 'node:stream';
import { ConnectionError, type EngineError } from '../shared/errors.ts';
import { releaseBuffer } from '../shared/release-buffer.ts';

const nothing = Buffer.alloc(0);

/** Received bytes that nobody has asked for, beyond which the socket is paused. */
const highWater = 1 << 20;

/** Bytes from which giving memory back costs less than leaving it to the collector. */
const worthGivingBack = 4096;

interface Waiter {
  /** More bytes have arrived. */
  readonly arrived: () => void;
  readonly timedOut: () => void;
  readonly failed: (error: EngineError) => void;
}

/**
 * The bytes that a socket receives, for a parser that takes what is there synchronously and waits only when it runs dry.
 *
 * Slices are views of the socket's own chunks and valid until the next call: the memory of a used-up chunk is given back
 * then. Left to the collector, which sees only the few bytes of its own heap, tens of thousands of chunks a second would
 * have it collect all memory over and over.
 */
export class LinkInput {
  readonly #socket: Duplex;
  readonly #queue: Buffer[] = [];
  readonly #usedUp: Buffer[] = [];
  #current: Buffer = nothing;
  #at = 0;
  #buffered = 0;
  #failure: EngineError | undefined;
  #waiter: Waiter | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerMs = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('data', this.#receive);
    socket.on('end', () => this.fail(new ConnectionError('link.lost', 'The device closed the connection')));
    socket.resume();
  }

  get buffered(): number {
    return this.#buffered;
  }

  /** An unsigned 32-bit number; `undefined` while fewer than 4 bytes are there. */
  readUint32(): number | undefined {
    this.#giveBack();
    if (this.#buffered < 4) return undefined;
    if (this.#current.length - this.#at < 4) return this.take(4)?.readUInt32BE(0);
    const value = this.#current.readUInt32BE(this.#at);
    this.#skip(4);
    return value;
  }

  /** One byte; `undefined` while none is there. */
  readByte(): number | undefined {
    this.#giveBack();
    if (this.#buffered === 0) return undefined;
    const value = this.#current[this.#at];
    this.#skip(1);
    return value;
  }

  /** The next `length` bytes in one piece; `undefined` while fewer are there. */
  take(length: number): Buffer | undefined {
    this.#giveBack();
    if (this.#buffered < length) return undefined;
    if (length === 0) return nothing;
    const first = this.#piece(length);
    if (first.length === length) return first;
    const pieces = [first];
    for (let missing = length - first.length; missing > 0; ) {
      const piece = this.#piece(missing);
      pieces.push(piece);
      missing -= piece.length;
    }
    return Buffer.concat(pieces, length);
  }

  /** What lies together of the next `max` bytes; empty when nothing is buffered. */
  takeSome(max: number): Buffer {
    this.#giveBack();
    return this.#buffered === 0 ? nothing : this.#piece(max);
  }

  #piece(max: number): Buffer {
    const end = Math.min(this.#at + max, this.#current.length);
    const piece = this.#current.subarray(this.#at, end);
    this.#skip(piece.length);
    return piece;
  }

  /** Resolves `true` when more bytes have arrived, `false` after `ms` milliseconds without any; rejects once the link has failed. */
  async more(ms: number): Promise<boolean> {
    return (await this.until(() => true, () => ms)) ?? false;
  }

  /**
   * Calls `step` after each arrival of bytes, until it answers something. It is called at once, without a turn of promises:
   * there are tens of thousands of arrivals a second. What it throws rejects. Resolves with `undefined` after `patience()`
   * milliseconds without a byte; rejects once the link has failed.
   */
  async until<T>(step: () => T | undefined, patience: () => number): Promise<T | undefined> {
    if (this.#failure) throw this.#failure;
    if (this.#socket.isPaused()) this.#socket.resume();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        this.#waiter = undefined;
        act();
      };
      const arrived = (): void => {
        try {
          const answer = step();
          if (answer === undefined) this.#arm(patience());
          else settle(() => resolve(answer));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      this.#waiter = { arrived, timedOut: () => settle(() => resolve(undefined)), failed: (error) => settle(() => reject(error)) };
      this.#arm(patience());
    });
  }

  /** From now on every wait rejects with `error`; bytes that are buffered can still be taken. */
  fail(error: EngineError): void {
    if (this.#failure) return;
    this.#failure = error;
    clearTimeout(this.#timer);
    this.#waiter?.failed(error);
  }

  /** Lets the other side's bytes run into the void, so that it can read our goodbye. */
  discard(): void {
    this.#socket.off('data', this.#receive);
    this.#queue.length = 0;
    this.#current = nothing;
    this.#at = this.#buffered = 0;
    this.#socket.resume();
  }

  readonly #receive = (chunk: Buffer): void => {
    if (chunk.length === 0) return;
    if (this.#buffered === 0) this.#current = chunk;
    else this.#queue.push(chunk);
    this.#buffered += chunk.length;
    if (this.#waiter) this.#waiter.arrived();
    else if (this.#buffered > highWater) this.#socket.pause();
  };

  #skip(length: number): void {
    this.#at += length;
    this.#buffered -= length;
    if (this.#at < this.#current.length) return;
    if (this.#current.length >= worthGivingBack) this.#usedUp.push(this.#current);
    this.#current = this.#queue.shift() ?? nothing;
    this.#at = 0;
  }

  #giveBack(): void {
    for (let chunk = this.#usedUp.pop(); chunk; chunk = this.#usedUp.pop()) releaseBuffer(chunk);
  }

  /** One timer serves all waits: making one for each would cost more than parsing does. */
  #arm(ms: number): void {
    if (this.#timer && this.#timerMs === ms) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#timerMs = ms;
    this.#timer = setTimeout(() => this.#waiter?.timedOut(), ms);
  }
}
