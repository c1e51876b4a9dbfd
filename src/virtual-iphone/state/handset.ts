import type { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';
import type { PlistValue } from '../../plist/index.ts';
import type { Pairing } from '../lockdown/pairings.ts';
import type { Phone, Service } from '../service.ts';
import type { Person } from './person.ts';

/** Takes over a connected socket; the caller has told the host that the port is open. */
export type PortOwner = (socket: Socket) => void;

/** The phone as lockdown and the muxer see it: more than its services may touch. */
export interface Handset extends Phone {
  readonly deviceKey: KeyObject;
  readonly allowTls13: boolean;
  readonly pairings: Map<string, Pairing>;
  readonly person: Person;
  service(name: string): Service | undefined;
  /** All values of a domain, for a question without a key. */
  domain(name: string): ReadonlyMap<string, PlistValue>;
  /** Who listens on a device port; `undefined` when it is closed. */
  portOwner(port: number): PortOwner | undefined;
  /** Opens a device port for one connection. */
  openPort(owner: PortOwner): number;
}
