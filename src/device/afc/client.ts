import { DataError } from '../../shared/errors.ts';
import type { DeviceConnection } from '../connection.ts';
import { AfcFile, afcMode } from './file.ts';
import { AfcLink, type AfcReply } from './link.ts';
import { type AfcOperation, afcOperation, parseNames, parsePairs, pathBytes, u64 } from './packet.ts';
import { afcStatus, isAfcError } from './status.ts';

export interface AfcStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  readonly modified: Date | undefined;
  readonly born: Date | undefined;
  readonly linkTarget: string | undefined;
}

export interface AfcDeviceInfo {
  readonly model: string | undefined;
  /** Bytes. */
  readonly total: number | undefined;
  readonly free: number | undefined;
  readonly blockSize: number | undefined;
}

const kinds: ReadonlyMap<string, AfcStat['kind']> = new Map([
  ['S_IFREG', 'file'],
  ['S_IFDIR', 'directory'],
  ['S_IFLNK', 'link'],
]);

/** Files of the phone's media folder (`/var/mobile/Media`); paths begin with `/`. Refusals are `afc.<status>`. */
export class AfcClient {
  readonly #link: AfcLink;

  constructor(link: AfcLink) {
    this.#link = link;
  }

  static async open(device: DeviceConnection): Promise<AfcClient> {
    return new AfcClient(new AfcLink(await device.startService('com.apple.afc'), device.signal));
  }

  async open(path: string, mode: (typeof afcMode)[keyof typeof afcMode]): Promise<AfcFile> {
    const data = Buffer.concat([u64(mode), pathBytes(path)]);
    const reply = await this.#link.request(afcOperation.open, afcOperation.openResult, path, data);
    const handle = reply.data.length >= 8 ? reply.data.readBigUInt64LE(0) : 0n;
    if (handle === 0n) throw new DataError('data.frame', 'The device gave no file handle', { subject: path });
    return new AfcFile(this.#link, path, handle);
  }

  /** A whole small file; `undefined` when it does not exist. Throws `data.limit` for more than `maxBytes`. */
  async readFile(path: string, maxBytes: number): Promise<Buffer | undefined> {
    try {
      return await this.#with(path, afcMode.read, (file) => file.readAll(maxBytes));
    } catch (error) {
      if (isAfcError(error, afcStatus.notFound)) return undefined;
      throw error;
    }
  }

  /** Replaces or creates a file. */
  async writeFile(path: string, bytes: Buffer): Promise<void> {
    await this.#with(path, afcMode.writeTruncate, (file) => file.write(bytes));
  }

  /** Names in a folder, without `.` and `..`. */
  async list(path: string): Promise<string[]> {
    const { payload } = await this.#ask(afcOperation.readDirectory, afcOperation.data, path);
    return parseNames(payload).filter((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('/'));
  }

  /** `undefined` when there is nothing at `path`. */
  async stat(path: string): Promise<AfcStat | undefined> {
    try {
      return parseStat((await this.#ask(afcOperation.getFileInfo, afcOperation.data, path)).payload);
    } catch (error) {
      if (isAfcError(error, afcStatus.notFound)) return undefined;
      throw error;
    }
  }

  /** Makes a folder and its parents; one that exists is fine. */
  async makeDirectory(path: string): Promise<void> {
    try {
      await this.#ask(afcOperation.makeDirectory, afcOperation.status, path);
    } catch (error) {
      if (!isAfcError(error, afcStatus.exists)) throw error;
    }
  }

  /** Removes a file or an empty folder; nothing being there is fine. */
  async remove(path: string): Promise<void> {
    try {
      await this.#ask(afcOperation.remove, afcOperation.status, path);
    } catch (error) {
      if (!isAfcError(error, afcStatus.notFound)) throw error;
    }
  }

  async deviceInfo(): Promise<AfcDeviceInfo> {
    const { payload } = await this.#link.request(afcOperation.getDeviceInfo, afcOperation.data, 'device', Buffer.alloc(0));
    const info = parsePairs(payload);
    const count = (key: string): number | undefined => parseCount(info.get(key));
    return { model: info.get('Model'), total: count('FSTotalBytes'), free: count('FSFreeBytes'), blockSize: count('FSBlockSize') };
  }

  close(): void {
    this.#link.close();
  }

  #ask(operation: AfcOperation, expected: AfcOperation, path: string): Promise<AfcReply> {
    return this.#link.request(operation, expected, path, pathBytes(path));
  }

  async #with<T>(path: string, mode: (typeof afcMode)[keyof typeof afcMode], work: (file: AfcFile) => Promise<T>): Promise<T> {
    const file = await this.open(path, mode);
    try {
      return await work(file);
    } finally {
      await file.close().catch(() => undefined);
    }
  }
}

function parseStat(payload: Buffer): AfcStat {
  const info = parsePairs(payload);
  return {
    kind: kinds.get(info.get('st_ifmt') ?? '') ?? 'other',
    size: parseCount(info.get('st_size')) ?? 0,
    modified: parseTime(info.get('st_mtime')),
    born: parseTime(info.get('st_birthtime')),
    linkTarget: info.get('LinkTarget'),
  };
}

/** Decimal digits within the safe integers. */
function parseCount(text: string | undefined): number | undefined {
  const value = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** Nanoseconds since 1970. */
function parseTime(text: string | undefined): Date | undefined {
  return text !== undefined && /^-?\d{1,19}$/.test(text) ? new Date(Number(BigInt(text) / 1_000_000n)) : undefined;
}
