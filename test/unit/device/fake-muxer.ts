import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { asDict, asInteger, asString, readXmlPlist, writeXmlPlist, type PlistDict, type PlistValue } from '../../../src/plist/index.ts';

export type Reply = Readonly<Record<string, PlistValue>> | Buffer | 'close' | 'silence';
export type Handler = (message: PlistDict, socket: Socket) => Reply;

export const testUdid = '00008120-000A1C2E3F40001E';

/** One entry as a muxer lists it. */
export function attached(deviceId: number, properties: Readonly<Record<string, PlistValue>> = {}): PlistDict {
  const all = { ConnectionSpeed: 480_000_000, ConnectionType: 'USB', DeviceID: deviceId, LocationID: 65_539, ProductID: 4776 };
  const serial = testUdid.replace('-', '');
  return { DeviceID: deviceId, MessageType: 'Attached', Properties: { ...all, SerialNumber: serial, ...properties } };
}

/** A usbmux frame with any header fields, for good and for bad ones. */
export function muxFrame(body: Buffer, tag: number, length = 16 + body.length, version = 1, kind = 8): Buffer {
  const header = Buffer.alloc(16);
  [length, version, kind, tag].forEach((value, index) => header.writeUInt32LE(value, index * 4));
  return Buffer.concat([header, body]);
}

/** A muxer on a real socket that answers as its handlers say. Stops with `await using`. */
export class FakeMuxer {
  readonly requests: PlistDict[] = [];
  readonly handlers: Record<string, Handler>;
  /** Device ports by number, as they are before the bytes are swapped. */
  readonly ports = new Map<number, (socket: Socket) => void>();
  readonly pairRecords = new Map<string, Buffer>();
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
    this.handlers = {
      ListDevices: () => ({ DeviceList: [attached(7)] }),
      ReadBUID: () => ({ BUID: '30142955-444094379208051516' }),
      ReadPairRecord: (message) => this.#pairRecord(message),
      SavePairRecord: (message) => {
        this.pairRecords.set(asString(message['PairRecordID']) ?? '', message['PairRecordData'] as Buffer);
        return result(0);
      },
      DeletePairRecord: (message) => result(this.pairRecords.delete(asString(message['PairRecordID']) ?? '') ? 0 : 2),
      Connect: (message, socket) => this.#connect(message, socket),
      Listen: () => result(0),
    };
  }

  static async start(): Promise<FakeMuxer> {
    const muxer = new FakeMuxer();
    await new Promise<void>((resolve) => muxer.#server.listen(0, '127.0.0.1', resolve));
    return muxer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pairRecord(message: PlistDict): Reply {
    const record = this.pairRecords.get(asString(message['PairRecordID']) ?? '');
    return record ? { PairRecordData: record } : result(2);
  }

  #connect(message: PlistDict, socket: Socket): Reply {
    const swapped = asInteger(message['PortNumber']) ?? 0;
    const serve = this.ports.get(((swapped & 0xff) << 8) | (swapped >> 8));
    if (!serve) return result(3);
    socket.removeAllListeners('data');
    setImmediate(() => serve(socket));
    return result(0);
  }

  #serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 16 && pending.length >= pending.readUInt32LE(0)) {
        const length = pending.readUInt32LE(0);
        this.#answer(pending.subarray(16, length), pending.readUInt32LE(12), socket);
        pending = pending.subarray(length);
      }
    });
  }

  #answer(body: Buffer, tag: number, socket: Socket): void {
    const message = asDict(readXmlPlist(body)) ?? {};
    this.requests.push(message);
    const reply = this.handlers[asString(message['MessageType']) ?? '']?.(message, socket) ?? result(1);
    if (reply === 'close') socket.end();
    else if (Buffer.isBuffer(reply)) socket.write(reply);
    else if (reply !== 'silence') socket.write(muxFrame(writeXmlPlist(reply), tag));
  }
}

export const result = (number: number): Reply => ({ MessageType: 'Result', Number: number });
