import { listDevices, watchDevices } from '../device/index.ts';
import { Library } from '../library/index.ts';
import { CrashError } from '../shared/errors.ts';
import type { Engine, EngineOptions, JobRun } from './api.ts';
import { backUp } from './backup-job.ts';
import { changeEncryption } from './encryption-job.ts';
import { inJob } from './job-context.ts';
import { pair } from './pair-job.ts';

const madeBy = 'iphone-backup 0.1.0';

/** The engine in this thread. Cheap to create: nothing is opened before a call needs it. */
export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  readonly #options: EngineOptions;
  #library: Promise<Library> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  devices: Engine['devices'] = (signal) => listDevices({ muxer: this.#options.muxer, signal });
  watchDevices: Engine['watchDevices'] = (onChange, onError) => watchDevices({ onChange, onError }, { muxer: this.#options.muxer });
  pair: Engine['pair'] = (request, run) => inJob(run, (job) => pair(this.#options.muxer, request, job));

  backup: Engine['backup'] = async (request, run) => {
    const library = await this.#open();
    return await inJob(run, (job) => backUp({ library, muxer: this.#options.muxer, madeBy }, request, job));
  };

  changeEncryption: Engine['changeEncryption'] = (request, run) => inJob(run, (job) => changeEncryption(this.#options.muxer, request, job));

  history: Engine['history'] = async () => {
    const library = await this.#open();
    return { entries: await library.entries(), drafts: [], trash: [], foreign: [], problems: [] };
  };

  preflightRestore: Engine['preflightRestore'] = () => later();
  restore: Engine['restore'] = () => later();
  verify: Engine['verify'] = () => later();
  setLocked: Engine['setLocked'] = () => later();
  delete: Engine['delete'] = () => later();
  undelete: Engine['undelete'] = () => later();
  emptyTrash: Engine['emptyTrash'] = (_run: JobRun) => later();
  importFolder: Engine['importFolder'] = () => later();
  exportEntry: Engine['exportEntry'] = () => later();
  discardDraft: Engine['discardDraft'] = () => later();
  testPassword: Engine['testPassword'] = () => later();
  close: Engine['close'] = () => Promise.resolve();

  #open(): Promise<Library> {
    this.#library ??= Library.open(this.#options.library);
    this.#library.catch(() => (this.#library = undefined));
    return this.#library;
  }
}

const later = (): Promise<never> => Promise.reject(new CrashError('crash.internal', 'Not part of the thin thread'));
