import type { Socket } from 'node:net';
import { PlistReal, asArray, asDict, asString, readPlist, writeBinaryPlist, type PlistValue } from '../../src/plist/index.ts';

const empty = '___EmptyParameterString___';

export interface NullBackup {
  readonly bytes: number;
  readonly files: number;
  /** From the first content batch to the manifest, in ms. */
  readonly phase: number;
}

/**
 * The smallest host there can be: answers a full backup, decrypts and throws away what comes, and keeps only the plists
 * and the manifest, which the phone reads back at the end. It shows what the virtual phone can send at most.
 */
export class NullClient {
  readonly #socket: Socket;
  readonly #udid: string;
  readonly #kept = new Map<string, Buffer>();
  #pending: Buffer[] = [];
  #buffered = 0;
  #bytes = 0;
  #files = 0;
  #phaseStart = 0;
  #phaseEnd = 0;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, udid: string) {
    this.#socket = socket;
    this.#udid = udid;
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => this.#wake());
  }

  async backup(): Promise<NullBackup> {
    await this.#message();
    this.#send(['DLMessageVersionExchange', 'DLVersionsOk', 400]);
    await this.#message();
    this.#send(['DLMessageProcessMessage', { MessageName: 'Hello', SupportedProtocolVersions: [new PlistReal(2), new PlistReal(2.1)] }]);
    await this.#message();
    this.#send(['DLMessageProcessMessage', { MessageName: 'Backup', TargetIdentifier: this.#udid, Options: { ForceFullBackup: true } }]);
    for (;;) {
      const message = await this.#message();
      if (message[0] === 'DLMessageProcessMessage') return this.#finish(message);
      await this.#answer(message);
    }
  }

  #finish(message: PlistValue[]): NullBackup {
    const code = asDict(message[1])?.['ErrorCode'];
    if (code !== 0) throw new Error(`The phone ended with ${JSON.stringify(message[1])}`);
    this.#send(['DLMessageDisconnect', empty]);
    this.#socket.end();
    return { bytes: this.#bytes, files: this.#files, phase: this.#phaseEnd - this.#phaseStart };
  }

  async #answer(message: PlistValue[]): Promise<void> {
    switch (message[0]) {
      case 'DLMessageUploadFiles':
        await this.#receive();
        return this.#status(0, empty, {});
      case 'DLMessageDownloadFiles':
        return this.#deliver((asArray(message[1]) ?? []).map((path) => asString(path) ?? ''));
      case 'DLMessageGetFreeDiskSpace':
        return this.#status(0, empty, 2 ** 50);
      case 'DLContentsOfDirectory':
        return this.#status(0, empty, {});
      default:
        return this.#status(0, empty, {});
    }
  }

  #deliver(paths: readonly string[]): void {
    const missing: Record<string, PlistValue> = {};
    for (const path of paths) {
      const file = this.#kept.get(path.slice(path.lastIndexOf('/') + 1));
      this.#unit(Buffer.from(path));
      if (!file) {
        missing[path] = { DLFileErrorString: 'No such file or directory', DLFileErrorCode: -6 };
        this.#unit(Buffer.concat([Buffer.from([6]), Buffer.from('No such file or directory')]));
        continue;
      }
      for (let at = 0; at < file.length; at += 32_767) this.#unit(Buffer.concat([Buffer.from([12]), file.subarray(at, at + 32_767)]));
      this.#unit(Buffer.from([0]));
    }
    this.#socket.write(Buffer.alloc(4));
    if (Object.keys(missing).length > 0) this.#status(-13, 'Multi status', missing);
    else this.#status(0, empty, {});
  }

  async #receive(): Promise<void> {
    for (;;) {
      const nameLength = (await this.#take(4)).readUInt32BE(0);
      if (nameLength === 0) return;
      await this.#take(nameLength);
      const hostPath = (await this.#take((await this.#take(4)).readUInt32BE(0))).toString();
      const isContent = /\/[0-9a-f]{2}\/[0-9a-f]{40}$/.test(hostPath);
      if (isContent && this.#phaseStart === 0) this.#phaseStart = performance.now();
      if (!isContent && this.#phaseStart > 0 && this.#phaseEnd === 0) this.#phaseEnd = performance.now();
      const parts: Buffer[] = [];
      while (await this.#chunk(isContent ? undefined : parts));
      if (isContent) this.#files++;
      else this.#kept.set(hostPath.slice(hostPath.lastIndexOf('/') + 1), Buffer.concat(parts));
    }
  }

  /** One unit of a file; false at the file's end. */
  async #chunk(parts: Buffer[] | undefined): Promise<boolean> {
    const head = await this.#take(5);
    const length = head.readUInt32BE(0) - 1;
    if (parts) parts.push(await this.#take(length));
    else await this.#skip(length);
    this.#bytes += length;
    return head.readUInt8(4) === 12;
  }

  async #message(): Promise<PlistValue[]> {
    const length = (await this.#take(4)).readUInt32BE(0);
    return asArray(readPlist(await this.#take(length))) ?? [];
  }

  async #more(): Promise<void> {
    let chunk = this.#socket.read() as Buffer | null;
    while (chunk === null) {
      if (this.#socket.readableEnded || this.#socket.destroyed) throw new Error('The phone closed the connection');
      await new Promise<void>((resolve) => (this.#wake = resolve));
      chunk = this.#socket.read() as Buffer | null;
    }
    this.#pending.push(chunk);
    this.#buffered += chunk.length;
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#buffered < length) await this.#more();
    const [first] = this.#pending;
    const all = first && first.length >= length ? first : Buffer.concat(this.#pending);
    this.#pending = all === first ? this.#pending : [all];
    this.#pending[0] = all.subarray(length);
    if (this.#pending[0].length === 0) this.#pending.shift();
    this.#buffered -= length;
    return all.subarray(0, length);
  }

  async #skip(length: number): Promise<void> {
    let left = length;
    while (left > 0) {
      if (this.#buffered === 0) await this.#more();
      const first = this.#pending.shift() as Buffer;
      const used = Math.min(left, first.length);
      if (used < first.length) this.#pending.unshift(first.subarray(used));
      this.#buffered -= used;
      left -= used;
    }
  }

  #status(code: number, text: string, extra: PlistValue): void {
    this.#send(['DLMessageStatusResponse', code, text, extra]);
  }

  #send(message: PlistValue[]): void {
    this.#unit(writeBinaryPlist(message));
  }

  #unit(bytes: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(bytes.length);
    this.#socket.write(Buffer.concat([head, bytes]));
  }
}
