import type { Duplex } from 'node:stream';

/** What a fake phone answers: an operation, and its data and payload. */
export interface AfcAnswer {
  readonly operation: number;
  readonly data?: Buffer;
  readonly payload?: Buffer;
  /** Another number than the request's. */
  readonly number?: bigint;
}

export interface AfcRequest {
  readonly number: bigint;
  readonly operation: number;
  readonly data: Buffer;
  readonly payload: Buffer;
  readonly bytes: Buffer;
}

export const afcStatusReply = (code: number): AfcAnswer => ({ operation: 1, data: words(code) });

/** u64 LE in a row. */
export const words = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => Buffer.from([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, 0, 0, 0, 0, 0])));

/** An AFC server on a stream: 40-byte headers, answers as the handler says. */
export function serveAfc(stream: Duplex, answer: (request: AfcRequest) => AfcAnswer | Buffer | undefined): void {
  let pending = Buffer.alloc(0);
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 40 && pending.length >= pending.readUInt32LE(8)) {
      const [end, headerEnd] = [pending.readUInt32LE(8), pending.readUInt32LE(16)];
      const bytes = pending.subarray(0, end);
      const request = { number: bytes.readBigUInt64LE(24), operation: bytes.readUInt32LE(32), data: bytes.subarray(40, headerEnd), payload: bytes.subarray(headerEnd), bytes };
      pending = pending.subarray(end);
      const reply = answer(request);
      if (reply) stream.write(Buffer.isBuffer(reply) ? reply : packet(reply, request.number));
    }
  });
  stream.resume();
}

export function packet(answer: AfcAnswer, number: bigint): Buffer {
  const { data = Buffer.alloc(0), payload = Buffer.alloc(0) } = answer;
  const header = Buffer.concat([Buffer.from('CFA6LPAA'), words(40 + data.length + payload.length, 40 + data.length, Number(answer.number ?? number), answer.operation)]);
  return Buffer.concat([header, data, payload]);
}

/** Files of a fake phone by path; handles count from 1. */
export class FakeFiles {
  readonly files: Map<string, Buffer>;
  readonly requests: AfcRequest[] = [];
  locksRefused = 0;
  readonly #open = new Map<number, { path: string; at: number }>();
  #last = 0;

  constructor(files: Readonly<Record<string, Buffer>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  serve(stream: Duplex): void {
    serveAfc(stream, (request) => {
      this.requests.push(request);
      return this.#answer(request);
    });
  }

  #answer({ operation, data, payload }: AfcRequest): AfcAnswer {
    const path = data.toString('utf8', operation === 13 ? 8 : 0).replace(/\0$/, '');
    switch (operation) {
      case 13:
        return this.#openFile(path, data.readUInt32LE(0));
      case 15:
        return this.#read(data.readUInt32LE(0), data.readUInt32LE(8));
      case 16: {
        const open = this.#open.get(data.readUInt32LE(0));
        if (!open) return afcStatusReply(7);
        this.files.set(open.path, Buffer.concat([this.files.get(open.path) ?? Buffer.alloc(0), payload]));
        return afcStatusReply(0);
      }
      case 27:
        return afcStatusReply(data.readUInt32LE(8) === 6 && this.locksRefused-- > 0 ? 19 : 0);
      case 10: {
        const file = this.files.get(path);
        const info = ['st_size', `${file?.length}`, 'st_ifmt', 'S_IFREG', 'st_mtime', '1700000000123456789', ''].join('\0');
        return file ? { operation: 2, payload: Buffer.from(info) } : afcStatusReply(8);
      }
      case 3:
        return { operation: 2, payload: Buffer.from(['.', '..', ...this.files.keys(), ''].join('\0')) };
      default:
        return afcStatusReply(0);
    }
  }

  #openFile(path: string, mode: number): AfcAnswer {
    if (mode === 1 && !this.files.has(path)) return afcStatusReply(8);
    if (mode >= 3) this.files.set(path, Buffer.alloc(0));
    this.#open.set(++this.#last, { path, at: 0 });
    return { operation: 14, data: words(this.#last) };
  }

  #read(handle: number, length: number): AfcAnswer {
    const open = this.#open.get(handle);
    const bytes = this.files.get(open?.path ?? '')?.subarray(open?.at, (open?.at ?? 0) + length);
    if (!open || !bytes) return afcStatusReply(7);
    open.at += bytes.length;
    return { operation: 2, payload: bytes };
  }
}
