import type { Duplex } from 'node:stream';
import {
  PlistReal,
  asArray,
  asDict,
  asInteger,
  asString,
  readPlist,
  writeBinaryPlist,
  type PlistDict,
  type PlistValue,
} from '../../../../src/plist/index.ts';

export const udid = '00008110-000A1B2C3D4E5F60';

/** One file of an upload batch: data units as given, then a final unit. */
export interface SentFile {
  readonly path: string;
  readonly devicePath?: string;
  readonly units: readonly Buffer[];
  /** Final code and text; complete when absent. */
  readonly end?: readonly [code: number, text: string];
}

export interface ReceivedFile {
  readonly path: string;
  readonly data: Buffer;
  readonly code: number;
  readonly text: string;
  /** Lengths of the data units, code included. */
  readonly units: readonly number[];
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export const unit = (bytes: Buffer): Buffer => Buffer.concat([u32(bytes.length), bytes]);
export const message = (parts: PlistValue[]): Buffer => unit(writeBinaryPlist(parts));
export const dataUnit = (bytes: Buffer): Buffer => unit(Buffer.concat([Buffer.of(12), bytes]));

/** What a phone says until the host's request, iOS 14 and later. */
export const openingBytes = Buffer.concat([
  message(['DLMessageVersionExchange', 400, 0]),
  message(['DLMessageDeviceReady']),
  message(['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 0, ProtocolVersion: new PlistReal(2.1) }]),
]);

export function fileStream(files: readonly SentFile[]): Buffer {
  const pieces = files.flatMap(({ path, devicePath = `/.ba/${path}`, units, end = [0, ''] }) => [
    unit(Buffer.from(devicePath)),
    unit(Buffer.from(path)),
    ...units.map(dataUnit),
    unit(Buffer.concat([Buffer.of(end[0]), Buffer.from(end[1])])),
  ]);
  return Buffer.concat([...pieces, u32(0)]);
}

/** The phone's end of a DeviceLink channel, told line by line what to say; written from public session logs. */
export class ScriptedDevice {
  readonly socket: Duplex;
  readonly #waiting: (() => void)[] = [];
  #bytes = Buffer.alloc(0);
  #ended = false;

  constructor(socket: Duplex) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
    const end = (): void => {
      this.#ended = true;
      socket.end();
      this.#wake();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length) {
      if (this.#ended) throw new Error('the host closed the connection');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const head = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return head;
  }

  /** Resolves when the host has ended the connection; what it sent last stays readable. */
  async ended(): Promise<void> {
    while (!this.#ended) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async readUnit(): Promise<Buffer> {
    return this.read((await this.read(4)).readUInt32BE());
  }

  async receive(): Promise<PlistValue[]> {
    return asArray(readPlist(await this.readUnit())) ?? [];
  }

  async write(bytes: Buffer): Promise<void> {
    if (!this.socket.writable) throw new Error('the host closed the connection');
    if (!this.socket.write(bytes)) await new Promise<void>((resolve) => this.socket.once('drain', resolve).once('close', resolve));
  }

  send(...parts: PlistValue[]): Promise<void> {
    return this.write(message(parts));
  }

  /** Version exchange, device ready, Hello; resolves with the host's Hello. */
  async open(major = 400, minor = 0): Promise<{ readonly versions: PlistValue[]; readonly hello: PlistDict }> {
    await this.send('DLMessageVersionExchange', major, minor);
    const versions = await this.receive();
    await this.send('DLMessageDeviceReady');
    const hello = asDict((await this.receive())[1]) ?? {};
    await this.send('DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 0, ProtocolVersion: new PlistReal(2.1) });
    return { versions, hello };
  }

  async request(): Promise<PlistDict> {
    return asDict((await this.receive())[1]) ?? {};
  }

  /** One operation without a stream, and the host's answer to it. */
  async ask(...parts: PlistValue[]): Promise<PlistValue[]> {
    await this.send(...parts);
    return this.receive();
  }

  async upload(files: readonly SentFile[], percent = 0, total = 0): Promise<PlistValue[]> {
    await this.send('DLMessageUploadFiles', total === 0 ? {} : { DLDeviceIOCallbacks: 4955806704 }, new PlistReal(percent), total);
    await this.write(fileStream(files));
    return this.receive();
  }

  async download(paths: readonly string[], percent = 0): Promise<{ readonly files: ReceivedFile[]; readonly status: PlistValue[] }> {
    await this.send('DLMessageDownloadFiles', [...paths], { DLDeviceIOCallbacks: 4955806704 }, new PlistReal(percent), 0);
    const files: ReceivedFile[] = [];
    for (let name = await this.readUnit(); name.length > 0; name = await this.readUnit()) files.push(await this.#readFile(name.toString()));
    return { files, status: await this.receive() };
  }

  async #readFile(path: string): Promise<ReceivedFile> {
    const pieces: Buffer[] = [];
    const units: number[] = [];
    for (;;) {
      const bytes = await this.readUnit();
      const code = bytes.readUInt8(0);
      if (code !== 12) return { path, data: Buffer.concat(pieces), code, text: bytes.toString('utf8', 1), units };
      pieces.push(Buffer.from(bytes.subarray(1)));
      units.push(bytes.length);
    }
  }

  async respond(code: number, text?: string): Promise<void> {
    const verdict: PlistDict = { MessageName: 'Response', ErrorCode: code };
    if (text !== undefined) verdict['ErrorDescription'] = text;
    await this.send('DLMessageProcessMessage', verdict);
  }

  /** The host's last message; `undefined` when it left without one. */
  async goodbye(): Promise<string | undefined> {
    const parts = await this.receive().catch(() => undefined);
    return asString(parts?.[0]);
  }
}

export const statusCode = (status: readonly PlistValue[]): number | undefined => asInteger(status[1]);

export function statusPlist(snapshotState: string, isFullBackup = true): Buffer {
  return writeBinaryPlist({
    IsFullBackup: isFullBackup,
    Version: '3.3',
    UUID: '6E0A5C2B-1F2C-4C52-9C1D-3B2F0E8A7D61',
    Date: new Date('2026-11-22T16:40:12Z'),
    BackupState: 'new',
    SnapshotState: snapshotState,
  });
}

/** A plist value as an assertion reads it: dictionaries with a prototype, reals as `{ real }`. */
export function plain(value: PlistValue): unknown {
  if (value instanceof PlistReal) return { real: value.value };
  if (Array.isArray(value)) return value.map(plain);
  const dict = asDict(value);
  return dict ? Object.fromEntries(Object.entries(dict).map(([key, item]) => [key, plain(item)])) : value;
}
