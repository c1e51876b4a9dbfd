import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { BackupRequest, Engine, JobRun } from '../../../src/jobs/api.ts';
import type { EngineParts } from '../../../src/jobs/engine.ts';
import type { HistoryEntry } from '../../../src/library/index.ts';
import type { LinkTimings } from '../../../src/mobilebackup2/index.ts';
import { EngineError } from '../../../src/shared/errors.ts';
import type { JobEvent } from '../../../src/shared/job-events.ts';
import type { VirtualOptions, WireFault, WirePoint } from '../../../src/virtual-iphone/index.ts';
import { Stage, run, type StagedPhone } from '../../interop/support/stage.ts';
import { ChangingContent } from './engine-content.ts';
import { FaultFileSystem } from './fault-file-system.ts';
import { memoryFolder } from './memory-folder.ts';
import { isRecord, treePrint } from './engine-tree.ts';

export const password = 'correct horse';
/** `resumed`: each run goes on from one that was cut in the middle. */
export type RunKind = 'full' | 'incremental' | 'encrypted' | 'resumed';

/** The file in which a run is cut that another one goes on from. */
export const resumedFile = 5;

/** How a run ended, and what was told meanwhile. */
export interface Attempt {
  readonly entry: HistoryEntry | undefined;
  readonly error: EngineError | undefined;
  readonly events: readonly JobEvent[];
  /** Bytes of content that the phone read to send them. */
  readonly sent: number;
  /** Every fault that was set has acted. */
  readonly isStruck: boolean;
}

interface BenchOptions extends Partial<VirtualOptions> {
  readonly kind?: RunKind;
  /** In place of a folder in memory. */
  readonly parent?: string;
  /** Without disk threads and without waiting for the disk: three times as fast. */
  readonly isQuick?: boolean;
}

/** Waits as short as a busy machine allows, for a phone that falls silent. */
export const shortTimings: Partial<LinkTimings> = { opening: 2000, stream: 1000, betweenFiles: 1000, listedCheck: 250, silence: 1000, close: 100 };

/** A phone of ten files with one good backup of it, to be followed by runs that fail. */
export class EngineBench {
  readonly stage: Stage;
  readonly phone: StagedPhone;
  readonly content: ChangingContent;
  readonly kind: RunKind;
  /** Given with encrypted runs; without it the phone must be encrypted already. */
  password: string | undefined = password;
  /** Hears the events of a run as they come. */
  onEvent: ((event: JobEvent) => void) | undefined;
  readonly #isQuick: boolean;
  readonly #prints = new Map<string, Map<string, string>>();

  private constructor(stage: Stage, phone: StagedPhone, content: ChangingContent, { kind = 'incremental', isQuick = false }: BenchOptions) {
    this.stage = stage;
    this.phone = phone;
    this.content = content;
    this.kind = kind;
    this.#isQuick = isQuick;
  }

  /** Pairs and makes the first backup. */
  static async open(options: BenchOptions = {}): Promise<EngineBench> {
    const { kind: _, isQuick: __, parent = memoryFolder(), ...rest } = options;
    const stage = await Stage.open(parent);
    const content = new ChangingContent();
    const phone = await stage.phone({ content, iterations: { sha256: 100, sha1: 10 }, ...rest });
    const bench = new EngineBench(stage, phone, content, options);
    await stage.engine(phone).pair({ udid: phone.udid, patience: 60_000 }, run());
    return bench;
  }

  get library(): string {
    return this.stage.path('library');
  }

  /** One run by a new engine, with its own handle of the library: a lock left by an earlier one would stop it. */
  async attempt(faults: readonly WireFault[] = [], { signal, ...parts }: EngineParts & { readonly signal?: AbortSignal } = {}): Promise<Attempt> {
    this.phone.phone.setMoods({ faults });
    const told = run(signal);
    const job: JobRun = {
      signal: told.signal,
      listener: (event) => {
        told.listener(event);
        this.onEvent?.(event);
      },
    };
    const before = this.content.sent;
    const ended = await this.#backUp(job, parts).then((entry) => ({ entry, error: undefined }), failure);
    const isStruck = this.phone.phone.moods.faults.length === 0;
    this.phone.phone.setMoods({ faults: [] });
    if (ended.entry) this.#prints.set(ended.entry.id, treePrint(ended.entry.path, isRecord));
    return { ...ended, events: told.events, sent: this.content.sent - before, isStruck };
  }

  /** A run that must succeed. */
  async succeed(): Promise<Attempt & { readonly entry: HistoryEntry }> {
    const attempt = await this.attempt();
    if (!attempt.entry) throw attempt.error ?? new Error('Neither entry nor error');
    assert.ok(!phasesOf(attempt).includes('waiting-for-lock'), 'the sync lock of an earlier run is free');
    return { ...attempt, entry: attempt.entry };
  }

  /** Every entry that a run has made is in the history as it was then, and nothing else is. */
  async expectUnharmed(): Promise<void> {
    const { entries } = await this.engine().history();
    assert.deepEqual(entries.map((entry) => entry.id).toSorted(), [...this.#prints.keys()].toSorted());
    for (const { id, path } of entries) assert.deepEqual(treePrint(path, isRecord), this.#prints.get(id), `entry ${id}`);
  }

  /** Every entry passes our own check of all bytes. */
  async expectVerified(): Promise<void> {
    const { entries } = await this.engine().verify({ level: 'bytes' }, run());
    assert.equal(entries.length, this.#prints.size);
    for (const { entry, record, damage } of entries) assert.deepEqual([record.result, damage], ['good', []], entry.id);
  }

  /** The place in the stream of the content's n-th file: Status.plist goes before them all. An empty file has but one place. */
  inFile(index: number, byte: number): WirePoint {
    return this.content.sizes[index] === 0 ? { file: index + 1 } : { file: index + 1, byte };
  }

  entryPath(...parts: string[]): string {
    return join(this.library, this.phone.udid, ...parts);
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  /** An engine as this bench wants it. */
  engine(parts: EngineParts = {}): Engine {
    return this.stage.engine(this.phone, 'library', { ...(this.#isQuick && { fs: new FaultFileSystem({}).fs }), ...parts });
  }

  #backUp(job: JobRun, parts: EngineParts): Promise<HistoryEntry> {
    const encryption = this.kind === 'encrypted' ? ({ encryption: 'on', password: this.password } as const) : ({ encryption: 'keep' } as const);
    const request: BackupRequest = { udid: this.phone.udid, full: this.kind === 'full', ...encryption };
    return this.engine(parts).backup(request, job);
  }
}

function failure(error: unknown): { entry: undefined; error: EngineError } {
  if (!(error instanceof EngineError)) throw error;
  return { entry: undefined, error };
}

export const phasesOf = ({ events }: Pick<Attempt, 'events'>): string[] =>
  events.flatMap((event) => (event.type === 'progress' ? [event.progress.phase] : []));

/** Names of the messages of a run, in order. */
export const messagesOf = ({ events }: Pick<Attempt, 'events'>): string[] =>
  events.flatMap((event) => (event.type === 'log' ? (/^(\w+) #\d+$/.exec(event.text)?.slice(1) ?? []) : []));

/** Whether the phone had written its last mark. */
export const wasFinished = ({ events }: Pick<Attempt, 'events'>): boolean =>
  events.some((event) => event.type === 'log' && event.text === 'Status.plist says finished');
