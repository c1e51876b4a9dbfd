import { Worker } from 'node:worker_threads';
import { CrashError, errorFromFacts, type ErrorFacts } from '../shared/errors.ts';
import { BatchSlots, type Batch } from './batch.ts';
import { diskError } from './disk-error.ts';
import type { WorkerStart } from './disk-worker.ts';
import { DraftDisk, type DraftDiskOptions } from './draft-disk.ts';
import type { FileSystem } from './file-system.ts';
import { diskWorkerLimits, diskWorkerUrl } from './run-task.ts';

/** What the disk's side of a draft can be asked besides taking batches. */
export type DraftCalls = Pick<DraftDisk, 'list' | 'move' | 'movePacked' | 'copy' | 'remove' | 'markDurable' | 'close'>;
export type DraftCallName = keyof DraftCalls;

/** The way to the disk's side of a draft. Everything is executed in the order in which it was asked. */
export interface DraftThread {
  readonly slots: BatchSlots;
  /** Resolves when the slot may be used again. */
  receive(batch: Batch): Promise<void>;
  call<N extends DraftCallName>(name: N, ...args: Parameters<DraftCalls[N]>): Promise<ReturnType<DraftCalls[N]>>;
  /** Waits for all that was asked, then ends. */
  end(): Promise<void>;
}

export interface DraftRequest {
  readonly number: number;
  readonly batch?: Batch;
  readonly call?: { readonly name: DraftCallName; readonly args: readonly unknown[] };
}

export interface DraftReply {
  readonly number: number;
  readonly value?: unknown;
  readonly error?: ErrorFacts;
}

export const startDraftThread = (fs: FileSystem, options: DraftDiskOptions): DraftThread =>
  fs.isNative ? new WorkerDraftThread(options) : new InlineDraftThread(fs, options);

/** Executes a request; errors leave as the engine's own. */
export function executeDraftRequest(disk: DraftDisk, slots: BatchSlots, request: DraftRequest): unknown {
  try {
    if (request.batch) return disk.receive(request.batch, slots);
    if (!request.call) return undefined;
    const { name, args } = request.call;
    return (disk[name] as (...args: readonly unknown[]) => unknown).apply(disk, [...args]);
  } catch (error) {
    throw diskError(error, 'draft');
  }
}

class InlineDraftThread implements DraftThread {
  readonly slots = new BatchSlots();
  readonly #disk: DraftDisk;
  #hasEnded = false;

  constructor(fs: FileSystem, options: DraftDiskOptions) {
    this.#disk = new DraftDisk(fs.blocking, options);
  }

  async receive(batch: Batch): Promise<void> {
    executeDraftRequest(this.#disk, this.slots, { number: 0, batch });
  }

  async call<N extends DraftCallName>(name: N, ...args: Parameters<DraftCalls[N]>): Promise<ReturnType<DraftCalls[N]>> {
    return executeDraftRequest(this.#disk, this.slots, { number: 0, call: { name, args } }) as ReturnType<DraftCalls[N]>;
  }

  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.call('close');
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

class WorkerDraftThread implements DraftThread {
  readonly slots = new BatchSlots();
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #dead: CrashError | undefined;

  constructor(options: DraftDiskOptions) {
    const workerData: WorkerStart = { kind: 'draft', options, slots: this.slots.memory };
    this.#worker = new Worker(diskWorkerUrl, { workerData, resourceLimits: diskWorkerLimits });
    this.#worker.on('message', (reply: DraftReply) => this.#onReply(reply));
    this.#worker.once('error', (cause) => this.#die(new CrashError('crash.worker', 'The disk thread failed', { cause })));
    this.#worker.once('exit', (code) => this.#die(new CrashError('crash.worker', `The disk thread ended with ${code}`)));
  }

  async receive(batch: Batch): Promise<void> {
    await this.#ask({ batch });
  }

  async call<N extends DraftCallName>(name: N, ...args: Parameters<DraftCalls[N]>): Promise<ReturnType<DraftCalls[N]>> {
    return (await this.#ask({ call: { name, args } })) as ReturnType<DraftCalls[N]>;
  }

  async end(): Promise<void> {
    try {
      if (!this.#dead) await this.call('close');
    } finally {
      await this.#worker.terminate();
    }
  }

  #ask(request: Omit<DraftRequest, 'number'>): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    const number = ++this.#number;
    this.#worker.postMessage({ number, ...request } satisfies DraftRequest);
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  #onReply(reply: DraftReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (reply.error) waiting?.reject(errorFromFacts(reply.error));
    else waiting?.resolve(reply.value);
  }

  #die(error: CrashError): void {
    this.#dead ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
  }
}
