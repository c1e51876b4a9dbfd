import type { Socket } from 'node:net';
import { Lockdown } from 'appium-ios-device/build/lib/lockdown/index.js';
import { asBoolean, asInteger, asString, emptyDict, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { withDeadline } from '../../shared/cancel.ts';
import { ConnectionError, DataError, EngineError } from '../../shared/errors.ts';
import { appiumPort } from '../appium-port.ts';
import { PlistChannel } from '../link/plist-channel.ts';
import { refusal } from '../link/refusal.ts';
import type { MuxClient } from '../mux/client.ts';
import type { PairRecord } from './pair-record.ts';
import { secure } from './tls.ts';

export const lockdownPort = 62_078;

/** Phones answer lockdown questions at once, but starting a service may wake an agent. */
const timeout = 15_000;
const goodbyeTimeout = 2_000;
const silence = (): ConnectionError => new ConnectionError('link.silent', 'The device does not end the session');
const label = 'iphone-backup';

/** Where a started service listens. */
export interface ServicePort {
  readonly port: number;
  readonly isSecure: boolean;
}

/**
 * One connection to lockdownd, first without a session, after `startSession` with one.
 *
 * Errors: `lockdown.<Error string>` as the phone says it, `data.…` for answers that are none, `link.…`.
 */
export class LockdownClient {
  readonly #signal: AbortSignal | undefined;
  #channel: PlistChannel;
  #questions: Lockdown;
  #socket: Socket;
  #sessionId: string | undefined;

  private constructor(socket: Socket, signal: AbortSignal | undefined) {
    this.#socket = socket;
    this.#signal = signal;
    this.#channel = new PlistChannel(socket, { signal });
    this.#questions = questions(this.#channel);
  }

  static async connect(mux: MuxClient, deviceId: number, signal?: AbortSignal): Promise<LockdownClient> {
    return new LockdownClient(await mux.connect(deviceId, lockdownPort, signal), signal);
  }

  /** One value, or with no key a whole domain as a dictionary; `undefined` when the phone has none. */
  async getValue(domain?: string, key?: string): Promise<PlistValue | undefined> {
    const query = { ...(domain === undefined ? {} : { Domain: domain }), ...(key === undefined ? {} : { Key: key }) };
    try {
      return (await this.#questions.getValue(query)) as PlistValue;
    } catch (error) {
      // Without `Value` and without `Error`: some domains answer so as a whole.
      if (!(error instanceof EngineError) || error.code === 'lockdown.MissingValue') return undefined;
      throw error;
    }
  }

  async setValue(domain: string | undefined, key: string, value: PlistValue): Promise<void> {
    await this.request('SetValue', { ...(domain === undefined ? {} : { Domain: domain }), Key: key, Value: value });
  }

  /** Starts a session and goes on with TLS when the phone says so. */
  async startSession(record: PairRecord): Promise<void> {
    const reply = await this.request('StartSession', { HostID: record.hostId, SystemBUID: record.systemBuid });
    this.#sessionId = asString(reply['SessionID']);
    if (asBoolean(reply['EnableSessionSSL']) !== true) return;
    this.#socket = await secure(this.#socket, record, this.#signal);
    this.#channel = new PlistChannel(this.#socket, { signal: this.#signal });
    this.#questions = questions(this.#channel);
  }

  async startService(name: string, escrowBag?: Buffer): Promise<ServicePort> {
    const reply = await this.request('StartService', { Service: name, ...(escrowBag ? { EscrowBag: escrowBag } : {}) });
    const port = asInteger(reply['Port']);
    if (port === undefined || port < 1 || port > 65_535) throw new DataError('data.frame', 'The device gave no port', { subject: name });
    return { port, isSecure: asBoolean(reply['EnableServiceSSL']) === true };
  }

  /** Any request; the answer is checked for its name and its error. */
  async request(name: string, keys: Readonly<Record<string, PlistValue>> = {}): Promise<PlistDict> {
    const message = Object.assign(emptyDict(), { Label: label, Request: name }, keys);
    return checkReply(await this.#channel.ask(message, timeout), name, asString(keys['Service'] ?? keys['Key']));
  }

  /** Ends the session as the phone wants it, then the connection. Never throws. */
  async close(): Promise<void> {
    const sessionId = this.#sessionId;
    this.#sessionId = undefined;
    if (sessionId !== undefined && this.isOpen && this.#signal?.aborted !== true) {
      const goodbye = this.request('StopSession', { SessionID: sessionId });
      await withDeadline(goodbye, goodbyeTimeout, silence).catch(() => undefined);
    }
    this.#channel.close();
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.readable && this.#socket.writable;
  }
}

function questions(channel: PlistChannel): Lockdown {
  return new Lockdown(appiumPort(channel, { check: (reply) => checkReply(reply, 'GetValue'), timeout, maxReplies: Infinity }));
}

/** Throws what the phone says is wrong. `Unpair` may be answered under another name. */
function checkReply(reply: PlistDict, name: string, subject?: string): PlistDict {
  const error = asString(reply['Error']);
  if (error !== undefined) throw refusal('lockdown', error, subject ?? name);
  if (reply['Request'] !== name && name !== 'Unpair') throw new DataError('data.frame', `The device did not answer ${name}`);
  if (reply['Result'] === 'Failure') throw refusal('lockdown', 'Failure', subject ?? name);
  return reply;
}
