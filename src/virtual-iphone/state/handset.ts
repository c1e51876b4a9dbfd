import type { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PlistValue } from '../../plist/index.ts';
import type { Pairing } from '../lockdown/pairings.ts';
import type { Phone, Service } from '../service.ts';
import type { Person } from './person.ts';

/** Takes over a connection; the caller has told the host that the port is open. `socket` carries `link`, or is it. */
export type PortOwner = (link: Duplex, socket: Socket) => void;

/** The phone as lockdown and the muxer see it: more than its services may touch. */
export interface Handset extends Phone {
  readonly deviceKey: KeyObject;
  readonly allowTls13: boolean;
  readonly pairings: Map<string, Pairing>;
  readonly person: Person;
  /** Hears of faults of the phone's own program, as opposed to those of hosts. */
  report(error: unknown): void;
  service(name: string): Service | undefined;
  /** All values of a domain, for a question without a key. */
  domain(name: string): ReadonlyMap<string, PlistValue>;
  /** Who listens on a device port; `undefined` when it is closed. */
  portOwner(port: number): PortOwner | undefined;
  /** Opens a device port for one connection; resolves once it can be connected to. */
  openPort(owner: PortOwner): Promise<number>;
}
