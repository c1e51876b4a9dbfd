import type { Duplex } from 'node:stream';
import { ConnectionError, type EngineError } from '../shared/errors.ts';

/** The bytes that go to a socket, with back pressure: a full socket is waited for, not longer than a deadline. */
export class LinkOutput {
  readonly #socket: Duplex;
  #failure: EngineError | undefined;
  #rejectWait: ((error: EngineError) => void) | undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /**
   * Keeps `bytes` until they are sent, which it tells by `whenSent`. Resolves when more may be sent, or rejects with
   * `link.silent` after `ms` without progress.
   */
  async write(bytes: Buffer, ms: number, whenSent?: () => void): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#socket.write(bytes, whenSent)) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#socket.off('drain', onDrain);
        this.#rejectWait = undefined;
        act();
      };
      const onDrain = (): void => settle(resolve);
      const onTimeout = (): void => settle(() => reject(new ConnectionError('link.silent', `The device took no byte for ${ms / 1000} s`)));
      const timer = setTimeout(onTimeout, ms);
      this.#rejectWait = (error) => settle(() => reject(error));
      this.#socket.on('drain', onDrain);
    });
  }

  /** From now on every write rejects with `error`. */
  fail(error: EngineError): void {
    this.#failure ??= error;
    this.#rejectWait?.(this.#failure);
  }
}
