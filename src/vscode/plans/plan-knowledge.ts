import { workspace } from 'vscode';
import type { Engine } from '../../jobs/api.ts';
import type { FactsQuestion, MeasureAnswer, MeasureQuestion, WireFacts } from '../../plans/lsp/protocol.ts';
import { matchDevices } from '../../plans/match-device.ts';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import type { Services } from '../services.ts';

/**
 * Answers what the language server asks about devices and backups. The password of an encrypted backup is used here where
 * it is remembered, and goes no further. In a workspace that is not trusted nothing is told.
 */
export class PlanKnowledge {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  async facts({ device }: FactsQuestion): Promise<WireFacts | null> {
    if (!workspace.isTrusted) return null;
    return this.#orNull('facts', async () => {
      await this.#services.history.load();
      const udid = device === undefined ? this.#onlyDevice() : (this.#udidOf(device) ?? device);
      const password = await this.#password(udid ?? this.#newestUdid());
      const facts = await (await this.#engineOf(udid)).planFacts({ udid, password });
      const { from } = facts;
      return { ...facts, devices: this.#withWatched(facts.devices), from: from && { ...from, date: from.date.toISOString() } };
    });
  }

  async measure({ entry, selections }: MeasureQuestion): Promise<MeasureAnswer> {
    if (!workspace.isTrusted) return null;
    return this.#orNull('sizes', async () => {
      const engine = await this.#services.hub.main();
      return engine.measureSelections({ entry, selections, password: await this.#password(entry.udid) });
    });
  }

  /** What of the devices and the history a plan can depend on; another text means that facts have changed. */
  get state(): string {
    const devices = this.#services.devices.devices.map(({ udid, name, trust }) => [udid, name, trust]);
    const entries = this.#services.history.history?.entries.map(({ udid, id }) => [udid, id]) ?? [];
    return JSON.stringify([devices, entries]);
  }

  async #orNull<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      // A plan can be written without.
      this.#services.log.error(`Plans: ${what}`, error);
      return null;
    }
  }

  #udidOf(device: string): string | undefined {
    const past = this.#services.history.history?.entries.map(({ udid, deviceName }) => ({ udid, name: deviceName })) ?? [];
    return matchDevices(device, [...this.#services.devices.devices.map(({ udid, name }) => ({ udid, name })), ...past])[0]?.udid;
  }

  /** A plan for any device is for the one that is connected, where it is alone. */
  #onlyDevice(): string | undefined {
    const [device, second] = this.#services.devices.devices;
    return second ? undefined : device?.udid;
  }

  #newestUdid(): string | undefined {
    return this.#services.history.history?.entries[0]?.udid;
  }

  async #password(udid: string | undefined): Promise<string | undefined> {
    return udid === undefined ? undefined : this.#services.passwords.get(udid);
  }

  async #engineOf(udid: string | undefined): Promise<Engine> {
    const { devices, hub } = this.#services;
    return udid !== undefined && devices.find(udid) ? devices.engineOf(udid) : hub.main();
  }

  #withWatched(known: PlanFacts['devices']): PlanFacts['devices'] {
    const watched = this.#services.devices.devices.map(({ udid, name }) => ({ udid, name }));
    return [...new Map([...known, ...watched].map((device) => [device.udid, device])).values()];
  }
}
