import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { ContextKeys } from '../context-keys.ts';
import type { EngineHub } from '../engine-hub.ts';
import { contextKey } from '../ids.ts';
import type { Log } from '../log.ts';
import type { VirtualProcess } from './virtual-process.ts';

/** Seeds of the phones, so that the same two phones come each time. */
const seeds = [1, 2] as const;

/** The virtual iPhones of this window: at most two, each in a process of its own that ends with the window. */
export class VirtualPhones implements Disposable {
  readonly #hub: EngineHub;
  readonly #keys: ContextKeys;
  readonly #log: Log;
  readonly #cliPath: string;
  readonly #changed = new EventEmitter<void>();
  #phones: VirtualProcess[] = [];

  constructor(hub: EngineHub, keys: ContextKeys, log: Log, cliPath: string) {
    this.#hub = hub;
    this.#keys = keys;
    this.#log = log;
    this.#cliPath = cliPath;
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get count(): number {
    return this.#phones.length;
  }

  /** Starts one more, up to two; resolves once its muxer answers. */
  async connect(): Promise<void> {
    const seed = seeds.find((each) => !this.#phones.some((phone) => phone.seed === each));
    if (seed === undefined) return;
    const { startVirtualPhone } = await import('./virtual-process.ts');
    const phone = await startVirtualPhone({ cliPath: this.#cliPath, seed, log: this.#log });
    this.#phones = [...this.#phones, phone];
    void phone.ended.then(() => this.#forget(phone));
    this.#hub.addVirtual(phone.address);
    this.#tell();
  }

  async disconnect(): Promise<void> {
    const phones = this.#phones;
    for (const phone of phones) phone.stop();
    await Promise.all(phones.map(({ ended }) => ended));
  }

  dispose(): void {
    for (const phone of this.#phones) phone.stop();
    this.#changed.dispose();
  }

  async #forget(phone: VirtualProcess): Promise<void> {
    this.#phones = this.#phones.filter((other) => other !== phone);
    this.#tell();
    await this.#hub.removeVirtual(phone.address);
  }

  #tell(): void {
    this.#keys.set(contextKey.virtualConnected, this.#phones.length > 0);
    this.#changed.fire();
  }
}
