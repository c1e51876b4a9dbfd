import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Moods } from '../contract.ts';
import { carriedBy } from './wire.ts';

/** Pieces in which a slow link carries bytes, so that it flows evenly. */
const pieceLength = 16 << 10;

/** The socket itself, or a slower link over it when the moods ask for that. What the socket has buffered goes along. */
export function slowed(socket: Socket, { rate, latency }: Pick<Moods, 'rate' | 'latency'>): Duplex {
  if (rate === undefined && latency === 0) return socket;
  const link = new SlowLink(socket, rate ?? Infinity, latency);
  carriedBy(link, socket);
  return link;
}

/** Limits the bytes per second of each direction, and lets what the host says arrive late. */
class SlowLink extends Duplex {
  readonly #socket: Socket;
  readonly #msPerByte: number;
  readonly #latency: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What is still on its way, in order: timers of nearly equal times do not fire in order. */
  readonly #arrivals: (() => void)[] = [];
  #lastArrival = 0;

  constructor(socket: Socket, rate: number, latency: number) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#msPerByte = 1000 / rate;
    this.#latency = latency;
    socket.on('data', (chunk: Buffer) => this.#arrive(chunk));
    socket.once('end', () => this.#arrive(null));
    socket.once('close', () => this.#inTurn(this.#lastArrival - performance.now(), () => this.destroy()));
    socket.pause();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket.destroy();
    done(error);
  }

  #send(bytes: Buffer, done: (error?: Error | null) => void): void {
    const piece = bytes.subarray(0, pieceLength);
    const rest = bytes.subarray(piece.length);
    this.#after(piece.length * this.#msPerByte, () => {
      this.#socket.write(piece, (error) => {
        if (error || rest.length === 0) done(error);
        else this.#send(rest, done);
      });
    });
  }

  /** Keeps the order: nothing arrives before what was sent earlier. */
  #arrive(chunk: Buffer | null): void {
    const now = performance.now();
    this.#lastArrival = Math.max(now + this.#latency, this.#lastArrival + (chunk?.length ?? 0) * this.#msPerByte);
    this.#inTurn(this.#lastArrival - now, () => {
      if (!this.push(chunk)) this.#socket.pause();
    });
  }

  #inTurn(ms: number, act: () => void): void {
    this.#arrivals.push(act);
    this.#after(ms, () => this.#arrivals.shift()?.());
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, Math.max(0, ms));
    this.#timers.add(timer);
  }
}
