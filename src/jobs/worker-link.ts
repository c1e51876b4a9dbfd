import type { Worker } from 'node:worker_threads';
import { CancelledError, CrashError, errorFromFacts } from '../shared/errors.ts';
import type { Engine, JobRun } from './api.ts';
import type { FromWorker, JobMethod, PlainMethod, ToWorker } from './rpc.ts';

/** A cancelled call that does not end by itself within this many ms loses its worker; the draft is kept. */
const cancelPatience = 5000;

interface Pending {
  readonly run: JobRun;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** One worker thread and the calls that wait for it. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #watcher: [...Parameters<Engine['watchDevices']>] | undefined;
  isDead = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#die(error));
    worker.on('exit', () => this.#die(undefined));
    worker.unref();
  }

  async call(method: PlainMethod | JobMethod, args: readonly unknown[], run: JobRun): Promise<unknown> {
    if (this.isDead) throw new CrashError('crash.worker', 'The worker thread has ended');
    const id = this.#nextId++;
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      this.#post({ type: 'cancel', id });
      patience = setTimeout(() => void this.#worker.terminate(), cancelPatience);
    };
    const result = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { run, resolve, reject }));
    this.#worker.ref();
    this.#post({ type: 'call', id, method, args });
    run.signal.addEventListener('abort', cancel, { once: true });
    try {
      return await result;
    } finally {
      run.signal.removeEventListener('abort', cancel);
      clearTimeout(patience);
      if (this.#pending.size === 0) this.#worker.unref();
    }
  }

  /** One watcher at a time. Answers the function that ends the watch. */
  watch(...watcher: Parameters<Engine['watchDevices']>): () => void {
    this.#watcher = watcher;
    this.#post({ type: 'watch' });
    return () => {
      this.#watcher = undefined;
      this.#post({ type: 'unwatch' });
    };
  }

  /** Cancels what runs, waits at most `patience` ms for it, then ends the thread. */
  async end(patience: number): Promise<void> {
    for (const id of this.#pending.keys()) this.#post({ type: 'cancel', id });
    const limit = performance.now() + patience;
    while (this.#pending.size > 0 && performance.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
    await this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    if (!this.isDead) this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'devices') return this.#watcher?.[0](message.devices);
    if (message.type === 'watch-failure') return this.#watcher?.[1](errorFromFacts(message.error));
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === 'event') return pending.run.listener(message.event);
    this.#pending.delete(message.id);
    if (message.type === 'answer') pending.resolve(message.value);
    else pending.reject(errorFromFacts(message.error));
  }

  #die(cause: unknown): void {
    if (this.isDead) return;
    this.isDead = true;
    const error = new CrashError('crash.worker', 'The worker thread ended unexpectedly', { cause });
    for (const pending of this.#pending.values()) {
      pending.reject(pending.run.signal.aborted ? new CancelledError('cancelled.host', 'Cancelled; the worker had to be ended') : error);
    }
    this.#pending.clear();
    this.#watcher?.[1](error);
  }
}
