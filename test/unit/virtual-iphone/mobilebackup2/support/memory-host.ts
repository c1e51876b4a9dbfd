import { duplexPair, type Duplex } from 'node:stream';
import { asArray, asDict, asString, PlistReal, readPlist, writeBinaryPlist, type PlistDict, type PlistValue } from '../../../../../src/plist/index.ts';
import type { Phone } from '../../../../../src/virtual-iphone/service.ts';
import { mobileBackup2Service } from '../../../../../src/virtual-iphone/mobilebackup2/index.ts';

/** Longer than any unit of an honest phone. */
const maxUnit = 64 << 20;

export type HostMessage = [name: string, ...parts: PlistValue[]];

export interface Verdict {
  readonly code: number | undefined;
  readonly text: string | undefined;
  readonly content: string | undefined;
}

/**
 * A host with a folder in memory that answers DeviceLink as `idevicebackup2` does and writes down what it was asked.
 * It stays for many conversations.
 */
export class MemoryHost {
  readonly files = new Map<string, Buffer>();
  readonly folders = new Set<string>();
  readonly messages: HostMessage[] = [];
  /** The same as they came. */
  readonly units: Buffer[] = [];
  /** Paths uploaded, in order; and the errors among them. */
  readonly uploads: string[] = [];
  readonly failedUploads = new Map<string, string>();
  readonly sent: string[] = [];
  readonly chunkLengths: number[] = [];
  version = 400;
  freeSpace = 10n ** 15n;
  purgeStatus = -1;
  /** Answers a message in place of the usual answer. */
  override: ((message: HostMessage) => HostMessage | undefined) | undefined;
  /** Closes the connection when it returns true, before the message is answered. */
  leaveAt: ((message: HostMessage) => boolean) | undefined;
  /** Happens between the verdict and the goodbye. */
  beforeGoodbye: (() => Promise<void>) | undefined;
  #link: Duplex | undefined;
  #buffer: Buffer = Buffer.alloc(0);

  /** One conversation with `request`; `undefined` when the link ended without a verdict. */
  async ask(phone: Phone, request: PlistDict): Promise<Verdict | undefined> {
    const [host, device] = duplexPair();
    this.#link = host;
    this.#buffer = Buffer.alloc(0);
    host.on('error', () => undefined);
    device.on('error', () => undefined);
    const served = mobileBackup2Service.serve(device, phone, new AbortController().signal).finally(() => device.destroy());
    try {
      return await this.#converse(request);
    } catch (error) {
      if (error instanceof HostGone) return undefined;
      throw error;
    } finally {
      host.destroy();
      await served;
    }
  }

  backup(phone: Phone, full = false): Promise<Verdict | undefined> {
    const { udid } = phone.identity;
    const options: PlistDict = full ? { Options: { ForceFullBackup: true } } : {};
    this.files.set(`${udid}/Info.plist`, writeBinaryPlist({ 'Product Version': phone.identity.iosVersion }));
    return this.ask(phone, { MessageName: 'Backup', TargetIdentifier: udid, SourceIdentifier: udid, ...options });
  }

  restore(phone: Phone, source: string, options: PlistDict): Promise<Verdict | undefined> {
    return this.ask(phone, { MessageName: 'Restore', TargetIdentifier: phone.identity.udid, SourceIdentifier: source, Options: options });
  }

  forget(): void {
    for (const list of [this.messages, this.units, this.uploads, this.sent, this.chunkLengths]) list.length = 0;
    this.failedUploads.clear();
  }

  names(): string[] {
    return this.messages.map(([name]) => name);
  }

  async #converse(request: PlistDict): Promise<Verdict | undefined> {
    await this.#message();
    this.#say(['DLMessageVersionExchange', 'DLVersionsOk', this.version]);
    await this.#message();
    this.#say(['DLMessageProcessMessage', { MessageName: 'Hello', SupportedProtocolVersions: [new PlistReal(2), new PlistReal(2.1)] }]);
    await this.#message();
    this.#say(['DLMessageProcessMessage', request]);
    for (;;) {
      const message = await this.#message();
      if (this.leaveAt?.(message)) return undefined;
      if (message[0] === 'DLMessageProcessMessage') return this.#end(asDict(message[1]) ?? {});
      const answer = await this.#answer(message);
      this.#say(this.override?.(message) ?? answer);
    }
  }

  async #end(response: PlistDict): Promise<Verdict> {
    await this.beforeGoodbye?.();
    this.#say(['DLMessageDisconnect', '___EmptyParameterString___']);
    const code = response['ErrorCode'];
    return { code: typeof code === 'number' ? code : undefined, text: asString(response['ErrorDescription']), content: asString(response['Content']) };
  }

  async #answer(message: HostMessage): Promise<HostMessage> {
    const [name, subject] = message;
    switch (name) {
      case 'DLMessageDownloadFiles':
        return this.#send(asArray(subject) as string[]);
      case 'DLMessageUploadFiles':
        return this.#receive();
      case 'DLContentsOfDirectory':
        return status(0, this.#list(asString(subject) ?? ''));
      case 'DLMessageGetFreeDiskSpace':
        return status(0, this.freeSpace);
      case 'DLMessagePurgeDiskSpace':
        return status(this.purgeStatus, 0);
      default:
        this.#change(message);
        return status(0, {});
    }
  }

  #change([name, subject, to]: HostMessage): void {
    if (name === 'DLMessageCreateDirectory') this.folders.add(asString(subject) ?? '');
    if (name === 'DLMessageMoveItems') for (const [from, target] of Object.entries(asDict(subject) ?? {})) this.#move(from, target as string);
    if (name === 'DLMessageCopyItem') for (const [path, bytes] of this.#below(subject as string)) this.files.set(path.replace(subject as string, to as string), bytes);
    if (name === 'DLMessageRemoveItems') for (const path of asArray(subject) as string[]) for (const [one] of this.#below(path)) this.files.delete(one);
  }

  #below(path: string): [string, Buffer][] {
    return [...this.files].filter(([one]) => one === path || one.startsWith(`${path}/`));
  }

  #move(from: string, to: string): void {
    for (const [path, bytes] of this.#below(from)) {
      this.files.delete(path);
      this.files.set(to + path.slice(from.length), bytes);
    }
  }

  #list(path: string): PlistDict {
    const entries: PlistDict = {};
    const add = (one: string, size: number): void => {
      if (!one.startsWith(`${path}/`)) return;
      const [name = '', ...rest] = one.slice(path.length + 1).split('/');
      const isFile = rest.length === 0 && size >= 0;
      entries[name] = { DLFileType: isFile ? 'DLFileTypeRegular' : 'DLFileTypeDirectory', DLFileSize: isFile ? size : 0, DLFileModificationDate: new Date(0) };
    };
    for (const folder of this.folders) add(folder, -1);
    for (const [file, bytes] of this.files) add(file, bytes.length);
    return entries;
  }

  #send(paths: readonly string[]): HostMessage {
    const errors: PlistDict = {};
    for (const path of paths) {
      this.sent.push(path);
      this.#unit(Buffer.from(path));
      const bytes = this.files.get(path);
      if (!bytes) {
        this.#unit(Buffer.from('\x06No such file or directory'));
        errors[path] = { DLFileErrorString: 'No such file or directory', DLFileErrorCode: -6 };
        continue;
      }
      for (let at = 0; at < bytes.length; at += 32_768) this.#unit(Buffer.concat([Buffer.from([0x0c]), bytes.subarray(at, at + 32_768)]));
      this.#unit(Buffer.from([0]));
    }
    this.#unit(Buffer.alloc(0));
    return Object.keys(errors).length === 0 ? status(0, {}) : ['DLMessageStatusResponse', -13, 'Multi status', errors];
  }

  async #receive(): Promise<HostMessage> {
    for (;;) {
      if ((await this.#next()).length === 0) return status(0, {});
      const path = (await this.#next()).toString();
      const chunks: Buffer[] = [];
      let unit = await this.#next();
      for (; unit[0] === 0x0c; unit = await this.#next()) {
        this.chunkLengths.push(unit.length);
        chunks.push(Buffer.from(unit.subarray(1)));
      }
      this.uploads.push(path);
      this.files.set(path, Buffer.concat(chunks));
      if (unit[0] !== 0) this.failedUploads.set(path, unit.toString('utf8', 1));
    }
  }

  async #message(): Promise<HostMessage> {
    const unit = await this.#next();
    const message = asArray(readPlist(unit)) as HostMessage;
    this.messages.push(message);
    this.units.push(Buffer.from(unit));
    return message;
  }

  #say(message: HostMessage): void {
    this.#unit(writeBinaryPlist(message));
  }

  #unit(bytes: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(bytes.length);
    this.#link?.write(Buffer.concat([head, bytes]));
  }

  async #next(): Promise<Buffer> {
    const link = this.#link as Duplex;
    for (;;) {
      const length = this.#buffer.length >= 4 ? this.#buffer.readUInt32BE(0) : Infinity;
      if (length !== Infinity && length > maxUnit) throw new RangeError(`A unit of ${length} bytes`);
      if (this.#buffer.length >= 4 + length) {
        const unit = this.#buffer.subarray(4, 4 + length);
        this.#buffer = this.#buffer.subarray(4 + length);
        return unit;
      }
      const chunk = link.read() as Buffer | null;
      if (chunk) this.#buffer = Buffer.concat([this.#buffer, chunk]);
      else if (link.readableEnded || link.destroyed) throw new HostGone();
      else await activity(link);
    }
  }
}

function activity(link: Duplex): Promise<void> {
  const events = ['readable', 'end', 'close'];
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) link.off(event, done);
      resolve();
    };
    for (const event of events) link.on(event, done);
  });
}

class HostGone extends Error {}

const status = (code: number, extra: PlistValue): HostMessage => ['DLMessageStatusResponse', code, '___EmptyParameterString___', extra];
