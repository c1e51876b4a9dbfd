import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asString, type PlistDict } from '../../plist/index.ts';
import { PlistLink } from '../services/plist-link.ts';
import { actOut, takeFault } from '../state/faults.ts';
import type { Handset } from '../state/handset.ts';
import { malformedFrame, type HostileForm } from '../state/malformed-frame.ts';
import { serveTls } from '../tls/server.ts';
import { LockdownError } from './errors.ts';
import type { Pairing } from './pairings.ts';
import { pair, unpair, validatePair } from './pair-requests.ts';
import { startService } from './start-service.ts';
import { getValue, removeValue, setValue } from './value-requests.ts';

/** One connection to lockdownd: requests before, in and at the end of a session. */
export class LockdownConversation {
  readonly #phone: Handset;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  #link: PlistLink;
  #session: { readonly id: string; readonly pairing: Pairing } | undefined;
  #ends = false;

  constructor(phone: Handset, link: Duplex, socket: Socket, signal: AbortSignal) {
    this.#phone = phone;
    this.#socket = socket;
    this.#signal = signal;
    this.#link = new PlistLink(link);
  }

  /** The stream to end when `run` is over. */
  get stream(): Duplex {
    return this.#link.stream;
  }

  async run(): Promise<void> {
    while (!this.#ends) {
      const request = await this.#link.receive();
      if (!request) return;
      if (!(await this.#serve(request))) return;
    }
  }

  async #serve(request: PlistDict): Promise<boolean> {
    const name = asString(request['Request']) ?? '';
    const acted = await actOut(takeFault(this.#phone, ...placesOf(name, request)), this.stream, this.#signal);
    if (acted === 'gone') return false;
    const before = this.#session;
    const form = this.#takeHostileForm(name);
    if (form) {
      this.stream.write(malformedFrame(name, form));
      return form !== 'truncated-frame';
    }
    const reply = acted ? { Error: acted.error } : await this.#answer(name, request);
    await this.#link.send({ Request: name, ...this.#extra(), ...reply });
    if (this.#session && this.#session !== before) await this.#encrypt(this.#session.pairing);
    return true;
  }

  /** The malformed answer that a hostile mood has for this request, once. */
  #takeHostileForm(name: string): HostileForm | undefined {
    const { hostile } = this.#phone.moods;
    if (hostile?.message !== `lockdown.${name}` || hostile.form === undefined || hostile.form === 'path') return undefined;
    this.#phone.setMoods({ hostile: undefined });
    return hostile.form;
  }

  async #answer(name: string, request: PlistDict): Promise<PlistDict> {
    try {
      return await this.#dispatch(name, request);
    } catch (error) {
      if (error instanceof LockdownError) return { ...error.facts, Error: error.reason };
      throw error;
    }
  }

  #dispatch(name: string, request: PlistDict): PlistDict | Promise<PlistDict> {
    const inSession = this.#session !== undefined;
    switch (name) {
      case 'QueryType':
        return { Type: 'com.apple.mobile.lockdown' };
      case 'GetValue':
        return getValue(this.#phone, request, inSession);
      case 'Pair':
        return pair(this.#phone, request);
      case 'ValidatePair':
        return validatePair(this.#phone, request);
      case 'Unpair':
        return unpair(this.#phone, request);
      case 'StartSession':
        return this.#startSession(request);
      case 'Goodbye':
        this.#ends = true;
        return { Result: 'Success' };
      default:
        return this.#dispatchInSession(name, request);
    }
  }

  #dispatchInSession(name: string, request: PlistDict): PlistDict | Promise<PlistDict> {
    const session = this.#session;
    if (!session) throw new LockdownError(sessionRequests.has(name) ? 'SessionInactive' : 'InvalidRequest');
    switch (name) {
      case 'SetValue':
        return setValue(this.#phone, request);
      case 'RemoveValue':
        return removeValue(this.#phone, request);
      case 'StartService':
        return startService(this.#phone, request, session.pairing);
      case 'StopSession':
        if (asString(request['SessionID']) !== session.id) throw new LockdownError('InvalidSessionID');
        this.#ends = true;
        return { Result: 'Success' };
      default:
        throw new LockdownError('InvalidRequest');
    }
  }

  #startSession(request: PlistDict): PlistDict {
    if (this.#session) throw new LockdownError('SessionActive');
    const hostId = asString(request['HostID']);
    if (!hostId) throw new LockdownError('MissingHostID');
    const pairing = this.#phone.pairings.get(hostId);
    if (!pairing) throw new LockdownError('InvalidHostID');
    this.#session = { id: this.#phone.randomUuid('session'), pairing };
    return { SessionID: this.#session.id, EnableSessionSSL: true };
  }

  async #encrypt(pairing: Pairing): Promise<void> {
    const { deviceKey, allowTls13 } = this.#phone;
    this.#link = new PlistLink(await serveTls(this.stream, this.#socket, { pairing, key: deviceKey, allowTls13 }));
  }

  #extra(): PlistDict {
    return this.#phone.moods.unknownKeys ? { UnknownFutureKey: { Value: 1n << 62n } } : {};
  }
}

/** Names under which a fault may be set for a request. */
function placesOf(name: string, request: PlistDict): string[] {
  const detail = asString(request[name === 'StartService' ? 'Service' : 'Key']);
  return detail === undefined ? [`lockdown.${name}`] : [`lockdown.${name}`, `lockdown.${name}.${detail}`];
}

const sessionRequests: ReadonlySet<string> = new Set(['SetValue', 'RemoveValue', 'StartService', 'StopSession']);
