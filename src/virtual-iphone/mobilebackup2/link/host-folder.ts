import { linkStatus } from '../../../format/mb-errors.ts';
import { asBigInt, asDict, asInteger, asString, PlistReal, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import type { DeviceLink, StatusReply } from './device-link.ts';
import { receiveFiles, type Incoming } from './download.ts';
import { sendFiles, type Outgoing, type SentFiles } from './upload.ts';

export interface ListedEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  readonly size: number;
}

/**
 * What DeviceLink messages carry beside their subject: progress in percent as it will be when the step is done, and the
 * size of the batch in bytes, which real phones give as 0 for control files and roughly for others.
 */
export interface Step {
  readonly progress: number;
  readonly size?: number | bigint;
  /** Data batches carry a pointer of the phone's process, control files an empty dictionary. */
  readonly isData?: boolean;
}

const atRest: Step = { progress: 0 };
/** A pointer as a 64-bit phone sends it: above 2^32, without meaning for the host. */
const deviceCallbacks = 4_955_806_704;

/** The host's folder as the phone works in it: one method per DeviceLink operation. */
export class HostFolder {
  readonly link: DeviceLink;
  /** The DeviceLink version the host answered; it tells which messages the host may be sent. */
  readonly hostVersion: number;

  constructor(link: DeviceLink, hostVersion: number) {
    this.link = link;
    this.hostVersion = hostVersion;
  }

  /** Sends files; the host's status is in the result. */
  async upload(files: Iterable<Outgoing>, step: Step): Promise<SentFiles & { readonly status: StatusReply }> {
    await this.link.send(['DLMessageUploadFiles', this.#options(step), new PlistReal(step.progress), step.size ?? 0]);
    const sent = await sendFiles(this.link, files);
    return { ...sent, status: await this.link.status() };
  }

  /** Fetches files in order; `incoming` gets each one's data. The status is -13 when one of them failed. */
  async download(paths: readonly string[], incoming: Incoming, step: Step = atRest): Promise<StatusReply> {
    await this.link.send(['DLMessageDownloadFiles', [...paths], this.#options(step), new PlistReal(step.progress), step.size ?? 0]);
    await receiveFiles(this.link, incoming);
    return this.link.status();
  }

  createDirectory(path: string): Promise<StatusReply> {
    return this.link.ask(['DLMessageCreateDirectory', path, this.#options(atRest), new PlistReal(0)]);
  }

  /** One level; `undefined` when the host cannot tell. A missing directory is an empty list for most hosts. */
  async list(path: string): Promise<ListedEntry[] | undefined> {
    const { code, extra } = await this.link.ask(['DLContentsOfDirectory', path, this.#options(atRest)]);
    const dict = asDict(extra);
    if (code === linkStatus.notFound) return [];
    if (code !== linkStatus.ok || !dict) return undefined;
    return Object.entries(dict).map(([name, value]) => listedEntry(name, value));
  }

  move(moves: PlistDict, step: Step): Promise<StatusReply> {
    return this.link.ask(['DLMessageMoveItems', moves, this.#options(step), new PlistReal(step.progress), step.size ?? 0]);
  }

  remove(paths: readonly string[], step: Step): Promise<StatusReply> {
    return this.link.ask(['DLMessageRemoveItems', [...paths], this.#options(step), new PlistReal(step.progress), step.size ?? 0]);
  }

  copy(from: string, to: string): Promise<StatusReply> {
    return this.link.ask(['DLMessageCopyItem', from, to, this.#options(atRest), new PlistReal(0)]);
  }

  /** Bytes; `undefined` when the host is too old or cannot tell. */
  async freeSpace(): Promise<bigint | undefined> {
    if (this.hostVersion < 300) return undefined;
    const { code, extra } = await this.link.ask(['DLMessageGetFreeDiskSpace']);
    return code === linkStatus.ok ? asBigInt(extra) : undefined;
  }

  /** Asks for room to be made; `false` when the host did not. */
  async purge(wanted: bigint, urgency: number): Promise<boolean> {
    const { code } = await this.link.ask(['DLMessagePurgeDiskSpace', wanted, urgency]);
    return code === linkStatus.ok;
  }

  #options(step: Step): PlistDict {
    const options: PlistDict = step.isData ? { DLDeviceIOCallbacks: deviceCallbacks } : {};
    if (this.link.phone.moods.unknownKeys) options['DLOptionOfTheFuture'] = ['unknown', true];
    return options;
  }
}

function listedEntry(name: string, value: PlistValue): ListedEntry {
  const facts = asDict(value);
  return { name, isDirectory: asString(facts?.['DLFileType']) === 'DLFileTypeDirectory', size: asInteger(facts?.['DLFileSize']) ?? -1 };
}
