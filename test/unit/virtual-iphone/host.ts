import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { asData, asDict, asInteger, readPlist, writeXmlPlist, type PlistDict, type PlistValue } from '../../../src/plist/index.ts';
import type { RunningVirtual } from '../../../src/virtual-iphone/index.ts';

/*
 * A tiny host for tests, written from the protocol alone. The pair record is one that libimobiledevice 1.3.0 made
 * with the virtual phone of seed 1.
 */

export const recordSeed = 1;
export const recordBytes = readFileSync(new URL('fixtures/pair-record.plist', import.meta.url));
export const record = readPlist(recordBytes) as PlistDict;

/** A Pair request with the certificates of the record. */
export function pairRequest(change: PlistDict = {}): PlistDict {
  const { HostID, SystemBUID, RootCertificate, HostCertificate, DeviceCertificate } = record;
  return {
    Request: 'Pair',
    ProtocolVersion: '2',
    PairRecord: { HostID, SystemBUID, RootCertificate, HostCertificate, DeviceCertificate, ...change } as PlistDict,
    PairingOptions: { ExtendedPairingErrors: true },
  };
}

/** A value as text: strings and data as they are, anything else as JSON. */
export function textOf(value: PlistValue | undefined): string {
  if (typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? value.toString() : JSON.stringify(value ?? null);
}

/** Reads exact lengths from a stream. */
export class Inbox {
  readonly stream: Duplex;
  #bytes: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => undefined;
  readonly #onData = (chunk: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#wake();
  };

  constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('data', this.#onData);
    // A released stream is paused, and a listener alone does not wake it.
    stream.resume();
    for (const name of ['end', 'close', 'error']) {
      stream.on(name, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  async take(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      if (this.#ended) throw new Error('The stream has ended');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  /** Resolves at the end of the stream, with what is left. */
  async rest(): Promise<Buffer> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#bytes;
  }

  /** Stops reading, so that another reader can take the stream over. */
  release(): Duplex {
    this.stream.off('data', this.#onData);
    this.stream.pause();
    if (this.#bytes.length > 0) this.stream.unshift(this.#bytes);
    return this.stream;
  }
}

/** A connection to the muxer. */
export class MuxHost {
  readonly socket: Socket;
  readonly inbox: Inbox;

  constructor(virtual: Pick<RunningVirtual, 'mux'>, path?: string) {
    this.socket = path === undefined ? connectTcp(virtual.mux.port, '127.0.0.1') : connectTcp(path);
    this.inbox = new Inbox(this.socket);
  }

  async ask(message: PlistDict, tag = 7): Promise<PlistDict> {
    this.socket.write(muxPacket(message, tag));
    return (await this.next()).message;
  }

  /** The next packet: its header fields, its payload and what that says. */
  async next(): Promise<{ version: number; kind: number; tag: number; payload: Buffer; message: PlistDict }> {
    const head = await this.inbox.take(16);
    const payload = await this.inbox.take(head.readUInt32LE(0) - 16);
    const kind = head.readUInt32LE(8);
    return { version: head.readUInt32LE(4), kind, tag: head.readUInt32LE(12), payload, message: kind === 8 ? (readPlist(payload) as PlistDict) : {} };
  }
}

export function muxPacket(message: PlistDict, tag: number): Buffer {
  const body = writeXmlPlist(message);
  const head = Buffer.alloc(16);
  [16 + body.length, 1, 8, tag].forEach((value, index) => head.writeUInt32LE(value, index * 4));
  return Buffer.concat([head, body]);
}

/** Connects to a device port through the muxer. */
export async function devicePort(virtual: RunningVirtual, port: number): Promise<Socket> {
  const host = new MuxHost(virtual);
  const list = (await host.ask({ MessageType: 'ListDevices' }))['DeviceList'] as PlistDict[];
  const swapped = ((port & 0xff) << 8) | (port >> 8);
  const result = await host.ask({ MessageType: 'Connect', DeviceID: list[0]?.['DeviceID'] ?? 0, PortNumber: swapped });
  if (result['Number'] !== 0) throw new Error(`Connect gave ${textOf(result['Number'])}`);
  return host.inbox.release() as Socket;
}

/** Property lists after their length. */
export class PlistHost {
  readonly inbox: Inbox;

  constructor(stream: Duplex) {
    this.inbox = new Inbox(stream);
  }

  send(message: PlistDict): void {
    const body = writeXmlPlist(message);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    this.inbox.stream.write(Buffer.concat([length, body]));
  }

  async receiveBytes(): Promise<Buffer> {
    return this.inbox.take((await this.inbox.take(4)).readUInt32BE());
  }

  async receive(): Promise<PlistDict> {
    return readPlist(await this.receiveBytes()) as PlistDict;
  }

  async ask(message: PlistDict): Promise<PlistDict> {
    this.send(message);
    return this.receive();
  }

  close(): void {
    this.inbox.stream.destroy();
  }
}

export async function lockdown(virtual: RunningVirtual): Promise<PlistHost> {
  return new PlistHost(await devicePort(virtual, 62_078));
}

/** TLS as host, with the root certificate as libimobiledevice presents it, or the host certificate as others do. */
export function hostTls(stream: Duplex, identity: 'Root' | 'Host' = 'Root'): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const secure = connectTls(
      {
        socket: stream,
        cert: asData(record[`${identity}Certificate`]),
        key: asData(record[`${identity}PrivateKey`]),
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
      },
      () => resolve(secure),
    );
    secure.once('error', reject);
  });
}

/** A lockdown connection in a session of the fixture's host, which the phone must know. */
export async function session(virtual: RunningVirtual, identity: 'Root' | 'Host' = 'Root'): Promise<PlistHost> {
  const plain = await lockdown(virtual);
  const reply = await plain.ask({ Request: 'StartSession', HostID: record['HostID'] ?? '', SystemBUID: record['SystemBUID'] ?? '' });
  if (reply['EnableSessionSSL'] !== true) throw new Error(`StartSession gave ${textOf(reply['Error'])}`);
  return new PlistHost(await hostTls(plain.inbox.release(), identity));
}

/** Starts a service and connects to it. */
export async function service(virtual: RunningVirtual, name: string): Promise<Duplex> {
  virtual.phone.trustRecord(recordBytes);
  const host = await session(virtual);
  const escrow = asDict(record)?.['EscrowBag'] ?? '';
  const reply = await host.ask({ Request: 'StartService', Service: name, EscrowBag: escrow });
  host.close();
  const stream = await devicePort(virtual, asInteger(reply['Port']) ?? 0);
  return reply['EnableServiceSSL'] === true ? hostTls(stream) : stream;
}
