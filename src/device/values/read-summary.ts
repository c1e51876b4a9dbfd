import { withDeadline } from '../../shared/cancel.ts';
import { ConnectionError } from '../../shared/errors.ts';
import { DeviceConnection, type OpenOptions, muxOf, readPairRecord } from '../connection.ts';
import { LockdownClient } from '../lockdown/client.ts';
import type { MuxClient } from '../mux/client.ts';
import { type AttachedDevice, mergeEntries } from '../mux/entries.ts';
import { trustOf } from '../pairing/trust.ts';
import type { DeviceSummary, MuxDevice, TrustState } from '../types.ts';
import { type Ask, type DeviceValues, emptyValues, readChangingValues, readDeviceValues, readPublicValues, summarize } from './summary.ts';

/** How long one phone may take to tell of itself. */
const deadline = 15_000;

/** Every n-th reading asks for everything again. */
const fullReadingEvery = 12;

/** All connected phones. One that does not answer in time, or only with errors, is listed with what the muxer knows. */
export async function listDevices(options: OpenOptions = {}): Promise<DeviceSummary[]> {
  const mux = muxOf(options.muxer);
  const devices = mergeEntries(await mux.list(options.signal));
  return await Promise.all(devices.map((device) => summaryOrStub(mux, device, options.signal)));
}

async function summaryOrStub(mux: MuxClient, device: AttachedDevice, signal: AbortSignal | undefined): Promise<DeviceSummary> {
  try {
    return await summaryOf(mux, device, signal);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return stubSummary(device);
  }
}

/** All that a connected phone tells of itself; of one that does not trust us only what it tells everybody. Never makes the phone ask its owner. */
export async function readDeviceSummary(udid: string, options: OpenOptions = {}): Promise<DeviceSummary> {
  const mux = muxOf(options.muxer);
  const device = mergeEntries(await mux.list(options.signal)).find((each) => each.udid === udid);
  if (!device) throw new ConnectionError('device.gone', 'The device is not connected', { subject: udid });
  return await summaryOf(mux, device, options.signal);
}

async function summaryOf(mux: MuxClient, device: AttachedDevice, signal: AbortSignal | undefined): Promise<DeviceSummary> {
  const reader = new SummaryReader(mux, device, signal);
  try {
    return await reader.read();
  } finally {
    reader.close();
  }
}

/** What the muxer alone knows. */
export function stubSummary(device: AttachedDevice): DeviceSummary {
  return summarize({ udid: device.udid, connections: device.connections, trust: 'unknown' }, emptyValues());
}

/** Reads one attached phone, again and again over one session: mostly what changes by itself, sometimes everything. */
export class SummaryReader {
  readonly #mux: MuxClient;
  readonly #device: AttachedDevice;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #connection: DeviceConnection | undefined;
  #values: DeviceValues | undefined;
  #readings = 0;

  constructor(mux: MuxClient, device: AttachedDevice, signal?: AbortSignal) {
    this.#mux = mux;
    this.#device = device;
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
  }

  /** Throws when the phone cannot be reached, or `link.silent` when it takes too long; the reader is then of no more use. */
  async read(): Promise<DeviceSummary> {
    const silent = (): ConnectionError => new ConnectionError('link.silent', 'The device does not tell of itself', { subject: this.#device.udid });
    const { trust, values } = await withDeadline(this.#read(), deadline, silent, this.#signal);
    return summarize({ udid: this.#device.udid, connections: this.#device.connections, trust }, values);
  }

  close(): void {
    const stop = (): void => this.#stop.abort();
    this.#disconnect().then(stop, stop);
  }

  async #read(): Promise<{ trust: TrustState; values: DeviceValues }> {
    const entry = this.#device.entries[0];
    if (!entry) throw new ConnectionError('device.gone', 'The device is not connected', { subject: this.#device.udid });
    try {
      return { trust: 'trusted', values: await this.#readTrusted(entry) };
    } catch (error) {
      await this.#disconnect();
      const trust = trustOf(error);
      if (trust === 'unknown') throw error;
      return { trust, values: await this.#readUntrusted(entry) };
    }
  }

  async #readTrusted(entry: MuxDevice): Promise<DeviceValues> {
    const isFull = this.#readings++ % fullReadingEvery === 0;
    this.#connection ??= new DeviceConnection(this.#mux, entry, await readPairRecord(this.#mux, entry.udid, this.#signal), this.#signal);
    const connection = this.#connection;
    const ask: Ask = (domain, key) => connection.getValue(domain, key);
    await connection.ready();
    this.#values = this.#values && !isFull ? await readChangingValues(ask, this.#values) : await readDeviceValues(ask);
    return this.#values;
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#values = undefined;
    await connection?.close();
  }

  async #readUntrusted(entry: MuxDevice): Promise<DeviceValues> {
    const lockdown = await LockdownClient.connect(this.#mux, entry.deviceId, this.#signal);
    try {
      return await readPublicValues((domain, key) => lockdown.getValue(domain, key));
    } finally {
      await lockdown.close();
    }
  }
}
