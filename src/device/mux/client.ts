import type { Socket } from 'node:net';
import { asArray, asData, asInteger, asString, emptyDict, type PlistDict } from '../../plist/index.ts';
import { ConnectionError } from '../../shared/errors.ts';
import { SocketReader } from '../link/socket-reader.ts';
import type { MuxDevice } from '../types.ts';
import { type MuxAddress, muxAddressText, resolveMuxAddress } from './address.ts';
import { parseMuxEntry } from './entries.ts';
import { encodeMuxFrame, muxProtocolError, readMuxFrame } from './frame.ts';
import { connectToMuxer, muxWait } from './socket.ts';

/** Numbers of a `Result`. */
export const muxResult = { ok: 0, badDevice: 2, refused: 3, noEntry: 2 } as const;

/** What every request carries; muxers show it in their own lists. */
const clientKeys = { ClientVersionString: 'iphone-backup', ProgName: 'iphone-backup', kLibUSBMuxVersion: 3 } as const;

export const muxRequest = (type: string, keys: Readonly<Record<string, string | number | Buffer>> = {}): PlistDict =>
  Object.assign(emptyDict(), { MessageType: type }, clientKeys, keys);

const maxDevices = 1_000;

/** Speaks usbmux. Each call is its own connection: none can be left in a state that the next would meet. */
export class MuxClient {
  readonly address: MuxAddress;

  constructor(address: MuxAddress) {
    this.address = address;
  }

  /** As `resolveMuxAddress`: `setting`, `USBMUXD_SOCKET_ADDRESS`, the platform's default. */
  static at(setting?: string): MuxClient {
    return new MuxClient(resolveMuxAddress(setting));
  }

  /** All attachments; malformed ones are left out. Throws a `mux.…` error, never gives an empty list in its place. */
  async list(signal?: AbortSignal): Promise<MuxDevice[]> {
    const list = asArray((await this.#ask(muxRequest('ListDevices'), signal))['DeviceList']);
    if (!list) throw muxProtocolError('The muxer gave no list of devices');
    return list.slice(0, maxDevices).flatMap((entry) => parseMuxEntry(entry) ?? []);
  }

  /** Opens a raw byte pipe to a port of a device. Throws `device.gone` or `link.refused` (the port is closed). */
  async connect(deviceId: number, port: number, signal?: AbortSignal): Promise<Socket> {
    // The port travels with its two bytes swapped.
    const swapped = ((port & 0xff) << 8) | (port >> 8);
    const socket = await connectToMuxer(this.address, signal);
    try {
      const number = await this.#result(socket, muxRequest('Connect', { DeviceID: deviceId, PortNumber: swapped }), signal);
      if (number === muxResult.ok) return socket;
      if (number === muxResult.badDevice) throw new ConnectionError('device.gone', 'The device is no longer attached');
      if (number === muxResult.refused) throw new ConnectionError('link.refused', `The device refuses connections to port ${port}`);
      throw muxProtocolError(`The muxer answered Connect with ${number}`);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  /** The identifier of this computer, which pair records carry. */
  async readBuid(signal?: AbortSignal): Promise<string> {
    const buid = asString((await this.#ask(muxRequest('ReadBUID'), signal))['BUID']);
    if (buid === undefined) throw muxProtocolError('The muxer gave no identifier of this computer');
    return buid;
  }

  /** The bytes of the saved pair record, a property list; `undefined` when there is none. */
  async readPairRecord(udid: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    const reply = await this.#ask(muxRequest('ReadPairRecord', { PairRecordID: udid }), signal);
    const record = asData(reply['PairRecordData']);
    if (record) return record;
    const number = asInteger(reply['Number']);
    if (number === muxResult.noEntry) return undefined;
    throw new ConnectionError('mux.protocol', `The muxer answered ReadPairRecord with ${number ?? 'nothing'}`, { subject: udid });
  }

  /** Replaces the saved pair record; `deviceId` lets the muxer tell its listeners. */
  async savePairRecord(udid: string, record: Buffer, deviceId: number, signal?: AbortSignal): Promise<void> {
    await this.#command(muxRequest('SavePairRecord', { PairRecordID: udid, PairRecordData: record, DeviceID: deviceId }), signal);
  }

  /** Deletes the saved pair record; none being there is fine. */
  async deletePairRecord(udid: string, signal?: AbortSignal): Promise<void> {
    await this.#command(muxRequest('DeletePairRecord', { PairRecordID: udid }), signal, muxResult.noEntry);
  }

  async #command(request: PlistDict, signal: AbortSignal | undefined, alsoFine: number = muxResult.ok): Promise<void> {
    const socket = await connectToMuxer(this.address, signal);
    try {
      const number = await this.#result(socket, request, signal);
      if (number !== muxResult.ok && number !== alsoFine) {
        throw muxProtocolError(`The muxer answered ${asString(request['MessageType'])} with ${number}`);
      }
    } finally {
      socket.destroy();
    }
  }

  async #result(socket: Socket, request: PlistDict, signal: AbortSignal | undefined): Promise<number> {
    const number = asInteger((await this.#exchange(socket, request, signal))['Number']);
    if (number === undefined) throw muxProtocolError('The muxer gave no result');
    return number;
  }

  async #ask(request: PlistDict, signal: AbortSignal | undefined): Promise<PlistDict> {
    const socket = await connectToMuxer(this.address, signal);
    try {
      return await this.#exchange(socket, request, signal);
    } finally {
      socket.destroy();
    }
  }

  async #exchange(socket: Socket, request: PlistDict, signal: AbortSignal | undefined): Promise<PlistDict> {
    const tag = 1;
    socket.write(encodeMuxFrame(request, tag));
    try {
      const frame = await readMuxFrame(new SocketReader(socket), muxWait(signal));
      if (frame.tag === tag) return frame.message;
    } catch (error) {
      throw this.#named(error);
    }
    throw muxProtocolError('The muxer answered another request');
  }

  /** A muxer that closes or is silent in the middle of an answer does not speak the protocol; the device is not to blame. */
  #named(error: unknown): unknown {
    if (!(error instanceof ConnectionError) || !error.code.startsWith('link.')) return error;
    const what = error.code === 'link.silent' ? 'did not answer' : 'closed the connection before its answer';
    return new ConnectionError('mux.protocol', `The muxer ${what}`, { subject: muxAddressText(this.address), cause: error });
  }
}
