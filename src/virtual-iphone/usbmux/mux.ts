import { once } from 'node:events';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { PlistDict } from '../../plist/index.ts';
import type { VirtualPhone } from '../phone.ts';
import { SeededRandom } from '../state/seeded.ts';
import { MuxClient, type MuxState } from './client.ts';
import { attachedMessage, type ConnectionType, type DeviceEntry } from './device-entry.ts';
import { NetworkSide, networkAddress } from './network-side.ts';
import { PairRecords } from './pair-records.ts';

export interface MuxOptions {
  /** TCP port on 127.0.0.1; 0 or absent for any free one. */
  readonly port?: number | undefined;
  /** A UNIX socket to listen on as well; a stale one is replaced. */
  readonly socketPath?: string | undefined;
  /** Folder that keeps pair records over runs; in memory only when absent. */
  readonly recordFolder?: string | undefined;
  /** The host's own id (an upper-case UUID); the same for every muxer when absent. */
  readonly buid?: string | undefined;
}

interface Attachment {
  readonly phone: VirtualPhone;
  readonly connections: Set<ConnectionType>;
  readonly unfollow: () => void;
}

/** A usbmux server on loopback with any number of virtual phones behind it. */
export class VirtualMux {
  readonly records: PairRecords;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #clients = new Set<MuxClient>();
  readonly #attachments = new Map<VirtualPhone, Attachment>();
  readonly #state: MuxState;
  #entries: DeviceEntry[] = [];
  #lastId = 0;
  #port = 0;

  constructor(options: Pick<MuxOptions, 'recordFolder' | 'buid'> = {}) {
    this.records = new PairRecords(options.recordFolder);
    this.#state = {
      buid: options.buid ?? new SeededRandom('host').uuid('buid'),
      records: this.records,
      entries: () => this.#entries,
      listeners: () => [...this.#clients].filter((client) => client.listening),
      announce: (message) => this.#announce(message),
    };
  }

  /** `127.0.0.1:PORT`, the form of `USBMUXD_SOCKET_ADDRESS` that every known client accepts. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  async listen(options: MuxOptions): Promise<void> {
    const server = await this.#open({ host: '127.0.0.1', port: options.port ?? 0 });
    this.#port = (server.address() as AddressInfo).port;
    if (!options.socketPath) return;
    removeStale(options.socketPath);
    await this.#open({ path: options.socketPath });
    chmodSync(options.socketPath, 0o600);
  }

  /** Attaches a phone (or adds connections to it); it comes and goes with its restarts from then on. */
  addPhone(phone: VirtualPhone, connections: readonly ConnectionType[] = ['USB']): void {
    const record = this.records.get(phone.identity.udid);
    if (record) phone.trustRecord(record);
    const attachment = this.#attachments.get(phone) ?? this.#follow(phone);
    for (const connection of connections) {
      if (attachment.connections.has(connection)) continue;
      attachment.connections.add(connection);
      if (phone.presence.present) this.#attach(phone, connection);
    }
  }

  /** Detaches a phone, or only some of its connections. */
  removePhone(phone: VirtualPhone, connections: readonly ConnectionType[] = ['USB', 'Network']): void {
    const attachment = this.#attachments.get(phone);
    for (const connection of connections) attachment?.connections.delete(connection);
    this.#detach((entry) => entry.phone === phone && connections.includes(entry.connection));
    if (attachment?.connections.size !== 0) return;
    attachment.unfollow();
    this.#attachments.delete(phone);
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    for (const { unfollow } of this.#attachments.values()) unfollow();
    this.#attachments.clear();
    this.#detach(() => true);
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map(closed));
  }

  async #open(at: { host: string; port: number } | { path: string }): Promise<Server> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    server.listen(at);
    await once(server, 'listening');
    this.#servers.push(server);
    return server;
  }

  #accept(socket: Socket): void {
    const client = new MuxClient(socket, this.#state);
    this.#sockets.add(socket);
    this.#clients.add(client);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#clients.delete(client);
    });
  }

  #follow(phone: VirtualPhone): Attachment {
    const attachment: Attachment = { phone, connections: new Set(), unfollow: phone.presence.follow((present) => this.#changed(attachment, present)) };
    this.#attachments.set(phone, attachment);
    return attachment;
  }

  #changed({ phone, connections }: Attachment, present: boolean): void {
    if (present) for (const connection of connections) this.#attach(phone, connection);
    else this.#detach((entry) => entry.phone === phone);
  }

  #attach(phone: VirtualPhone, connection: ConnectionType): void {
    const id = ++this.#lastId;
    const sockets = new Set<Socket>();
    const address = networkAddress(this.#port, id);
    const side = connection === 'Network' && this.#port > 0 ? new NetworkSide(phone, address, sockets) : undefined;
    const entry: DeviceEntry = { id, phone, connection, address, side, sockets };
    this.#entries.push(entry);
    this.#announce(attachedMessage(entry));
  }

  #detach(gone: (entry: DeviceEntry) => boolean): void {
    const leaving = this.#entries.filter(gone);
    this.#entries = this.#entries.filter((entry) => !leaving.includes(entry));
    for (const entry of leaving) {
      this.#announce({ MessageType: 'Detached', DeviceID: entry.id });
      entry.side?.close();
      for (const socket of entry.sockets) socket.destroy();
    }
  }

  #announce(message: PlistDict): void {
    for (const client of this.#clients) if (client.listening) client.send(message);
  }
}

/** Removes the socket that a killed run left; anything else at this path stays, and listening fails. */
function removeStale(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** Starts a muxer on loopback. */
export async function startMux(options: MuxOptions = {}): Promise<VirtualMux> {
  const mux = new VirtualMux(options);
  try {
    await mux.listen(options);
    return mux;
  } catch (error) {
    await mux.close();
    throw error;
  }
}
