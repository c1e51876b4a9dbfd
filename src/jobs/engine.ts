import { listDevices, watchDevices } from '../device/index.ts';
import { Library, NodeFileSystem, type FileSystem, type HistoryEntry } from '../library/index.ts';
import type { LinkTimings } from '../mobilebackup2/index.ts';
import type { Engine, EngineOptions } from './api.ts';
import { backUp } from './backup-job.ts';
import { diagnose } from './diagnose-job.ts';
import { changeEncryption } from './encryption-job.ts';
import { estimate } from './estimate-job.ts';
import { inJob, type JobContext } from './job-context.ts';
import { LastLook } from './last-look.ts';
import { emptyTrash, exportEntry, importFolder, readHistory, testPassword, verify } from './library-jobs.ts';
import { copyMedia } from './media-job.ts';
import { pair } from './pair-job.ts';
import { measureSelections, planFacts } from './plan-facts.ts';
import { checkAhead } from './selection-check.ts';
import { preflightRestore, restore, type RestoreDeps } from './restore-job.ts';
import { withRunNote } from './run-notes.ts';

const madeBy = 'iphone-backup 0.1.0';

/** What an engine is built on, where that is not the usual. */
export interface EngineParts {
  readonly fs?: FileSystem | undefined;
  readonly timings?: Partial<LinkTimings> | undefined;
}

/** The engine in this thread. Cheap to create: nothing is opened before a call needs it. */
export function createEngine(options: EngineOptions, parts: EngineParts = {}): Engine {
  return new LocalEngine(options, parts);
}

class LocalEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #parts: EngineParts;
  readonly #look = new LastLook();
  #library: Promise<Library> | undefined;

  constructor(options: EngineOptions, parts: EngineParts) {
    this.#options = options;
    this.#parts = parts;
  }

  devices: Engine['devices'] = (signal) => listDevices({ muxer: this.#options.muxer, signal });
  watchDevices: Engine['watchDevices'] = (onChange, onError) => watchDevices({ onChange, onError }, { muxer: this.#options.muxer });
  pair: Engine['pair'] = (request, run) => inJob(run, (job) => pair(this.#options.muxer, request, job));
  changeEncryption: Engine['changeEncryption'] = (request, run) => inJob(run, (job) => changeEncryption({ muxer: this.#options.muxer, timings: this.#parts.timings }, request, job));

  backup: Engine['backup'] = async (request, run) => {
    const deps = { ...(await this.#deps()), madeBy };
    const work = (job: JobContext): Promise<HistoryEntry> => {
      job.writesTo(deps.library.folder);
      return backUp(deps, request, job);
    };
    return await withRunNote({ library: deps.library, udid: request.udid, job: 'backup' }, run, (noted) => inJob(noted, work));
  };

  preflightRestore: Engine['preflightRestore'] = async (request, signal) => preflightRestore(await this.#deps(), request, signal);

  restore: Engine['restore'] = async (request, run) => {
    const deps = await this.#deps();
    return await withRunNote({ library: deps.library, udid: request.udid, job: 'restore' }, run, (noted) => inJob(noted, (job) => restore(deps, request, job)));
  };

  history: Engine['history'] = async () => readHistory(await this.#open());

  verify: Engine['verify'] = async (request, run) => {
    const library = await this.#open();
    return await inJob(run, (job) => verify(library, request, job));
  };

  setLocked: Engine['setLocked'] = async (entry, locked) => (await this.#open()).setLocked(entry, locked);

  delete: Engine['delete'] = async (ref) => {
    const library = await this.#open();
    return await library.delete(await library.entry(ref.udid, ref.id));
  };

  undelete: Engine['undelete'] = async (trashId) => (await this.#open()).undelete(trashId);

  emptyTrash: Engine['emptyTrash'] = async (run) => {
    const library = await this.#open();
    return await inJob(run, (job) => emptyTrash(library, job));
  };

  importFolder: Engine['importFolder'] = async ({ folder }, run) => {
    const library = await this.#open();
    return await inJob(run, (job) => importFolder(library, folder, job));
  };

  exportEntry: Engine['exportEntry'] = async ({ entry: ref, folder }, run) => {
    const library = await this.#open();
    const entry = await library.entry(ref.udid, ref.id);
    return await inJob(run, (job) => exportEntry(library, entry, folder, job));
  };

  discardDraft: Engine['discardDraft'] = async (udid, path) => (await this.#open()).discardDrafts(udid, path);

  testPassword: Engine['testPassword'] = async (udid, password, signal) => testPassword(await this.#open(), udid, password, signal);

  estimate: Engine['estimate'] = async (request, run) => {
    const deps = await this.#deps();
    return await inJob(run, (job) => estimate(deps, request, job));
  };

  planFacts: Engine['planFacts'] = async (request, signal) => planFacts(await this.#deps(), request, signal);

  checkSelection: Engine['checkSelection'] = async (request, signal) => checkAhead(await this.#deps(), request, signal);

  measureSelections: Engine['measureSelections'] = async (request, signal) => measureSelections(await this.#open(), request, signal);

  copyMedia: Engine['copyMedia'] = async (request, run) => {
    const deps = await this.#deps();
    return await inJob(run, (job) => copyMedia(deps, request, job));
  };

  diagnose: Engine['diagnose'] = (request, run) => diagnose(this.#options, request, run, this.#parts.fs);

  close: Engine['close'] = () => Promise.resolve();

  async #deps(): Promise<RestoreDeps> {
    return { library: await this.#open(), look: this.#look, muxer: this.#options.muxer, timings: this.#parts.timings };
  }

  #open(): Promise<Library> {
    this.#library ??= Library.open(this.#options.library, this.#parts.fs ?? new NodeFileSystem());
    this.#library.catch(() => (this.#library = undefined));
    return this.#library;
  }
}
