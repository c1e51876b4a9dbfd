import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { asInteger, type PlistDict } from '../../plist/index.ts';
import { CancelledError } from '../../shared/errors.ts';
import { SocketReader } from '../link/socket-reader.ts';
import type { MuxDevice } from '../types.ts';
import { type MuxClient, muxRequest, muxResult } from './client.ts';
import { type AttachedDevice, mergeEntries, parseMuxEntry } from './entries.ts';
import { encodeMuxFrame, muxProtocolError, readMuxFrame } from './frame.ts';
import { connectToMuxer, muxWait } from './socket.ts';

export interface MuxListener {
  /** All phones, after each change; also at the beginning. */
  onDevices(devices: readonly AttachedDevice[]): void;
  /** Another program paired with a phone. */
  onPaired?(udid: string): void;
  /** The muxer is not there, or left; it is asked again until `signal` is aborted. */
  onError(error: unknown): void;
}

/** Muxers tell of present devices one by one; they are reported together. */
const settleTime = 100;
const pauses = [500, 1_000, 2_000, 5_000];
const maxDevices = 1_000;

/** Listens to the muxer, and connects again when it comes and goes, until `signal` is aborted. */
export async function listenToMuxer(mux: MuxClient, listener: MuxListener, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await new Listening(mux, listener, signal, () => (failures = 0)).run();
    } catch (error) {
      if (error instanceof CancelledError) return;
      listener.onError(error);
    }
    await sleep(pauses[Math.min(failures, pauses.length - 1)], undefined, { signal }).catch(() => undefined);
  }
}

/** One connection to the muxer in listening state. */
class Listening {
  readonly #mux: MuxClient;
  readonly #listener: MuxListener;
  readonly #signal: AbortSignal;
  readonly #onStart: () => void;
  readonly #entries = new Map<number, MuxDevice>();
  #timer: NodeJS.Timeout | undefined;

  constructor(mux: MuxClient, listener: MuxListener, signal: AbortSignal, onStart: () => void) {
    this.#mux = mux;
    this.#listener = listener;
    this.#signal = signal;
    this.#onStart = onStart;
  }

  async run(): Promise<never> {
    const socket = await connectToMuxer(this.#mux.address, this.#signal);
    try {
      return await this.#listen(socket);
    } finally {
      clearTimeout(this.#timer);
      socket.destroy();
    }
  }

  async #listen(socket: Socket): Promise<never> {
    const reader = new SocketReader(socket);
    socket.write(encodeMuxFrame(muxRequest('Listen'), 1));
    const reply = await readMuxFrame(reader, muxWait(this.#signal));
    if (asInteger(reply.message['Number']) !== muxResult.ok) throw muxProtocolError('The muxer does not let us listen');
    this.#onStart();
    this.#report();
    for (;;) this.#onEvent((await readMuxFrame(reader, muxWait(this.#signal, Infinity))).message);
  }

  #onEvent(event: PlistDict): void {
    const deviceId = asInteger(event['DeviceID']) ?? 0;
    const known = this.#entries.get(deviceId);
    const type = event['MessageType'];
    if (type === 'Paired' && known) this.#listener.onPaired?.(known.udid);
    if (type === 'Detached' && this.#entries.delete(deviceId)) this.#report();
    const attached = type === 'Attached' && this.#entries.size < maxDevices ? parseMuxEntry(event) : undefined;
    if (!attached) return;
    this.#entries.set(attached.deviceId, attached);
    this.#report();
  }

  #report(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#listener.onDevices(mergeEntries(this.#entries.values()));
    }, settleTime);
  }
}
