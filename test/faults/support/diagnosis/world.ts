import { join } from 'node:path';
import type { Engine, JobRun } from '../../../../src/jobs/api.ts';
import { createEngine, type EngineParts } from '../../../../src/jobs/engine.ts';
import { RunWitness } from '../../../../src/jobs/run-witness.ts';
import type { HistoryEntry } from '../../../../src/library/index.ts';
import type { DiagnosisReport, FailedRun } from '../../../../src/shared/diagnosis-report.ts';
import type { JobEvent } from '../../../../src/shared/job-events.ts';
import type { Moods, PhoneOptions } from '../../../../src/virtual-iphone/index.ts';
import { Stage, run, type StagedPhone } from '../../../interop/support/stage.ts';
import { ChangingContent } from '../engine-content.ts';
import { memoryFolder } from '../memory-folder.ts';
import { diskInThread, type BeforeOperation } from './disk-in-thread.ts';

export const password = 'correct horse';

const day = 24 * 3600 * 1000;
/** Waits of the wire, ms: a silent phone is given up within a test. */
const timings = { opening: 1500, stream: 1500, betweenFiles: 1500, listedCheck: 300, silence: 1500, close: 300 };

const records = new Map<string, Buffer>();

export interface WorldOptions extends Partial<PhoneOptions> {
  /** Where the library lies, in place of a folder in memory. */
  readonly parent?: string;
  readonly isEncrypted?: boolean;
  /** Nothing was paired or backed up yet. */
  readonly isFresh?: boolean;
  readonly hasNoBackup?: boolean;
  readonly content?: ChangingContent;
  readonly connections?: readonly ('USB' | 'Network')[];
}

/** A sound phone with one good backup in a sound library; states are put on top by moods, disk and muxer alone. */
export class World {
  readonly stage: Stage;
  readonly phone: StagedPhone;
  readonly content: ChangingContent;
  readonly #undo: (() => unknown)[] = [];
  /** What the disk does before each operation. */
  onDisk: BeforeOperation = () => Promise.resolve();
  readonly #parts: EngineParts = { timings, fs: diskInThread((operation, args) => this.onDisk(operation, args)) };
  muxer: string;
  library: string;
  /** What the editor would have stored. */
  storedPassword: string | undefined;
  /** Which device is asked for; all that is connected where it is `undefined`. */
  asked: string | undefined;

  private constructor(stage: Stage, phone: StagedPhone, content: ChangingContent) {
    this.stage = stage;
    this.phone = phone;
    this.content = content;
    this.muxer = phone.address;
    this.library = stage.path('library');
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const { parent = memoryFolder(), isEncrypted = false, isFresh = false, hasNoBackup = false, content = new ChangingContent(), moods, ...rest } = options;
    const stage = await Stage.open(parent);
    const calm: Partial<Moods> = { cloudBackupEnabled: true, lastCloudBackup: new Date(Date.now() - day / 2), ...moods };
    // A clock option would make time stand still: this phone lives now.
    const phone = await stage.phone({ content, iterations: { sha256: 100, sha1: 10 }, clock: undefined, ...rest, moods: calm });
    const world = new World(stage, phone, content);
    if (isFresh) return world;
    await world.#pair();
    if (hasNoBackup) return world;
    await world.engine().backup({ udid: phone.udid, full: false, ...(isEncrypted ? { encryption: 'on', password } : { encryption: 'keep' }) }, run());
    if (isEncrypted) world.storedPassword = password;
    return world;
  }

  /** Keys of a pairing cost seconds of work: phones of one seed share them. */
  async #pair(): Promise<void> {
    const { mux, phone } = this.phone;
    const known = records.get(this.udid);
    if (known) {
      mux.records.save(this.udid, known);
      phone.trustRecord(known);
      return;
    }
    await this.engine().pair({ udid: this.udid, patience: 60_000 }, run());
    const record = mux.records.get(this.udid);
    if (record) records.set(this.udid, record);
  }

  get udid(): string {
    return this.phone.udid;
  }

  /** A new engine, as a new window would have it. */
  engine(): Engine {
    return createEngine({ library: this.library, muxer: this.muxer }, this.#parts);
  }

  moods(moods: Partial<Moods>): void {
    this.phone.phone.setMoods(moods);
  }

  async newest(): Promise<HistoryEntry> {
    const [entry] = (await this.engine().history()).entries;
    if (!entry) throw new Error('There is no backup');
    return entry;
  }

  applePath(entry: HistoryEntry, ...parts: string[]): string {
    return join(entry.path, this.udid, ...parts);
  }

  /** Runs a job that must fail; answers what its witness saw. `onEvent` hears each event as it comes. */
  async fails(job: string, work: (engine: Engine, run: JobRun) => Promise<unknown>, onEvent?: (event: JobEvent) => unknown): Promise<FailedRun> {
    const witness = new RunWitness();
    try {
      await work(this.engine(), witness.beside({ ...run(), listener: (event) => onEvent?.(event) }));
    } catch (error) {
      return witness.failed(job, error);
    }
    throw new Error(`The ${job} did not fail`);
  }

  backupFails(onEvent?: (event: JobEvent) => void): Promise<FailedRun> {
    this.content.change();
    return this.fails('backup', (engine, run) => engine.backup({ udid: this.udid, full: false, encryption: 'keep' }, run), onEvent);
  }

  diagnose(failed?: FailedRun): Promise<DiagnosisReport> {
    return this.engine().diagnose({ udid: this.asked, password: this.storedPassword, failed }, run());
  }

  /** Undone before the phone and the folder go, the last first. */
  afterwards(undo: () => unknown): void {
    this.#undo.push(undo);
  }

  async close(): Promise<void> {
    for (const undo of this.#undo.toReversed()) await undo();
    await this.stage.close();
  }
}
