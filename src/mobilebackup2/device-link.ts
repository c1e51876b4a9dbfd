import type { Duplex } from 'node:stream';
import { emptyParameter } from '../format/mb-errors.ts';
import { writeBinaryPlist, type PlistValue } from '../plist/index.ts';
import { throwIfCancelled } from '../shared/cancel.ts';
import { ConnectionError, DataError, EngineError } from '../shared/errors.ts';
import { LinkInput } from './link-input.ts';
import { defaultTimings, messageLimits, missesUntilGone, type LinkTimings } from './link-limits.ts';
import { LinkOutput } from './link-output.ts';
import { readParts } from './messages.ts';

export interface LinkOptions {
  /** Cancels whatever the link waits for; the caller still has to `close` it. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the muxer still lists the device; asked during silence between operations. */
  readonly isDeviceListed: () => Promise<boolean>;
  readonly timings?: Partial<LinkTimings> | undefined;
}

/**
 * A DeviceLink channel over a connected (TLS) socket: units of a 32-bit big-endian length and as many bytes,
 * each a property list or, inside a file transfer, a name or a chunk.
 */
export class DeviceLink {
  readonly input: LinkInput;
  readonly output: LinkOutput;
  readonly timings: LinkTimings;
  readonly #socket: Duplex;
  readonly #options: LinkOptions;
  #failure: EngineError | undefined;
  #closing: Promise<void> | undefined;
  /** Asked for at each arrival: asking a signal that was made of others takes longer than parsing. */
  #isAborted = false;

  constructor(socket: Duplex, options: LinkOptions) {
    this.#socket = socket;
    this.#options = options;
    this.timings = { ...defaultTimings, ...options.timings };
    this.input = new LinkInput(socket);
    this.output = new LinkOutput(socket);
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(socketError(error)));
    socket.on('close', () => this.#fail(new ConnectionError('link.lost', 'The connection to the device is closed')));
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted) this.#onAbort();
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal;
  }

  /** Called between operations, files and chunks; throws `CancelledError` once the run is cancelled. */
  throwIfCancelled(): void {
    if (this.#isAborted) throwIfCancelled(this.#options.signal);
  }

  /** The next message; rejects with `link.silent` after `ms`, or waits as long as the device is listed. */
  async receive(ms?: number): Promise<PlistValue[]> {
    const length = await this.#until(() => this.input.readUint32(), ms);
    if (length === 0 || length > messageLimits.maxBytes) throw new DataError('data.frame', `A message cannot have ${length} bytes`);
    const bytes = await this.#until(() => this.input.take(length), this.timings.stream);
    return readParts(Buffer.from(bytes));
  }

  send(message: PlistValue[]): Promise<void> {
    return this.sendUnit(unitOf(message));
  }

  /** A message as `unitOf` made it. */
  async sendUnit(unit: Buffer): Promise<void> {
    await this.output.write(unit, this.timings.stream);
  }

  /** Waits for bytes inside a message. Rejects with `link.silent` after `ms`. */
  async moreWithin(ms: number): Promise<void> {
    if (!(await this.input.more(ms))) throw silent(ms);
  }

  /** Has `step` look at each arrival inside a file stream until it answers. Rejects with `link.silent` after `patience()` ms without a byte. */
  async streamUntil<T>(step: () => T | undefined, patience: () => number): Promise<T> {
    const answer = await this.input.until(step, patience);
    if (answer === undefined) throw silent(patience());
    return answer;
  }

  /** Waits for bytes between operations, for hours if need be, while the device is listed. Rejects with `device.gone` or `link.silent`. */
  async moreWhileListed(): Promise<void> {
    const before = this.input.buffered;
    const end = performance.now() + this.timings.silence;
    for (let misses = 0; !(await this.input.more(this.timings.listedCheck)); ) {
      const isListed = await this.#options.isDeviceListed().catch(() => false);
      if (this.input.buffered > before) return;
      misses = isListed ? 0 : misses + 1;
      if (misses >= missesUntilGone) throw new ConnectionError('device.gone', 'The device is no longer connected');
      if (performance.now() >= end) throw new ConnectionError('link.silent', `The device said nothing for ${this.timings.silence / 1000} s`);
    }
  }

  /** Says goodbye where the channel is still in step and ends the socket, within `timings.close`. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #until<T>(attempt: () => T | undefined, ms: number | undefined): Promise<T> {
    for (;;) {
      const value = attempt();
      if (value !== undefined) return value;
      await (ms === undefined ? this.moreWhileListed() : this.moreWithin(ms));
    }
  }

  async #close(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#fail(new ConnectionError('link.lost', 'The connection was closed on this computer'));
    if (this.#socket.destroyed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', resolve));
    const limit = setTimeout(() => this.#socket.destroy(), this.timings.close);
    this.input.discard();
    if (this.#socket.writable) this.#socket.end(unitOf(['DLMessageDisconnect', emptyParameter]));
    await closed;
    clearTimeout(limit);
  }

  readonly #onAbort = (): void => {
    this.#isAborted = true;
    try {
      throwIfCancelled(this.#options.signal);
    } catch (error) {
      if (error instanceof EngineError) this.#fail(error);
    }
  };

  #fail(error: EngineError): void {
    this.#failure ??= error;
    this.input.fail(this.#failure);
    this.output.fail(this.#failure);
  }
}

const silent = (ms: number): ConnectionError => new ConnectionError('link.silent', `The device sent nothing for ${ms / 1000} s`);

/** A message as it is sent. */
export function unitOf(message: PlistValue[]): Buffer {
  const body = writeBinaryPlist(message);
  const unit = Buffer.allocUnsafe(4 + body.length);
  unit.writeUInt32BE(body.length);
  body.copy(unit, 4);
  return unit;
}

function socketError(error: NodeJS.ErrnoException): EngineError {
  if (error instanceof EngineError) return error;
  const isTls = error.code?.startsWith('ERR_SSL') === true || error.code?.startsWith('ERR_TLS') === true;
  const code = isTls ? 'link.tls' : 'link.lost';
  return new ConnectionError(code, `The connection failed with ${error.code ?? error.message}`, { cause: error });
}
