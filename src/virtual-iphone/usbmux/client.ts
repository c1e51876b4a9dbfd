import type { Socket } from 'node:net';
import { asData, asInteger, asString, type PlistDict } from '../../plist/index.ts';
import type { PortOwner } from '../state/handset.ts';
import { slowed } from '../state/slow-link.ts';
import { attachedMessage, type DeviceEntry } from './device-entry.ts';
import { plistMessage, plistVersion, readPacket, readRequest, writeBinaryResult, writePacket, type MuxPacket } from './packet.ts';
import type { PairRecords } from './pair-records.ts';

/** Result numbers of the muxer. */
export const muxResult = { ok: 0, badCommand: 1, badDevice: 2, noRecord: 2, refused: 3, badVersion: 6, invalid: 22 } as const;

/** What a client needs of the muxer. */
export interface MuxState {
  readonly buid: string;
  readonly records: PairRecords;
  entries(): readonly DeviceEntry[];
  listeners(): readonly MuxClient[];
  /** Tells every listener. */
  announce(message: PlistDict): void;
}

/** One connection of a host program to the muxer, until it becomes a pipe to a device port. */
export class MuxClient {
  readonly #socket: Socket;
  readonly #mux: MuxState;
  readonly #onData = (chunk: Buffer): void => this.#receive(chunk);
  #pending: Buffer = Buffer.alloc(0);
  #listening: PlistDict | undefined;

  constructor(socket: Socket, mux: MuxState) {
    this.#socket = socket;
    this.#mux = mux;
    socket.on('error', () => socket.destroy());
    socket.on('data', this.#onData);
  }

  /** The Listen request of a client that wants events. */
  get listening(): PlistDict | undefined {
    return this.#listening;
  }

  send(message: PlistDict, tag = 0): void {
    this.#socket.write(writePacket(message, tag));
  }

  #receive(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    try {
      for (let next = readPacket(this.#pending); next; next = readPacket(this.#pending)) {
        this.#pending = next.rest;
        if (!this.#serve(next.packet)) return;
      }
    } catch {
      // A length that cannot be: the stream has lost its step.
      this.#socket.destroy();
    }
  }

  /** False once the connection speaks another protocol. */
  #serve(packet: MuxPacket): boolean {
    if (packet.version !== plistVersion) {
      this.#socket.write(writeBinaryResult(muxResult.badVersion, packet.tag));
      return true;
    }
    const request = packet.message === plistMessage ? readRequest(packet) : undefined;
    if (request && asString(request['MessageType']) === 'Connect' && !this.#listening) return this.#connect(request, packet.tag);
    this.#answer(request, packet.tag);
    return true;
  }

  #answer(request: PlistDict | undefined, tag: number): void {
    const type = asString(request?.['MessageType']);
    if (!request || this.#listening) return this.#result(muxResult.badCommand, tag);
    switch (type) {
      case 'ListDevices':
        return this.send({ DeviceList: this.#mux.entries().map(attachedMessage) }, tag);
      case 'Listen':
        return this.#listen(request, tag);
      case 'ListListeners':
        return this.send({ ListenerList: this.#mux.listeners().map((client, index) => listenerFacts(client, index)) }, tag);
      case 'ReadBUID':
        return this.send({ BUID: this.#mux.buid }, tag);
      case 'ReadPairRecord':
        return this.#readRecord(request, tag);
      case 'SavePairRecord':
        return this.#saveRecord(request, tag);
      case 'DeletePairRecord':
        return this.#result(this.#mux.records.delete(recordId(request)) ? muxResult.ok : muxResult.noRecord, tag);
      default:
        return this.#result(muxResult.badCommand, tag);
    }
  }

  #result(number: number, tag: number): void {
    this.send({ MessageType: 'Result', Number: number }, tag);
  }

  #listen(request: PlistDict, tag: number): void {
    this.#result(muxResult.ok, tag);
    this.#listening = request;
    for (const entry of this.#mux.entries()) this.send(attachedMessage(entry));
  }

  #readRecord(request: PlistDict, tag: number): void {
    const record = this.#mux.records.get(recordId(request));
    if (record) this.send({ PairRecordData: record }, tag);
    else this.#result(muxResult.noRecord, tag);
  }

  #saveRecord(request: PlistDict, tag: number): void {
    const data = asData(request['PairRecordData']);
    if (!data || !this.#mux.records.save(recordId(request), data)) return this.#result(muxResult.invalid, tag);
    this.#result(muxResult.ok, tag);
    const id = asInteger(request['DeviceID']);
    if (this.#mux.entries().some((entry) => entry.id === id)) this.#mux.announce({ MessageType: 'Paired', DeviceID: id ?? 0 });
  }

  #connect(request: PlistDict, tag: number): boolean {
    const entry = this.#mux.entries().find(({ id }) => id === asInteger(request['DeviceID']));
    const port = asInteger(request['PortNumber']);
    if (!entry || port === undefined) {
      this.#result(entry ? muxResult.invalid : muxResult.badDevice, tag);
      return true;
    }
    // The port travels in network order inside a host-order integer.
    const owner = entry.phone.portOwner(((port & 0xff) << 8) | ((port >> 8) & 0xff));
    if (!owner) {
      this.#result(muxResult.refused, tag);
      return true;
    }
    this.#result(muxResult.ok, tag);
    this.#handOver(entry, owner);
    return false;
  }

  #handOver(entry: DeviceEntry, owner: PortOwner): void {
    const socket = this.#socket;
    socket.off('data', this.#onData);
    socket.pause();
    if (this.#pending.length > 0) socket.unshift(this.#pending);
    this.#pending = Buffer.alloc(0);
    entry.sockets.add(socket);
    socket.once('close', () => entry.sockets.delete(socket));
    owner(slowed(socket, entry.phone.moods), socket);
  }
}

const recordId = (request: PlistDict): string => asString(request['PairRecordID']) ?? '';

function listenerFacts(client: MuxClient, index: number): PlistDict {
  const request = client.listening ?? {};
  return {
    Blacklisted: false,
    ConnType: 0,
    'ID String': `${index}-${asString(request['ProgName']) ?? 'unknown'}`,
    ProgName: asString(request['ProgName']) ?? 'unknown',
    kLibUSBMuxVersion: asInteger(request['kLibUSBMuxVersion']) ?? 0,
  };
}
