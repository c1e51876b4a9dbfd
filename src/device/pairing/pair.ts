import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { asData, asString, emptyDict, type PlistDict } from '../../plist/index.ts';
import { throwIfCancelled } from '../../shared/cancel.ts';
import { DataError } from '../../shared/errors.ts';
import { type OpenOptions, findDevice, muxOf } from '../connection.ts';
import { LockdownClient } from '../lockdown/client.ts';
import { type PairRecord, pairRequestRecord, parsePairRecord, writePairRecord } from '../lockdown/pair-record.ts';
import type { MuxClient } from '../mux/client.ts';
import type { MuxDevice, TrustState } from '../types.ts';
import { makePairIdentity } from './certificates.ts';
import { trustOf } from './trust.ts';

export interface PairOptions extends OpenOptions {
  /** How long to wait for the person: to unlock, to tap Trust, to enter the passcode. Milliseconds. */
  readonly patience: number;
  /** Told whenever what we wait for changes. */
  readonly onState?: ((state: TrustState) => void) | undefined;
  /** Time between two questions, ms; about a second is what hosts do. */
  readonly interval?: number | undefined;
}

/**
 * Makes this computer trusted by a phone, or finds that it is.
 *
 * A phone that forgot us loses its old record and is asked anew. Waits while the phone is locked and while its Trust
 * question is open. Throws `lockdown.UserDeniedPairing`, `lockdown.PairingDialogResponsePending` or
 * `lockdown.PasswordProtected` when patience ends, and all that `openDevice` throws.
 */
export async function pairDevice(udid: string, options: PairOptions): Promise<PairRecord> {
  const mux = muxOf(options.muxer);
  const device = await findDevice(udid, { ...options, muxer: mux });
  return await new Pairing(mux, device, options).run();
}

class Pairing {
  readonly #mux: MuxClient;
  readonly #device: MuxDevice;
  readonly #options: PairOptions;
  readonly #end: number;
  #state: TrustState | undefined;

  constructor(mux: MuxClient, device: MuxDevice, options: PairOptions) {
    this.#mux = mux;
    this.#device = device;
    this.#options = options;
    this.#end = performance.now() + options.patience;
  }

  async run(): Promise<PairRecord> {
    const known = await this.#known();
    if (known) return known;
    const draft = await this.#patiently((lockdown) => this.#draft(lockdown));
    const escrowBag = await this.#patiently((lockdown) => requestPair(lockdown, draft));
    const record = { ...draft, escrowBag };
    await this.#mux.savePairRecord(this.#device.udid, writePairRecord(record), this.#device.deviceId, this.#options.signal);
    this.#tell('trusted');
    return record;
  }

  /** The saved record when the phone still takes it; deletes one that it does not. */
  async #known(): Promise<PairRecord | undefined> {
    const bytes = await this.#mux.readPairRecord(this.#device.udid, this.#options.signal);
    if (!bytes) return undefined;
    try {
      const record = parsePairRecord(bytes);
      await this.#patiently((lockdown) => lockdown.startSession(record));
      this.#tell('trusted');
      return record;
    } catch (error) {
      if (trustOf(error) !== 'forgotten') throw error;
      this.#tell('forgotten');
      await this.#mux.deletePairRecord(this.#device.udid, this.#options.signal);
      return undefined;
    }
  }

  /** The record but for what the phone adds; the same one in each question, or the phone would ask the person again. */
  async #draft(lockdown: LockdownClient): Promise<PairRecord> {
    const publicKey = asData(await lockdown.getValue(undefined, 'DevicePublicKey'));
    if (!publicKey) throw new DataError('data.frame', 'The device gave no public key', { subject: 'DevicePublicKey' });
    const wifiMacAddress = asString(await lockdown.getValue(undefined, 'WiFiAddress'));
    const systemBuid = await this.#mux.readBuid(this.#options.signal);
    const identity = await makePairIdentity(publicKey, new Date());
    return { ...identity, hostId: randomUUID().toUpperCase(), systemBuid, wifiMacAddress, escrowBag: undefined };
  }

  /** Repeats on a connection of its own while only the person is waited for. */
  async #patiently<T>(ask: (lockdown: LockdownClient) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#ask(ask);
      } catch (error) {
        const state = trustOf(error);
        if (state !== 'unknown') this.#tell(state);
        const isWaiting = state === 'waiting-for-tap' || state === 'locked';
        if (!isWaiting || performance.now() >= this.#end) throw error;
      }
      await sleep(this.#options.interval ?? 1_000, undefined, { signal: this.#options.signal }).catch(() => undefined);
      throwIfCancelled(this.#options.signal);
    }
  }

  async #ask<T>(ask: (lockdown: LockdownClient) => Promise<T>): Promise<T> {
    const lockdown = await LockdownClient.connect(this.#mux, this.#device.deviceId, this.#options.signal);
    try {
      return await ask(lockdown);
    } finally {
      await lockdown.close();
    }
  }

  #tell(state: TrustState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}

/** Returns the escrow bag that the phone gives with its yes. */
async function requestPair(lockdown: LockdownClient, record: PairRecord): Promise<Buffer | undefined> {
  const options: PlistDict = Object.assign(emptyDict(), { ExtendedPairingErrors: true });
  const keys = { PairRecord: pairRequestRecord(record), ProtocolVersion: '2', PairingOptions: options };
  return asData((await lockdown.request('Pair', keys))['EscrowBag']);
}
