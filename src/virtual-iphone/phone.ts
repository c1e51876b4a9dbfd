import type { KeyObject } from 'node:crypto';
import type { PlistValue } from '../plist/index.ts';
import type { Moods, PhoneContent, PhoneIdentity, PhoneOptions } from './contract.ts';
import { lockdownPort, lockdownOwner } from './lockdown/server.ts';
import { readSavedPairing, type Pairing } from './lockdown/pairings.ts';
import type { AgentMemory, Service } from './service.ts';
import { PhoneClock } from './state/clock.ts';
import type { Handset, PortOwner } from './state/handset.ts';
import { completeOptions, createIdentity, type CompleteOptions } from './state/identity.ts';
import { modelOf } from './state/models.ts';
import { calmMoods } from './state/moods.ts';
import { Person } from './state/person.ts';
import { PortTable } from './state/ports.ts';
import { Presence } from './state/presence.ts';
import { seededRsaKey } from './state/rsa-key.ts';
import { SeededRandom } from './state/seeded.ts';
import { fixedNumbers } from './state/values/numbers.ts';
import { ValueStore } from './state/values/store.ts';

export interface PhoneParts {
  readonly services: readonly Service[];
  /** Phones speak TLS 1.2; allowing 1.3 makes tests faster. */
  readonly allowTls13?: boolean | undefined;
  /** Hears of faults of the virtual phone itself; a process warning when absent. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

const presented = 'com.apple.LocalAuthentication.ui.presented';
const dismissed = 'com.apple.LocalAuthentication.ui.dismissed';

/** A virtual phone: identity, state and services, without its wire; `VirtualMux.addPhone` connects it. */
export class VirtualPhone implements Handset {
  readonly options: CompleteOptions;
  readonly allowTls13: boolean;
  readonly pairings = new Map<string, Pairing>();
  readonly mediaFiles = new Map<string, Buffer>();
  readonly agentMemory: AgentMemory = { backupPassword: undefined, notes: new Map() };
  readonly person = new Person(() => this.#moods);
  readonly presence = new Presence();
  content: PhoneContent;
  readonly #identity: PhoneIdentity;
  readonly #onFault: (error: unknown) => void;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #random: SeededRandom;
  readonly #clock: PhoneClock;
  readonly #values: ValueStore;
  readonly #ports = new PortTable();
  readonly #portWatchers = new Set<(port: number) => Promise<void>>();
  readonly #observers = new Set<(name: string) => void>();
  #moods: Moods;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: PhoneOptions, content: PhoneContent, parts: PhoneParts) {
    this.options = completeOptions(options);
    this.allowTls13 = parts.allowTls13 ?? false;
    this.content = content;
    this.#onFault = parts.onFault ?? warn;
    this.#services = new Map(parts.services.map((service) => [service.name, service]));
    this.#random = new SeededRandom(`phone-${options.seed}`);
    this.#clock = new PhoneClock(options.clock);
    this.#moods = { ...calmMoods, ...options.moods };
    this.#identity = createIdentity(this.options, this.#random);
    this.#values = this.#createValues();
  }

  /** The name is the current one: hosts may set it. */
  get identity(): PhoneIdentity {
    const name = this.#values.override('', 'DeviceName');
    return typeof name === 'string' ? { ...this.#identity, name } : this.#identity;
  }

  get moods(): Moods {
    return this.#moods;
  }

  setMoods(change: Partial<Moods>): void {
    this.#moods = { ...this.#moods, ...change };
    if (change.trust === 'revoked') this.pairings.clear();
    if (change.trust !== undefined) this.person.forgetTrustDialog();
  }

  get deviceKey(): KeyObject {
    return seededRsaKey(`device-key-${this.options.seed}`);
  }

  now(): Date {
    return this.#clock.next();
  }

  peekTime(): Date {
    return this.#clock.peek();
  }

  /** Goes days forward: content and clock. False when the content cannot change by itself. */
  advance(days: number): boolean {
    if (!this.content.advance(days)) return false;
    this.#clock.skip(days);
    return true;
  }

  randomBytes(label: string, length: number): Buffer {
    return this.#random.bytes(label, length);
  }

  randomUuid(label: string): string {
    return this.#random.uuid(label);
  }

  value(domain: string, key: string): PlistValue | undefined {
    return this.#values.get(domain, key);
  }

  domain(name: string): ReadonlyMap<string, PlistValue> {
    return this.#values.domain(name);
  }

  setValue(domain: string, key: string, value: PlistValue | undefined): void {
    this.#values.set(domain, key, value);
    if (domain === '' && key === 'DeviceName') this.notify('com.apple.mobile.lockdown.device_name_changed');
  }

  notify(name: string): void {
    for (const listener of this.#observers) listener(name);
  }

  observe(listener: (name: string) => void): () => void {
    this.#observers.add(listener);
    return () => this.#observers.delete(listener);
  }

  async askPasscode(signal: AbortSignal): Promise<boolean> {
    if (this.#moods.passcode === 'none' || !this.#moods.hasPasscode) return true;
    this.notify(presented);
    const entered = await this.person.answerPrompt(signal);
    this.notify(dismissed);
    if (entered) this.setMoods({ locked: false });
    return entered;
  }

  restart(absence: number, delay = 0): void {
    clearTimeout(this.#restart);
    if (delay > 0) this.#restart = setTimeout(() => this.#goDown(absence), delay);
    else this.#goDown(absence);
  }

  powerOff(): void {
    clearTimeout(this.#restart);
    this.presence.leave(undefined);
    this.#ports.closeAll();
  }

  /** Trusts the host of a pair record that an earlier run of this phone made; false when the record is not this phone's. */
  trustRecord(record: Buffer): boolean {
    const pairing = readSavedPairing(record, this.deviceKey);
    if (pairing) this.pairings.set(pairing.hostId, pairing);
    return pairing !== undefined;
  }

  report(error: unknown): void {
    this.#onFault(error);
  }

  service(name: string): Service | undefined {
    return this.#services.get(name);
  }

  portOwner(port: number): PortOwner | undefined {
    return port === lockdownPort ? lockdownOwner(this) : this.#ports.take(port);
  }

  async openPort(owner: PortOwner): Promise<number> {
    const port = this.#ports.open(owner);
    await Promise.all([...this.#portWatchers].map((watcher) => watcher(port)));
    return port;
  }

  /** Hears of each port that opens, and may take its time, until the returned function is called. */
  watchPorts(watcher: (port: number) => Promise<void>): () => void {
    this.#portWatchers.add(watcher);
    return () => this.#portWatchers.delete(watcher);
  }

  /** Detaches for good and closes the content. */
  close(): void {
    this.powerOff();
    this.content.close();
  }

  #goDown(absence: number): void {
    this.presence.leave(absence);
    this.#ports.closeAll();
    this.setMoods({ snapshotLeftover: false, restoredWithoutRestart: false });
    const { notes } = this.agentMemory;
    for (const key of notes.keys()) if (key.startsWith('until-restart.')) notes.delete(key);
  }

  #createValues(): ValueStore {
    const numbers = fixedNumbers(this.#random);
    const model = modelOf(this.options.productType);
    return new ValueStore(() => ({
      model,
      numbers,
      identity: this.identity,
      options: this.options,
      moods: this.#moods,
      content: this.content,
      agentMemory: this.agentMemory,
      deviceKey: () => this.deviceKey,
      time: this.#clock.peek(),
    }));
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'VirtualPhoneFault');
}

export function createPhone(options: PhoneOptions, content: PhoneContent, parts: PhoneParts): VirtualPhone {
  return new VirtualPhone(options, content, parts);
}
