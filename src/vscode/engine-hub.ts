import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { Engine, EngineOptions } from '../jobs/api.ts';

export interface EngineSource {
  readonly engine: Engine;
  /** A muxer of our own virtual phones, beside the computer's. */
  readonly isVirtual: boolean;
}

/** Makes an engine; the real one starts a worker thread. */
export type EngineFactory = (options: EngineOptions) => Promise<Engine>;

interface Slot {
  readonly address: string | undefined;
  readonly isVirtual: boolean;
  engine: Promise<Engine> | undefined;
}

/**
 * The engines of this window, all on the same library: one for the computer's muxer, started when something first
 * asks for it, and one for each virtual phone.
 */
export class EngineHub implements Disposable {
  readonly #create: EngineFactory;
  readonly #options: () => EngineOptions;
  readonly #changed = new EventEmitter<void>();
  #slots: Slot[] = [{ address: undefined, isVirtual: false, engine: undefined }];

  constructor(create: EngineFactory, options: () => EngineOptions) {
    this.#create = create;
    this.#options = options;
  }

  /** Engines were added or removed; whoever watches one has to watch anew. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The engine of the computer's own muxer; also the one for the library. */
  main(): Promise<Engine> {
    const slot = this.#slots.find(({ isVirtual }) => !isVirtual);
    if (!slot) throw new Error('The hub has been closed');
    return this.#engineOf(slot);
  }

  async all(): Promise<EngineSource[]> {
    return Promise.all(this.#slots.map(async (slot) => ({ engine: await this.#engineOf(slot), isVirtual: slot.isVirtual })));
  }

  addVirtual(address: string): void {
    this.#slots = [...this.#slots, { address, isVirtual: true, engine: undefined }];
    this.#changed.fire();
  }

  async removeVirtual(address: string): Promise<void> {
    const gone = this.#slots.filter((slot) => slot.address === address);
    this.#slots = this.#slots.filter((slot) => slot.address !== address);
    this.#changed.fire();
    await closeAll(gone);
  }

  /** Closes all engines; the next question starts them with the settings of that moment. */
  async restart(): Promise<void> {
    const old = this.#slots;
    this.#slots = old.map(({ address, isVirtual }) => ({ address, isVirtual, engine: undefined }));
    this.#changed.fire();
    await closeAll(old);
  }

  async close(): Promise<void> {
    await closeAll(this.#slots.splice(0));
  }

  dispose(): void {
    this.#changed.dispose();
    void this.close();
  }

  #engineOf(slot: Slot): Promise<Engine> {
    slot.engine ??= this.#start(slot);
    return slot.engine;
  }

  async #start(slot: Slot): Promise<Engine> {
    const options = this.#options();
    try {
      return await this.#create(slot.address === undefined ? options : { ...options, muxer: slot.address });
    } catch (error) {
      slot.engine = undefined;
      throw error;
    }
  }
}

async function closeAll(slots: readonly Slot[]): Promise<void> {
  await Promise.allSettled(slots.map(async ({ engine }) => (await engine)?.close()));
}
