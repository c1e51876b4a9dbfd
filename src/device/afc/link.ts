import type { Duplex } from 'node:stream';
import { ConnectionError, DataError, type EngineError } from '../../shared/errors.ts';
import { closeGently } from '../link/close.ts';
import { SocketReader } from '../link/socket-reader.ts';
import { type AfcHeader, type AfcOperation, afcHeaderLength, afcOperation, encodeAfcPacket, parseAfcHeader } from './packet.ts';
import { afcError, afcStatus } from './status.ts';

export interface AfcReply {
  readonly data: Buffer;
  readonly payload: Buffer;
}

interface Pending {
  readonly expected: AfcOperation;
  readonly subject: string;
  readonly timer: NodeJS.Timeout;
  resolve(reply: AfcReply): void;
  reject(error: EngineError): void;
}

const timeout = 30_000;

/** Requests and their answers by packet number; any number may be under way at once. */
export class AfcLink {
  readonly #socket: Duplex;
  readonly #reader: SocketReader;
  readonly #signal: AbortSignal | undefined;
  readonly #pending = new Map<bigint, Pending>();
  #last = 0n;
  #failure: EngineError | undefined;

  constructor(socket: Duplex, signal?: AbortSignal) {
    this.#socket = socket;
    this.#signal = signal;
    this.#reader = new SocketReader(socket);
    void this.#receive();
  }

  /**
   * Resolves with the answer when it is `expected`; a status in its place is thrown as `afc.<code>`.
   * After an answer that is late, or that nobody asked for, the connection is unusable.
   */
  request(operation: AfcOperation, expected: AfcOperation, subject: string, data: Buffer, payload?: Buffer): Promise<AfcReply> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const number = ++this.#last;
      const timer = setTimeout(() => this.#fail(new ConnectionError('link.silent', `No answer for ${timeout} ms`, { subject })), timeout);
      this.#pending.set(number, { expected, subject, timer, resolve, reject });
      this.#socket.write(encodeAfcPacket(operation, number, data, payload));
    });
  }

  close(): void {
    this.#fail(new ConnectionError('link.lost', 'The connection was closed on this computer'));
  }

  async #receive(): Promise<void> {
    const wait = { timeout: Infinity, signal: this.#signal };
    try {
      for (;;) {
        const header = parseAfcHeader(await this.#reader.read(afcHeaderLength, wait));
        this.#deliver(header, await this.#reader.read(header.bodyLength, { ...wait, timeout }));
      }
    } catch (error) {
      this.#fail(error as EngineError);
    }
  }

  #deliver(header: AfcHeader, body: Buffer): void {
    const pending = this.#pending.get(header.number);
    if (!pending) throw new DataError('data.frame', 'The device answered a file operation that nobody asked for');
    this.#pending.delete(header.number);
    clearTimeout(pending.timer);
    const reply = { data: body.subarray(0, header.dataLength), payload: body.subarray(header.dataLength) };
    const status = header.operation === afcOperation.status ? statusOf(body) : undefined;
    if (status !== undefined && status !== afcStatus.ok) pending.reject(afcError(status, pending.subject));
    else if (header.operation === pending.expected) pending.resolve(reply);
    else pending.reject(new DataError('data.frame', `The device answered with operation ${header.operation}`, { subject: pending.subject }));
  }

  #fail(error: EngineError): void {
    if (this.#failure) return;
    this.#failure = error;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
    closeGently(this.#socket);
  }
}

/** An empty status counts as an I/O error. */
function statusOf(body: Buffer): number {
  return body.length < 8 ? afcStatus.ioError : Number(body.readBigUInt64LE(0) & 0xffffffffn);
}
