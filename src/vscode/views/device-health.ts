import type { Disposable, Event } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { DeviceStatus } from '../../diagnosis/device-status.ts';
import type { WordsContext } from '../../diagnosis/diagnosed-words.ts';
import { errorFacts } from '../../shared/errors.ts';
import { Disposables } from '../disposables.ts';
import type { JobController } from '../jobs/job-controller.ts';
import type { Log } from '../log.ts';
import type { DeviceStore } from './device-store.ts';

/** A device that has just come still talks to others; a list changes several times in a row. In ms. */
const settleTime = 1_500;
/** A device that changes all the time is looked at once in so many ms. */
const restTime = 20_000;
const deadline = 30_000;

export interface HealthSources {
  readonly devices: Pick<DeviceStore, 'devices' | 'find' | 'engineOf' | 'onDidChange'>;
  readonly jobs: Pick<JobController, 'ofDevice' | 'onDidChange' | 'onDidEnd'>;
  readonly log: Pick<Log, 'debug'>;
  /** Asked at each look. */
  readonly words: () => WordsContext;
}

interface Known {
  readonly status: DeviceStatus | undefined;
  /** Of the device when it was looked at. */
  readonly state: string;
  /** Ms since 1970. */
  readonly at: number;
}

/**
 * Looks at each trusted device once it has come, and again after each job of it: is it ready to be backed up? Reads
 * values only; a job that begins ends the look at once.
 */
export class DeviceHealth implements Disposable {
  readonly #sources: HealthSources;
  readonly #listeners = new Set<() => void>();
  readonly #owned = new Disposables();
  readonly #known = new Map<string, Known>();
  #isDisposed = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: { readonly udid: string; readonly abort: AbortController } | undefined;

  constructor(sources: HealthSources) {
    this.#sources = sources;
    const { devices, jobs } = sources;
    this.#owned.own(devices.onDidChange(() => this.#settle()));
    this.#owned.own(jobs.onDidChange(() => this.#makeWay()));
    this.#owned.own(
      jobs.onDidEnd(({ udid }) => {
        if (udid !== undefined) this.#known.delete(udid);
        this.#settle();
      }),
    );
  }

  readonly onDidChange: Event<void> = (listener) => {
    const call = (): void => void listener();
    this.#listeners.add(call);
    return { dispose: () => this.#listeners.delete(call) };
  };

  /** `undefined` until somebody has looked. */
  of(udid: string): DeviceStatus | undefined {
    return this.#known.get(udid)?.status;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#looking?.abort.abort();
    this.#owned.dispose();
    this.#listeners.clear();
  }

  #settle(ms = settleTime): void {
    if (this.#isDisposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
    this.#timer.unref();
  }

  #makeWay(): void {
    if (this.#looking && this.#sources.jobs.ofDevice(this.#looking.udid)) this.#looking.abort.abort();
  }

  /** One device after the other: nobody waits for it. */
  async #look(): Promise<void> {
    if (this.#looking) return this.#settle();
    this.#forgetAbsent();
    const due = this.#sources.devices.devices.filter((device) => this.#isChanged(device));
    const rested = due.find(({ udid }) => this.#restOf(udid) <= 0);
    if (rested) await this.#lookAt(rested);
    if (rested && due.length > 1) this.#settle(0);
    else if (!rested && due.length > 0) this.#settle(Math.max(settleTime, ...due.map(({ udid }) => this.#restOf(udid))));
  }

  #forgetAbsent(): void {
    for (const udid of this.#known.keys()) if (!this.#sources.devices.find(udid)) this.#known.delete(udid);
  }

  #isChanged(device: DeviceSummary): boolean {
    const isQuiet = this.#sources.jobs.ofDevice(device.udid) === undefined;
    return device.trust === 'trusted' && isQuiet && this.#known.get(device.udid)?.state !== stateOf(device);
  }

  /** Ms until a device may be looked at again. */
  #restOf(udid: string): number {
    const known = this.#known.get(udid);
    return known ? known.at + restTime - Date.now() : 0;
  }

  async #lookAt(device: DeviceSummary): Promise<void> {
    const { udid } = device;
    const looking = { udid, abort: new AbortController() };
    this.#looking = looking;
    const seen = { state: stateOf(device), at: Date.now() };
    this.#known.set(udid, { status: this.of(udid), ...seen });
    try {
      const signal = AbortSignal.any([looking.abort.signal, AbortSignal.timeout(deadline)]);
      const { deviceStatus, quietChecks } = await import('../../diagnosis/device-status.ts');
      const report = await this.#sources.devices.engineOf(udid).diagnose({ udid, checks: quietChecks }, { signal, listener: () => undefined });
      this.#known.set(udid, { status: deviceStatus(report, udid, { ...this.#sources.words(), iosVersion: report.iosVersion }), ...seen });
      for (const tell of this.#listeners) tell();
    } catch (error) {
      this.#known.set(udid, { status: undefined, ...seen });
      this.#sources.log.debug(`health: ${errorFacts(error).code}`);
    } finally {
      this.#looking = undefined;
    }
  }
}

/** What of a device, when it changes, makes it worth another look. */
function stateOf({ trust, isLocked, encryption, connections, isCharging }: DeviceSummary): string {
  return JSON.stringify([trust, isLocked, encryption, connections, isCharging]);
}
