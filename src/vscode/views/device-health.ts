import type { Disposable, Event, WindowState } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { DeviceStatus } from '../../diagnosis/device-status.ts';
import type { WordsContext } from '../../diagnosis/diagnosed-words.ts';
import type { Engine } from '../../jobs/api.ts';
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
/** Disks fill up and come off: what is older, in ms, is looked at anew when somebody comes back to the window. */
const keepTime = 5 * 60_000;

export interface HealthSources {
  readonly devices: Pick<DeviceStore, 'devices' | 'find' | 'engineOf' | 'onDidChange'>;
  readonly jobs: Pick<JobController, 'ofDevice' | 'onDidChange' | 'onDidEnd'>;
  readonly log: Pick<Log, 'debug'>;
  readonly onDidChangeWindowState: Event<Pick<WindowState, 'focused'>>;
  /** Asked at each look. */
  readonly words: () => WordsContext;
}

interface Known {
  readonly status: DeviceStatus | undefined;
  /** Of the device when it was looked at. */
  readonly state: string;
  /** Ms since 1970. */
  readonly at: number;
  /** Who looked: another engine may work on another folder. */
  readonly engine: Engine;
}

/**
 * Looks at each trusted device once it has come, and again after each job of it, with each new engine (as after
 * another folder was chosen), on demand and by age: is it ready to be backed up? Reads values only; a job that begins
 * ends the look at once.
 */
export class DeviceHealth implements Disposable {
  readonly #sources: HealthSources;
  readonly #listeners = new Set<() => void>();
  readonly #owned = new Disposables();
  readonly #known = new Map<string, Known>();
  #isDisposed = false;
  /** What was seen before is out of date. Ms since 1970. */
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: { readonly udid: string; readonly abort: AbortController } | undefined;

  constructor(sources: HealthSources) {
    this.#sources = sources;
    const { devices, jobs, onDidChangeWindowState } = sources;
    this.#owned.own(devices.onDidChange(() => this.#settle()));
    this.#owned.own(jobs.onDidChange(() => this.#makeWay()));
    this.#owned.own(onDidChangeWindowState(({ focused }) => focused && this.#lookAgain(Date.now() - keepTime)));
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
    return this.#knownOf(udid)?.status;
  }

  /** Looks at all devices again, soon: until then their old words stand. */
  lookAgain(): void {
    this.#lookAgain(Date.now());
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#looking?.abort.abort();
    this.#owned.dispose();
    this.#listeners.clear();
  }

  #lookAgain(notBefore: number): void {
    this.#notBefore = Math.max(this.#notBefore, notBefore);
    if ([...this.#known.values()].some((known) => this.#isOld(known))) this.#settle();
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
    if (device.trust !== 'trusted' || this.#sources.jobs.ofDevice(device.udid)) return false;
    const known = this.#knownOf(device.udid);
    return known === undefined || this.#isOld(known) || known.state !== stateOf(device);
  }

  /** `undefined` also when another engine than the device's has looked. */
  #knownOf(udid: string): Known | undefined {
    const { devices } = this.#sources;
    const known = this.#known.get(udid);
    return known && devices.find(udid) && devices.engineOf(udid) === known.engine ? known : undefined;
  }

  #isOld({ at }: Known): boolean {
    return at < this.#notBefore;
  }

  /** Ms until a device may be looked at again. */
  #restOf(udid: string): number {
    const known = this.#knownOf(udid);
    return known && !this.#isOld(known) ? known.at + restTime - Date.now() : 0;
  }

  async #lookAt(device: DeviceSummary): Promise<void> {
    const { udid } = device;
    const looking = { udid, abort: new AbortController() };
    this.#looking = looking;
    const engine = this.#sources.devices.engineOf(udid);
    const seen = { state: stateOf(device), at: Date.now(), engine };
    this.#known.set(udid, { status: this.of(udid), ...seen });
    try {
      const signal = AbortSignal.any([looking.abort.signal, AbortSignal.timeout(deadline)]);
      const { deviceStatus, quietChecks } = await import('../../diagnosis/device-status.ts');
      const report = await engine.diagnose({ udid, checks: quietChecks }, { signal, listener: () => undefined });
      this.#known.set(udid, { status: deviceStatus(report, udid, { ...this.#sources.words(), iosVersion: report.iosVersion }), ...seen });
    } catch (error) {
      this.#known.set(udid, { status: undefined, ...seen });
      this.#sources.log.debug(`health: ${errorFacts(error).code}`);
    } finally {
      this.#looking = undefined;
      for (const tell of this.#listeners) tell();
    }
  }
}

/** What of a device, when it changes, makes it worth another look. */
function stateOf({ trust, isLocked, encryption, connections, isCharging }: DeviceSummary): string {
  return JSON.stringify([trust, isLocked, encryption, connections, isCharging]);
}
