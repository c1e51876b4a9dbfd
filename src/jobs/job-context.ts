import { ConnectionError, HostError, type EngineError } from '../shared/errors.ts';
import { throwIfCancelled } from '../shared/cancel.ts';
import type { JobEvent, JobNotice } from '../shared/job-events.ts';
import type { JobRun } from './api.ts';
import { stayAwake, type AwakeHold } from './awake.ts';
import { tryDisk } from './disk-probe.ts';
import { ProgressTracker } from './progress-tracker.ts';
import { SuspendWatch } from './suspend-watch.ts';
import { Watchdog, type Waiting } from './watchdog.ts';

/** What every long job has: progress, notices, a watchdog, one signal for both sides' cancel, and a computer that stays awake. */
export class JobContext {
  readonly progress: ProgressTracker;
  /** Aborted by the person here, or with `cancelled.device` by the one at the phone. */
  readonly signal: AbortSignal;
  readonly #run: JobRun;
  readonly #phoneCancel = new AbortController();
  readonly #watchdog: Watchdog;
  readonly #suspend = new SuspendWatch();
  readonly #awake: Promise<AwakeHold>;

  /** One that looks for seconds only need not keep the computer awake. */
  constructor(run: JobRun, { staysAwake = true }: { readonly staysAwake?: boolean } = {}) {
    this.#run = run;
    this.signal = AbortSignal.any([run.signal, this.#phoneCancel.signal]);
    this.#watchdog = new Watchdog(run.listener);
    this.progress = new ProgressTracker(this.listener);
    this.#awake = staysAwake ? stayAwake() : Promise.resolve({ isHeld: true, release: () => undefined });
    void this.#awake.then((hold) => {
      if (!hold.isHeld) this.notice({ code: 'sleep-not-prevented' });
    });
  }

  readonly listener = (event: JobEvent): void => {
    if (event.type === 'progress') this.#watchdog.alive(event.progress);
    this.#run.listener(event);
  };

  /** The disk that the job writes to: when nothing arrives, it is asked whether it is the one that is waited for. */
  writesTo(folder: string): void {
    this.#watchdog.tryDisk = () => tryDisk(folder);
  }

  /** While `work` goes on it is `who` that keeps the person waiting, whatever the phase says. */
  waitsFor<T>(who: Waiting, work: () => Promise<T>): Promise<T> {
    return this.#watchdog.during(who, work);
  }

  notice(notice: JobNotice): void {
    this.#run.listener({ type: 'notice', notice });
  }

  log(level: 'debug' | 'info' | 'warn', text: string): void {
    this.#run.listener({ type: 'log', level, text });
  }

  cancelFromPhone(reason: EngineError): void {
    this.#phoneCancel.abort(reason);
  }

  throwIfCancelled(): void {
    throwIfCancelled(this.signal);
  }

  /** The error as the person should hear it: a cancel wins over its consequences, and so does a computer that slept. */
  explain(error: unknown): unknown {
    if (this.signal.aborted) {
      try {
        this.throwIfCancelled();
      } catch (cancelled) {
        return cancelled;
      }
    }
    const slept = this.#suspend.seconds;
    if (slept === 0 || !(error instanceof ConnectionError)) return error;
    return new HostError('host.suspended', `The computer slept for ${slept} s and lost the connection`, { cause: error });
  }

  async end(): Promise<void> {
    this.#watchdog.stop();
    this.#suspend.stop();
    (await this.#awake).release();
  }
}

/** Runs `work` as a job: its errors are explained, and nothing of the context is left behind. */
export async function inJob<T>(run: JobRun, work: (job: JobContext) => Promise<T>): Promise<T> {
  const job = new JobContext(run);
  try {
    job.throwIfCancelled();
    return await work(job);
  } catch (error) {
    throw job.explain(error);
  } finally {
    await job.end();
  }
}
