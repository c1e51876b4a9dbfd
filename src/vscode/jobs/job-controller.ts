import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { JobRun } from '../../jobs/api.ts';
import { withDeadline } from '../../shared/cancel.ts';
import { CancelledError, HostError, errorFacts } from '../../shared/errors.ts';
import type { JobEvent, JobNotice, JobOutcome, JobPhase } from '../../shared/job-events.ts';
import type { Log } from '../log.ts';
import { withEvent } from '../presenters/job-state.ts';
import type { JobKind, JobState } from '../presenters/job-state.ts';

/** Rows and the status bar are drawn at most this often, in ms. */
const drawInterval = 200;

export interface JobRequest<T> {
  readonly kind: JobKind;
  readonly udid?: string | undefined;
  readonly subject: string;
  readonly isVirtual?: boolean;
  run(run: JobRun): Promise<T>;
}

/** How a job ended, what it was doing last, and what it had to remark on the way. */
export type JobEnd<T> = JobOutcome<T> & { readonly started: Date; readonly phase: JobPhase | undefined; readonly notices: readonly JobNotice[] };

interface Running {
  state: JobState;
  readonly abort: AbortController;
  done: Promise<unknown>;
}

export interface JobEventOf {
  readonly job: JobState;
  readonly event: JobEvent;
}

/** Runs the engine's jobs: one for each device, several at once. */
export class JobController implements Disposable {
  readonly #log: Log;
  readonly #running = new Map<number, Running>();
  readonly #changed = new EventEmitter<void>();
  readonly #events = new EventEmitter<JobEventOf>();
  readonly #ended = new EventEmitter<JobState>();
  #nextId = 1;
  #drawTimer: NodeJS.Timeout | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Jobs came, went or moved on; at most five times a second. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get onEvent(): Event<JobEventOf> {
    return this.#events.event;
  }

  get onDidEnd(): Event<JobState> {
    return this.#ended.event;
  }

  get jobs(): readonly JobState[] {
    return [...this.#running.values()].map(({ state }) => state);
  }

  ofDevice(udid: string): JobState | undefined {
    return this.jobs.find((job) => job.udid === udid);
  }

  /** Never rejects. A second job of the same device is refused with `host.busy`. */
  async run<T>(request: JobRequest<T>): Promise<JobEnd<T>> {
    if (request.udid !== undefined && this.ofDevice(request.udid)) {
      const error = errorFacts(new HostError('host.busy', 'Another job of this device is running'));
      return { ok: false, error, started: new Date(), phase: undefined, notices: [] };
    }
    const state = this.#stateOf(request);
    const running: Running = { state, abort: new AbortController(), done: Promise.resolve() };
    this.#running.set(state.id, running);
    this.#log.info(`${state.kind} ${state.id}: begins`);
    this.#changed.fire();
    const outcome = this.#outcome(state.id, request, running.abort.signal);
    running.done = outcome;
    return outcome;
  }

  cancel(id: number): void {
    const running = this.#running.get(id);
    if (!running || running.state.isCancelling) return;
    running.state = { ...running.state, isCancelling: true };
    running.abort.abort(new CancelledError('cancelled.host', 'Cancelled by the person'));
    this.#changed.fire();
  }

  /** Cancels all jobs and waits for their end, but not longer than `ms`. */
  async shutdown(ms: number): Promise<void> {
    const ends = [...this.#running.values()].map(({ done }) => done);
    for (const id of this.#running.keys()) this.cancel(id);
    await withDeadline(Promise.all(ends), ms, () => new CancelledError('cancelled.host', 'Out of time')).catch(() => undefined);
  }

  dispose(): void {
    clearTimeout(this.#drawTimer);
    for (const id of this.#running.keys()) this.cancel(id);
    this.#changed.dispose();
    this.#events.dispose();
    this.#ended.dispose();
  }

  #stateOf<T>(request: JobRequest<T>): JobState {
    const { kind, udid, subject, isVirtual = false } = request;
    const id = this.#nextId++;
    return { id, kind, udid, subject, isVirtual, started: new Date(), progress: undefined, isCancelling: false, notices: [], waitingFor: undefined };
  }

  async #outcome<T>(id: number, request: JobRequest<T>, signal: AbortSignal): Promise<JobEnd<T>> {
    try {
      const value = await request.run({ signal, listener: (event) => this.#hear(id, event) });
      this.#log.info(`${request.kind} ${id}: done`);
      return { ok: true, value, ...this.#end(id) };
    } catch (error) {
      this.#log.error(`${request.kind} ${id}`, error);
      return { ok: false, error: errorFacts(error), ...this.#end(id) };
    }
  }

  #end(id: number): Pick<JobEnd<unknown>, 'started' | 'phase' | 'notices'> {
    const state = this.#running.get(id)?.state;
    this.#running.delete(id);
    if (state) this.#ended.fire(state);
    this.#changed.fire();
    return { started: state?.started ?? new Date(), phase: state?.progress?.phase, notices: state?.notices ?? [] };
  }

  #hear(id: number, event: JobEvent): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.state = withEvent(running.state, event);
    this.#log.event(`${running.state.kind} ${id}`, event);
    this.#events.fire({ job: running.state, event });
    this.#drawTimer ??= setTimeout(() => {
      this.#drawTimer = undefined;
      this.#changed.fire();
    }, drawInterval);
  }
}
