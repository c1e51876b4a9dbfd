import type { Duplex } from 'node:stream';
import { PlistError, asDict, readPlist, writeBinaryPlist, writeXmlPlist, type PlistDict, type PlistLimits } from '../../plist/index.ts';
import { DataError } from '../../shared/errors.ts';
import { closeGently } from './close.ts';
import { SocketReader } from './socket-reader.ts';

export interface ChannelOptions {
  /** What this side writes; both flavours are read. */
  readonly flavour?: 'xml' | 'binary';
  /** Largest message taken, in bytes. */
  readonly maxBytes?: number;
  /** Bytes taken over the life of the channel. */
  readonly maxTotalBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

const lengthSize = 4;
const defaultMaxBytes = 16 << 20;

/** Property lists behind a u32 BE length: lockdown and most small services. Plain or TLS, as the socket is. */
export class PlistChannel {
  readonly socket: Duplex;
  readonly #reader: SocketReader;
  readonly #flavour: 'xml' | 'binary';
  readonly #limits: PlistLimits;
  readonly #signal: AbortSignal | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #bytesLeft: number;

  constructor(socket: Duplex, options: ChannelOptions = {}) {
    this.socket = socket;
    this.#reader = new SocketReader(socket);
    this.#flavour = options.flavour ?? 'xml';
    this.#limits = { maxBytes: options.maxBytes ?? defaultMaxBytes, maxValues: 1_000_000, maxDepth: 64 };
    this.#signal = options.signal;
    this.#bytesLeft = options.maxTotalBytes ?? Infinity;
  }

  send(message: PlistDict): void {
    const body = this.#flavour === 'xml' ? writeXmlPlist(message) : writeBinaryPlist(message);
    const length = Buffer.alloc(lengthSize);
    length.writeUInt32BE(body.length);
    this.socket.write(Buffer.concat([length, body]));
  }

  /**
   * The next message, within `timeout` ms.
   *
   * Throws `data.frame` (length over the limit, not a dictionary), `data.plist`, `link.lost`, `link.silent`, `CancelledError`.
   * Nothing can be read after a failure: the socket is destroyed.
   */
  async receive(timeout: number): Promise<PlistDict> {
    const wait = { timeout, signal: this.#signal };
    const length = (await this.#reader.read(lengthSize, wait)).readUInt32BE(0);
    if (length > this.#limits.maxBytes) throw this.#refuse(new DataError('data.frame', `The device announced a message of ${length} bytes`));
    this.#bytesLeft -= length;
    if (this.#bytesLeft < 0) throw this.#refuse(new DataError('data.limit', 'The device sends more than its answers can need'));
    return this.#parse(await this.#reader.read(length, wait));
  }

  /** Sends and waits for the answer; calls are served one after the other. */
  ask(message: PlistDict, timeout: number): Promise<PlistDict> {
    const exchange = async (): Promise<PlistDict> => {
      this.send(message);
      return await this.receive(timeout);
    };
    const answer = this.#turn.then(exchange, exchange);
    this.#turn = answer;
    return answer;
  }

  close(): void {
    closeGently(this.socket);
  }

  #parse(body: Buffer): PlistDict {
    let message: PlistDict | undefined;
    try {
      message = asDict(readPlist(body, this.#limits));
    } catch (error) {
      const text = error instanceof PlistError ? error.message : 'unreadable';
      throw this.#refuse(new DataError('data.plist', `The device sent a malformed property list: ${text}`, { cause: error }));
    }
    if (!message) throw this.#refuse(new DataError('data.frame', 'The device sent a property list that is not a dictionary'));
    return message;
  }

  #refuse(error: DataError): DataError {
    this.socket.destroy();
    return error;
  }
}
