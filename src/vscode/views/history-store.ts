import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { EntryRef, History } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import type { EngineHub } from '../engine-hub.ts';
import type { Log } from '../log.ts';
import type { ToldHistory } from '../presenters/history-nodes.ts';
import type { RunCause } from '../presenters/run-cause.ts';
import { isFailed } from '../presenters/run-row.ts';
import { wording } from '../wording.ts';

/** The library's content as last read; read again after each change. Nothing is read before `load`. */
export class HistoryStore implements Disposable {
  readonly #hub: EngineHub;
  readonly #log: Log;
  readonly #changed = new EventEmitter<void>();
  #history: ToldHistory | undefined;
  #error: unknown;
  #reading: Promise<void> | undefined;
  #isStale = false;

  constructor(hub: EngineHub, log: Log) {
    this.#hub = hub;
    this.#log = log;
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** `undefined` until read. */
  get history(): ToldHistory | undefined {
    return this.#history;
  }

  /** Why the library could not be read, where it could not. */
  get error(): unknown {
    return this.#error;
  }

  /** Reads the library unless that has been done. */
  async load(): Promise<ToldHistory | undefined> {
    if (this.#history === undefined && this.#error === undefined) await this.refresh();
    return this.#history;
  }

  /** Reads the library anew; calls during a reading lead to one more. */
  refresh(): Promise<void> {
    if (this.#reading) this.#isStale = true;
    this.#reading ??= this.#readUntilFresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Of one device, newest first. */
  entries(udid: string): HistoryEntry[] {
    return (this.#history?.entries ?? []).filter((entry) => entry.udid === udid);
  }

  find(ref: EntryRef): HistoryEntry | undefined {
    return this.#history?.entries.find((entry) => entry.udid === ref.udid && entry.id === ref.id);
  }

  lastBackup(udid: string): Date | undefined {
    return this.entries(udid)[0]?.date;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #readUntilFresh(): Promise<void> {
    do {
      this.#isStale = false;
      await this.#read();
    } while (this.#isStale);
  }

  async #read(): Promise<void> {
    try {
      const engine = await this.#hub.main();
      const history = await engine.history();
      this.#history = { ...history, causes: await causesOf(history) };
      this.#error = undefined;
      for (const { deviceName } of [...history.entries, ...history.drafts, ...history.foreign]) this.#log.hide(deviceName, '‹name›');
    } catch (error) {
      this.#history = undefined;
      this.#error = error;
      this.#log.error('The backup folder could not be read', error);
    }
    this.#changed.fire();
  }
}

/** Why last runs failed; the knowledge is loaded when there is one. */
async function causesOf({ runs, entries }: History): Promise<ReadonlyMap<string, RunCause>> {
  const failed = runs.filter(isFailed);
  if (failed.length === 0) return new Map();
  const { runCause } = await import('../presenters/run-cause.ts');
  return new Map(failed.flatMap((run) => {
    const iosVersion = entries.find(({ udid }) => udid === run.udid)?.iosVersion;
    const cause = runCause(run, wording(), iosVersion);
    return cause ? [[run.udid, cause] as const] : [];
  }));
}
