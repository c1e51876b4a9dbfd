import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenOptions, muxOf } from './connection.ts';
import type { MuxClient } from './mux/client.ts';
import type { AttachedDevice } from './mux/entries.ts';
import { listenToMuxer } from './mux/listen.ts';
import type { DeviceSummary } from './types.ts';
import { SummaryReader, stubSummary } from './values/read-summary.ts';

export interface DeviceListener {
  /** All phones, after each change of any of them. */
  onChange(devices: readonly DeviceSummary[]): void;
  /** The muxer is not there, or left; it is asked again. */
  onError(error: unknown): void;
}

/** How often lock, battery and trust are asked for; a sleeping phone on Wi-Fi is left in peace longer. */
const intervals = { usb: 5_000, network: 30_000 } as const;

/** A phone that is slow to tell of itself is listed without details after this time. */
const grace = 2_000;

export interface WatchOptions extends Pick<OpenOptions, 'muxer'> {
  /** Time between two readings of a phone, ms; 5 s by cable and 30 s over Wi-Fi when absent. */
  readonly interval?: number | undefined;
}

/** Follows phones as they come, go, lock, trust and load, until disposed. Throws `mux.bad-address` at once. */
export function watchDevices(listener: DeviceListener, options: WatchOptions = {}): { dispose(): void } {
  const watch = new Watch(muxOf(options.muxer), listener, options.interval);
  return { dispose: () => watch.dispose() };
}

class Watch {
  readonly #mux: MuxClient;
  readonly #listener: DeviceListener;
  readonly #stop = new AbortController();
  readonly #phones = new Map<string, WatchedPhone>();
  readonly #interval: number | undefined;
  #isFirst = true;
  #last = '';

  constructor(mux: MuxClient, listener: DeviceListener, interval: number | undefined) {
    this.#interval = interval;
    this.#mux = mux;
    this.#listener = listener;
    const onDevices = (devices: readonly AttachedDevice[]): void => this.#onDevices(devices);
    const onError = (error: unknown): void => this.#onError(error);
    void listenToMuxer(mux, { onDevices, onError, onPaired: (udid) => this.#phones.get(udid)?.wake() }, this.#stop.signal);
  }

  dispose(): void {
    this.#stop.abort();
    for (const phone of this.#phones.values()) phone.dispose();
    this.#phones.clear();
  }

  #onDevices(devices: readonly AttachedDevice[]): void {
    const present = new Map(devices.map((device) => [device.udid, device]));
    for (const [udid, phone] of this.#phones) {
      if (phone.isSame(present.get(udid))) continue;
      phone.dispose();
      this.#phones.delete(udid);
    }
    for (const device of devices) {
      if (!this.#phones.has(device.udid)) this.#phones.set(device.udid, this.#follow(device));
    }
    this.#report();
  }

  #follow(device: AttachedDevice): WatchedPhone {
    const interval = this.#interval ?? intervals[device.connections[0] ?? 'usb'];
    return new WatchedPhone(this.#mux, device, interval, () => this.#report());
  }

  /** Without a muxer nothing is known of any phone; the next list is told whatever it is. */
  #onError(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    for (const phone of this.#phones.values()) phone.dispose();
    this.#phones.clear();
    this.#isFirst = true;
    this.#listener.onError(error);
  }

  #report(): void {
    if (this.#stop.signal.aborted) return;
    const phones = [...this.#phones.values()];
    // The first list waits until each phone has told of itself, or its grace is over.
    if (this.#isFirst && phones.some((phone) => !phone.summary)) return;
    const devices = phones.flatMap((phone) => phone.summary ?? []);
    const text = JSON.stringify(devices);
    if (!this.#isFirst && text === this.#last) return;
    this.#isFirst = false;
    this.#last = text;
    this.#listener.onChange(devices);
  }
}

/** Reads one phone over and over; each has its own deadline, so that one that hangs does not hold up the others. */
class WatchedPhone {
  summary: DeviceSummary | undefined;
  readonly #mux: MuxClient;
  readonly #device: AttachedDevice;
  readonly #interval: number;
  readonly #onChange: () => void;
  readonly #stop = new AbortController();
  #pause = new AbortController();

  constructor(mux: MuxClient, device: AttachedDevice, interval: number, onChange: () => void) {
    this.#mux = mux;
    this.#device = device;
    this.#interval = interval;
    this.#onChange = onChange;
    setTimeout(() => this.#tell(this.summary ?? stubSummary(device)), grace).unref();
    void this.#run();
  }

  isSame(device: AttachedDevice | undefined): boolean {
    return JSON.stringify(device) === JSON.stringify(this.#device);
  }

  /** Reads again now. */
  wake(): void {
    this.#pause.abort();
  }

  dispose(): void {
    this.#stop.abort();
    this.#pause.abort();
  }

  async #run(): Promise<void> {
    let reader: SummaryReader | undefined;
    while (!this.#stop.signal.aborted) {
      reader ??= new SummaryReader(this.#mux, this.#device, this.#stop.signal);
      try {
        this.#tell(await reader.read());
      } catch {
        // What is known stays; the muxer tells when the phone has gone.
        this.#tell(this.summary ?? stubSummary(this.#device));
        reader.close();
        reader = undefined;
      }
      await this.#wait();
    }
    reader?.close();
  }

  async #wait(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#pause = new AbortController();
    await sleep(this.#interval, undefined, { signal: this.#pause.signal }).catch(() => undefined);
  }

  #tell(summary: DeviceSummary): void {
    if (this.#stop.signal.aborted) return;
    this.summary = summary;
    this.#onChange();
  }
}
