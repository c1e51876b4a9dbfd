import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import { needsPairing } from '../../shared/needs-pairing.ts';
import type { Engine } from '../../jobs/api.ts';
import { ConnectionError, errorFacts } from '../../shared/errors.ts';
import { Disposables } from '../disposables.ts';
import type { EngineHub, EngineSource } from '../engine-hub.ts';
import type { DevicesState } from '../ids.ts';
import type { Log } from '../log.ts';
import { troubleOf } from '../presenters/devices-trouble.ts';

/** How long a command waits for the first list of devices, in ms. The engine starts meanwhile, which takes its time on a busy computer. */
const firstAnswer = 15_000;

/** How long a command waits for a new list, in ms; it has an old one. */
const newAnswer = 6_000;

/** How long a device may take from its start or its pairing to the list, in ms. */
const arrivalLimit = 15_000;

interface Watched {
  readonly source: EngineSource;
  devices: readonly DeviceSummary[] | undefined;
  error: unknown;
  /** Has answered since the watch began. */
  isFresh: boolean;
}

/** The connected devices of all engines. Nothing is asked of any device before `start`. */
export class DeviceStore implements Disposable {
  readonly #hub: EngineHub;
  readonly #log: Log;
  readonly #changed = new EventEmitter<void>();
  readonly #attached = new EventEmitter<DeviceSummary>();
  readonly #hubListener: Disposable;
  #watches = new Disposables();
  #watched: Watched[] = [];
  #isStarted = false;
  /** Why the engine did not start, where it did not. */
  #startError: unknown;
  #known = new Set<string>();

  constructor(hub: EngineHub, log: Log) {
    this.#hub = hub;
    this.#log = log;
    this.#hubListener = hub.onDidChange(() => {
      if (this.#isStarted) void this.#watch();
    });
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** A device came that was not there before; not fired for those found at the start. */
  get onDidAttach(): Event<DeviceSummary> {
    return this.#attached.event;
  }

  get devices(): readonly DeviceSummary[] {
    const all = this.#watched.flatMap(({ devices }) => devices ?? []);
    return [...new Map(all.map((device) => [device.udid, device])).values()];
  }

  get state(): DevicesState {
    const { devices } = this;
    if (devices.length > 0) return devices.every(needsPairing) ? 'notTrusted' : 'listed';
    const main = this.#watched.find(({ source }) => !source.isVirtual);
    const error = this.#startError ?? main?.error;
    if (error !== undefined) return troubleOf(error);
    return main?.devices === undefined ? 'starting' : 'noDevice';
  }

  /** The trouble with the computer's own muxer, where there is one. */
  get muxerError(): unknown {
    return this.#startError ?? this.#watched.find(({ source }) => !source.isVirtual)?.error;
  }

  find(udid: string): DeviceSummary | undefined {
    return this.devices.find((device) => device.udid === udid);
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    void this.#watch();
  }

  /** Asks all devices anew; resolves when they have answered, or after some seconds. */
  async refresh(): Promise<void> {
    this.#isStarted = true;
    await this.#watch();
    await this.#until(() => this.#watched.every(({ isFresh }) => isFresh), newAnswer);
  }

  /** Starts, and resolves with the first list, or with what there is after some seconds. */
  async ready(): Promise<readonly DeviceSummary[]> {
    this.start();
    await this.#until(() => this.state !== 'starting', firstAnswer);
    return this.devices;
  }

  /** The first device that `isMeant`, now or within some seconds; `undefined` when none comes. */
  async waitFor(isMeant: (device: DeviceSummary) => boolean): Promise<DeviceSummary | undefined> {
    const now = this.devices.find(isMeant);
    if (now) return now;
    await this.#until(() => this.devices.some(isMeant), arrivalLimit);
    return this.devices.find(isMeant);
  }

  /** The engine that sees the device. */
  engineOf(udid: string): Engine {
    const owner = this.#watched.find(({ devices }) => devices?.some((device) => device.udid === udid));
    if (!owner) throw new ConnectionError('device.gone', 'The device is not connected', { subject: udid });
    return owner.source.engine;
  }

  dispose(): void {
    this.#hubListener.dispose();
    this.#watches.dispose();
    this.#changed.dispose();
    this.#attached.dispose();
  }

  /** Resolves once `isTrue`, looked at after each change, or after `ms`. */
  async #until(isTrue: () => boolean, ms: number): Promise<void> {
    if (isTrue()) return;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
      const timer = setTimeout(finish, ms);
      const listener = this.onDidChange(() => isTrue() && finish());
    });
  }

  async #watch(): Promise<void> {
    this.#watches.dispose();
    const watches = new Disposables();
    this.#watches = watches;
    const before = this.#watched;
    let sources: EngineSource[];
    try {
      sources = await this.#hub.all();
    } catch (error) {
      this.#log.error('The engine did not start', error);
      if (this.#watches === watches) this.#failToStart(error);
      return;
    }
    if (this.#watches !== watches) return;
    this.#startError = undefined;
    this.#watched = sources.map((source) => ({
      source,
      devices: before.find((old) => old.source.engine === source.engine)?.devices,
      error: undefined,
      isFresh: false,
    }));
    for (const watched of this.#watched) watches.own(this.#watchOne(watched));
    this.#changed.fire();
  }

  #failToStart(error: unknown): void {
    this.#startError = error;
    this.#watched = [];
    this.#changed.fire();
  }

  #watchOne(watched: Watched): Disposable {
    const { engine, isVirtual } = watched.source;
    return engine.watchDevices(
      (devices) => {
        const isFirst = watched.devices === undefined && !isVirtual;
        watched.isFresh = true;
        watched.devices = isVirtual ? devices.map((device) => ({ ...device, isVirtual })) : devices;
        watched.error = undefined;
        this.#announce(watched.devices, isFirst);
      },
      (error) => {
        watched.isFresh = true;
        watched.error = error;
        watched.devices = undefined;
        this.#log.debug(`Devices: ${errorFacts(error).code}`);
        this.#changed.fire();
      },
    );
  }

  #announce(devices: readonly DeviceSummary[], isFirst: boolean): void {
    for (const [index, device] of devices.entries()) {
      this.#log.hide(device.udid, `‹device ${index + 1}›`);
      this.#log.hide(device.name, `‹name ${index + 1}›`);
      this.#log.hide(device.serialNumber, `‹serial ${index + 1}›`);
    }
    const arrivals = this.devices.filter(({ udid }) => !this.#known.has(udid));
    this.#known = new Set(this.devices.map(({ udid }) => udid));
    this.#changed.fire();
    if (!isFirst) for (const device of arrivals) this.#attached.fire(device);
  }
}
