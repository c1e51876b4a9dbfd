import { Worker } from 'node:worker_threads';
import { CancelledError } from '../shared/errors.ts';
import type { Engine, EngineOptions, JobRun } from './api.ts';
import type { JobMethod, PlainMethod } from './rpc.ts';
import { WorkerLink } from './worker-link.ts';

export interface WorkerEngineOptions {
  /** The bundled `job-worker.js`, or `src/jobs/worker.ts` in tests. */
  readonly workerPath: string | URL;
  readonly engine: EngineOptions;
}

const idleLimit = 60_000;

/**
 * A semi-space of 1 MB for young objects: each buffer that a socket fills holds memory outside of it, and in a larger one tens
 * of megabytes of dead buffers would wait for a collection.
 */
const workerLimits = { maxYoungGenerationSizeMb: 3 } as const;

/**
 * The engine in worker threads: one for questions, started at first use and ended after a minute of rest, and one for
 * each job. A worker that dies fails its own calls with `crash.worker` and nothing else.
 */
export function createWorkerEngine(options: WorkerEngineOptions): Engine {
  return new WorkerEngine(options);
}

class WorkerEngine implements Engine {
  readonly #options: WorkerEngineOptions;
  readonly #jobs = new Set<WorkerLink>();
  #desk: WorkerLink | undefined;
  #deskUsers = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: WorkerEngineOptions) {
    this.#options = options;
  }

  readonly devices: Engine['devices'] = (signal) => this.#ask('devices', [], signal);
  readonly history: Engine['history'] = () => this.#ask('history', []);
  readonly setLocked: Engine['setLocked'] = (entry, locked) => this.#ask('setLocked', [entry, locked]);
  readonly delete: Engine['delete'] = (entry) => this.#ask('delete', [entry]);
  readonly undelete: Engine['undelete'] = (trashId) => this.#ask('undelete', [trashId]);
  readonly discardDraft: Engine['discardDraft'] = (udid, path) => this.#ask('discardDraft', [udid, path]);
  readonly testPassword: Engine['testPassword'] = (udid, password, signal) => this.#ask('testPassword', [udid, password], signal);
  readonly preflightRestore: Engine['preflightRestore'] = (request, signal) => this.#ask('preflightRestore', [request], signal);
  readonly planFacts: Engine['planFacts'] = (request, signal) => this.#ask('planFacts', [request], signal);
  readonly checkSelection: Engine['checkSelection'] = (request, signal) => this.#ask('checkSelection', [request], signal);
  readonly measureSelections: Engine['measureSelections'] = (request, signal) => this.#ask('measureSelections', [request], signal);

  readonly pair: Engine['pair'] = (request, run) => this.#job('pair', request, run);
  readonly backup: Engine['backup'] = (request, run) => this.#job('backup', request, run);
  readonly changeEncryption: Engine['changeEncryption'] = (request, run) => this.#job('changeEncryption', request, run);
  readonly restore: Engine['restore'] = (request, run) => this.#job('restore', request, run);
  readonly verify: Engine['verify'] = (request, run) => this.#job('verify', request, run);
  readonly importFolder: Engine['importFolder'] = (request, run) => this.#job('importFolder', request, run);
  readonly exportEntry: Engine['exportEntry'] = (request, run) => this.#job('exportEntry', request, run);
  readonly estimate: Engine['estimate'] = (request, run) => this.#job('estimate', request, run);
  readonly copyMedia: Engine['copyMedia'] = (request, run) => this.#job('copyMedia', request, run);
  readonly diagnose: Engine['diagnose'] = (request, run) => this.#job('diagnose', request, run);
  readonly emptyTrash: Engine['emptyTrash'] = (run) => this.#job('emptyTrash', undefined, run);

  watchDevices: Engine['watchDevices'] = (onChange, onError) => {
    const desk = this.#useDesk();
    const stop = desk.watch(onChange, onError);
    return {
      dispose: () => {
        stop();
        this.#releaseDesk();
      },
    };
  };

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const links = [...this.#jobs, ...(this.#desk ? [this.#desk] : [])];
    this.#desk = undefined;
    await Promise.all(links.map((link) => link.end(2000)));
  }

  async #ask<T>(method: PlainMethod, args: readonly unknown[], signal?: AbortSignal): Promise<T> {
    const desk = this.#useDesk();
    try {
      return (await desk.call(method, args, { signal: signal ?? new AbortController().signal, listener: () => undefined })) as T;
    } finally {
      this.#releaseDesk();
    }
  }

  async #job<T>(method: JobMethod, request: unknown, run: JobRun): Promise<T> {
    if (run.signal.aborted) throw new CancelledError('cancelled.host', 'Cancelled before it began');
    const link = new WorkerLink(this.#startWorker());
    this.#jobs.add(link);
    try {
      return (await link.call(method, request === undefined ? [] : [request], run)) as T;
    } finally {
      this.#jobs.delete(link);
      await link.end(0);
    }
  }

  #startWorker(): Worker {
    return new Worker(this.#options.workerPath, { workerData: this.#options.engine, execArgv: [], resourceLimits: workerLimits });
  }

  #useDesk(): WorkerLink {
    clearTimeout(this.#idle);
    if (!this.#desk || this.#desk.isDead) this.#desk = new WorkerLink(this.#startWorker());
    this.#deskUsers++;
    return this.#desk;
  }

  #releaseDesk(): void {
    if (--this.#deskUsers > 0) return;
    this.#idle = setTimeout(() => {
      const desk = this.#desk;
      this.#desk = undefined;
      void desk?.end(0);
    }, idleLimit);
    this.#idle.unref();
  }
}
