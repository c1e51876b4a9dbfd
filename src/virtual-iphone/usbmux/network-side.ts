import { createServer, type Server, type Socket } from 'node:net';
import type { VirtualPhone } from '../phone.ts';
import { lockdownPort } from '../lockdown/server.ts';
import { slowed } from '../state/slow-link.ts';

/** A started service that nobody connects to closes its port. */
const waitMs = 30_000;

/**
 * A phone in the local network: its ports on a loopback address of its own.
 *
 * libimobiledevice connects to the address of a Network device by itself, past the muxer. Only Linux gives a program
 * the whole of 127.0.0.0/8; elsewhere Network devices are reached through the muxer, as Apple's is.
 */
export class NetworkSide {
  readonly #phone: VirtualPhone;
  readonly #address: string;
  readonly #sockets: Set<Socket>;
  readonly #servers = new Set<Server>();
  readonly #unwatch: () => void;

  /** `sockets` takes the open connections. */
  constructor(phone: VirtualPhone, address: string, sockets: Set<Socket>) {
    this.#phone = phone;
    this.#address = address;
    this.#sockets = sockets;
    this.#unwatch = phone.watchPorts((port) => this.#listen(port));
    void this.#listen(lockdownPort);
  }

  close(): void {
    this.#unwatch();
    for (const server of this.#servers) server.close();
  }

  #listen(port: number): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket, port));
    this.#servers.add(server);
    server.once('close', () => this.#servers.delete(server));
    if (port !== lockdownPort) setTimeout(() => server.close(), waitMs).unref();
    return new Promise((resolve) => {
      // An address in use leaves the way through the muxer.
      server.once('error', () => resolve());
      server.listen(port, this.#address, () => resolve());
    });
  }

  #accept(socket: Socket, port: number): void {
    const owner = this.#phone.portOwner(port);
    if (!owner) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    owner(slowed(socket, this.#phone.moods), socket);
  }
}

/** An address that is this muxer's alone, since its TCP port is: the n-th of its Network devices. */
export function networkAddress(muxPort: number, index: number): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  return `127.${64 + (index % 64)}.${muxPort >> 8}.${muxPort & 0xff}`;
}
