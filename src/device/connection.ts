import type { Socket } from 'node:net';
import type { PlistValue } from '../plist/index.ts';
import { ConnectionError, DeviceError, EngineError } from '../shared/errors.ts';
import { LockdownClient } from './lockdown/client.ts';
import { type PairRecord, parsePairRecord } from './lockdown/pair-record.ts';
import { secure } from './lockdown/tls.ts';
import { MuxClient } from './mux/client.ts';
import { mergeEntries } from './mux/entries.ts';
import { answerHeartbeat, heartbeatService } from './services/heartbeat.ts';
import type { ConnectionKind, MuxDevice } from './types.ts';

export interface OpenOptions {
  /** As the setting has it; `USBMUXD_SOCKET_ADDRESS` or the platform's default when absent. */
  readonly muxer?: MuxClient | string | undefined;
  /** USB before Wi-Fi when absent. */
  readonly connection?: ConnectionKind | undefined;
  /** Ends everything that is under way on the connection. */
  readonly signal?: AbortSignal | undefined;
}

export const muxOf = (muxer: OpenOptions['muxer']): MuxClient => (muxer instanceof MuxClient ? muxer : MuxClient.at(muxer));

/** The attachment of a phone. Throws `device.gone` when it is not listed, or not in the wished way. */
export async function findDevice(udid: string, options: OpenOptions = {}): Promise<MuxDevice> {
  const devices = mergeEntries(await muxOf(options.muxer).list(options.signal));
  const entries = devices.find((device) => device.udid === udid)?.entries ?? [];
  const entry = options.connection === undefined ? entries[0] : entries.find((each) => each.connection === options.connection);
  if (!entry) throw new ConnectionError('device.gone', 'The device is not connected', { subject: udid });
  return entry;
}

/** The saved pair record. Throws `lockdown.MissingPairRecord` when this computer never paired with the phone. */
export async function readPairRecord(mux: MuxClient, udid: string, signal?: AbortSignal): Promise<PairRecord> {
  const bytes = await mux.readPairRecord(udid, signal);
  if (!bytes) throw DeviceError.lockdown('MissingPairRecord', udid);
  return parsePairRecord(bytes);
}

/** Opens a trusted phone: finds it, reads the pair record and starts a session. */
export async function openDevice(udid: string, options: OpenOptions = {}): Promise<DeviceConnection> {
  const mux = muxOf(options.muxer);
  const device = await findDevice(udid, { ...options, muxer: mux });
  const connection = new DeviceConnection(mux, device, await readPairRecord(mux, udid, options.signal), options.signal);
  await connection.ready();
  return connection;
}

/**
 * A trusted phone. Its lockdown session is opened again when the phone ended it (it does after a while).
 * Started services are sockets of their own; over Wi-Fi they live only as long as this connection, which answers the heartbeat.
 */
export class DeviceConnection {
  readonly device: MuxDevice;
  readonly record: PairRecord;
  readonly mux: MuxClient;
  readonly signal: AbortSignal | undefined;
  #session: Promise<LockdownClient> | undefined;
  #heartbeat: Promise<Socket | undefined> | undefined;

  constructor(mux: MuxClient, device: MuxDevice, record: PairRecord, signal?: AbortSignal) {
    this.mux = mux;
    this.device = device;
    this.record = record;
    this.signal = signal;
  }

  get udid(): string {
    return this.device.udid;
  }

  /** Throws what keeps a session from starting. */
  async ready(): Promise<void> {
    await this.#inSession(() => Promise.resolve());
  }

  /** One value, or with no key the whole domain; `undefined` when the phone has none. No domain is the root. */
  getValue(domain?: string, key?: string): Promise<PlistValue | undefined> {
    return this.#inSession((session) => session.getValue(domain, key));
  }

  setValue(domain: string | undefined, key: string, value: PlistValue): Promise<void> {
    return this.#inSession((session) => session.setValue(domain, key, value));
  }

  /**
   * Starts a service and connects to it: a raw socket, TLS or plain as the phone says, paused, with nothing read from it.
   * `escrowBag`: hand over the pair record's bag, which mobilebackup2 demands. The caller destroys the socket.
   */
  async startService(name: string, options: { readonly escrowBag?: boolean } = {}): Promise<Socket> {
    if (this.device.connection === 'network') this.#heartbeat ??= this.#startHeartbeat();
    return await this.#startService(name, options);
  }

  /** Ends the session and the heartbeat. */
  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    this.#session = undefined;
    (await this.#heartbeat)?.destroy();
    this.#heartbeat = undefined;
    await session?.close();
  }

  async #startService(name: string, options: { readonly escrowBag?: boolean } = {}): Promise<Socket> {
    const bag = options.escrowBag === true ? this.record.escrowBag : undefined;
    const service = await this.#inSession((session) => session.startService(name, bag));
    const socket = await this.mux.connect(this.device.deviceId, service.port, this.signal);
    return service.isSecure ? await secure(socket, this.record, this.signal) : socket;
  }

  /** A phone that does not offer it does not want it. */
  async #startHeartbeat(): Promise<Socket | undefined> {
    try {
      const socket = await this.#startService(heartbeatService);
      void answerHeartbeat(socket, this.signal);
      return socket;
    } catch {
      return undefined;
    }
  }

  /** Runs `work` in the open session; once more in a fresh one when the old one turned out to be closed. */
  async #inSession<T>(work: (session: LockdownClient) => Promise<T>): Promise<T> {
    const known = this.#session;
    if (known) {
      try {
        const session = await known;
        if (session.isOpen) return await work(session);
      } catch (error) {
        if (!isStale(error)) throw error;
      }
      if (this.#session === known) this.#session = undefined;
    }
    const fresh = (this.#session ??= this.#start());
    try {
      return await work(await fresh);
    } catch (error) {
      if (this.#session === fresh && !(await isUsable(fresh))) this.#session = undefined;
      throw error;
    }
  }

  async #start(): Promise<LockdownClient> {
    const session = await LockdownClient.connect(this.mux, this.device.deviceId, this.signal);
    try {
      await session.startSession(this.record);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}

const staleCodes = ['link.lost', 'link.tls', 'lockdown.SessionInactive', 'lockdown.InvalidSessionID', 'lockdown.InvalidConnection'];

const isStale = (error: unknown): boolean => error instanceof EngineError && staleCodes.includes(error.code);

async function isUsable(session: Promise<LockdownClient>): Promise<boolean> {
  try {
    return (await session).isOpen;
  } catch {
    return false;
  }
}

