import type { Duplex } from 'node:stream';
import { throwIfCancelled } from '../../shared/cancel.ts';
import { CancelledError, ConnectionError, EngineError } from '../../shared/errors.ts';

/** Limits of one wait. */
export interface Wait {
  /** Milliseconds; `Infinity` for events that may never come: then a cancel or the end of the socket ends the wait. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads exact lengths from a paused socket and leaves all that follows in the socket,
 * so that the same socket can go on to TLS or to another reader.
 */
export class SocketReader {
  readonly #socket: Duplex;
  #failure: EngineError | undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('error', (error) => (this.#failure ??= linkError(error)));
  }

  /**
   * The next `length` bytes.
   *
   * Throws `link.lost` when the stream ends before them, `link.silent` when the deadline passes, `CancelledError` when cancelled.
   * After a deadline or cancel the socket is destroyed: what it would still say belongs to nobody.
   */
  async read(length: number, wait: Wait): Promise<Buffer> {
    throwIfCancelled(wait.signal);
    if (length === 0) return Buffer.alloc(0);
    return this.#take(length) ?? (await this.#await(length, wait));
  }

  /** Bytes when enough are there; throws when they can no longer come. */
  #take(length: number): Buffer | undefined {
    const chunk = this.#socket.read(length) as Buffer | null;
    if (chunk?.length === length) return chunk;
    if (chunk !== null || this.#socket.readableEnded || this.#socket.destroyed) {
      throw this.#failure ?? new ConnectionError('link.lost', 'The connection was closed by the other side');
    }
    return undefined;
  }

  #await(length: number, wait: Wait): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        clearTimeout(timer);
        wait.signal?.removeEventListener('abort', onAbort);
        for (const event of events) this.#socket.removeListener(event, onEvent);
        action();
      };
      const onEvent = (): void => {
        try {
          const bytes = this.#take(length);
          if (bytes) settle(() => resolve(bytes));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const giveUp = (error: EngineError): void => {
        settle(() => reject(error));
        this.#socket.destroy();
      };
      const onAbort = (): void => giveUp(cancellation(wait.signal));
      const onTimeout = (): void => giveUp(new ConnectionError('link.silent', `No answer for ${wait.timeout} ms`));
      const timer = wait.timeout === Infinity ? undefined : setTimeout(onTimeout, wait.timeout);
      wait.signal?.addEventListener('abort', onAbort, { once: true });
      for (const event of events) this.#socket.on(event, onEvent);
    });
  }
}

const events = ['readable', 'end', 'close', 'error'] as const;

function cancellation(signal: AbortSignal | undefined): EngineError {
  return signal?.reason instanceof EngineError ? signal.reason : new CancelledError('cancelled.host', 'Cancelled on this computer');
}

/** Names a socket error: TLS faults apart, because their remedy is pairing again. */
export function linkError(error: Error): EngineError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'ERR_OSSL') {
    return new ConnectionError('link.tls', `Encryption of the connection failed with ${code}`, { cause: error });
  }
  return new ConnectionError('link.lost', `The connection failed with ${code || error.name}`, { cause: error });
}
