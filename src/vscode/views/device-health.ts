import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import { errorFacts } from '../../shared/errors.ts';
import { Disposables } from '../disposables.ts';
import type { JobController } from '../jobs/job-controller.ts';
import type { Log } from '../log.ts';
import type { Passwords } from '../passwords.ts';
import type { DeviceStore } from './device-store.ts';

/** `good`, or the gravest thing that was found; `undefined` until somebody has looked. */
export type Health = 'good' | Diagnosed | undefined;

/** A device that has just come still talks to others; a list changes several times in a row. In ms. */
const settleTime = 1_500;
const deadline = 30_000;

/** Looks at each trusted device once it has come, and again after each job of it: is it ready to be backed up? */
export class DeviceHealth implements Disposable {
  readonly #devices: DeviceStore;
  readonly #jobs: JobController;
  readonly #passwords: Passwords;
  readonly #log: Log;
  readonly #changed = new EventEmitter<void>();
  readonly #owned = new Disposables();
  readonly #known = new Map<string, { health: Health; state: string }>();
  #timer: NodeJS.Timeout | undefined;
  #looking: AbortController | undefined;

  constructor(devices: DeviceStore, jobs: JobController, passwords: Passwords, log: Log) {
    this.#devices = devices;
    this.#jobs = jobs;
    this.#passwords = passwords;
    this.#log = log;
    this.#owned.own(devices.onDidChange(() => this.#settle()));
    this.#owned.own(
      jobs.onDidEnd(({ udid }) => {
        if (udid !== undefined) this.#known.delete(udid);
        this.#settle();
      }),
    );
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  of(udid: string): Health {
    return this.#known.get(udid)?.health;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#looking?.abort();
    this.#owned.dispose();
    this.#changed.dispose();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), settleTime);
    this.#timer.unref();
  }

  /** One device after the other: nobody waits for it. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = new AbortController();
    try {
      for (const device of this.#devices.devices) if (this.#isDue(device)) await this.#lookAt(device, this.#looking.signal);
    } finally {
      this.#looking = undefined;
    }
  }

  #isDue(device: DeviceSummary): boolean {
    const isQuiet = this.#jobs.ofDevice(device.udid) === undefined;
    return device.trust === 'trusted' && isQuiet && this.#known.get(device.udid)?.state !== stateOf(device);
  }

  async #lookAt(device: DeviceSummary, signal: AbortSignal): Promise<void> {
    this.#known.set(device.udid, { health: this.of(device.udid), state: stateOf(device) });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(deadline)]);
    try {
      const password = await this.#passwords.get(device.udid);
      const request = { udid: device.udid, password };
      const { ranked } = await this.#devices.engineOf(device.udid).diagnose(request, { signal: limit, listener: () => undefined });
      const grave = ranked.find(({ severity }) => severity !== 'info');
      this.#known.set(device.udid, { health: grave ?? 'good', state: stateOf(device) });
      this.#changed.fire();
    } catch (error) {
      this.#log.debug(`health: ${errorFacts(error).code}`);
    }
  }
}

/** What of a device, when it changes, makes it worth another look. */
function stateOf({ trust, isLocked, encryption, connections, isCharging }: DeviceSummary): string {
  return JSON.stringify([trust, isLocked, encryption, connections, isCharging]);
}
