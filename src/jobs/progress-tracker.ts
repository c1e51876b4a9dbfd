import type { JobListener, JobPhase, JobProgress } from '../shared/job-events.ts';
import { RateEstimator } from './rate-estimator.ts';

/** At most one event in this many ms, except at a change of phase. */
const interval = 200;

/**
 * Turns the figures of a conversation into events for a person: bytes, files and fraction never go down, although the
 * phone's percentage may; the fraction reaches 1 only at the end; rate and remaining time appear when they were measured.
 */
export class ProgressTracker {
  readonly #listener: JobListener;
  readonly #now: () => number;
  readonly #rates = new RateEstimator();
  #phase: JobPhase = 'preparing';
  #fraction: number | undefined;
  #bytes = 0;
  #files = 0;
  #domain: string | undefined;
  #lastSent = -Infinity;
  #phaseStart: { at: number; fraction: number } | undefined;

  constructor(listener: JobListener, now: () => number = () => performance.now()) {
    this.#listener = listener;
    this.#now = now;
  }

  phase(phase: JobPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#rates.reset();
    this.#phaseStart = undefined;
    if (phase === 'finished') this.#fraction = 1;
    this.#send(true);
  }

  /** The phone's percentage (0 to 100, the state after the step it announced). */
  percent(percent: number): void {
    if (!Number.isFinite(percent) || percent <= 0) return;
    this.#fraction = Math.max(this.#fraction ?? 0, Math.min(percent / 100, 0.99));
    this.#send(false);
  }

  /** Running totals of this job. */
  passed(bytes: number, files: number, domain?: string): void {
    this.#bytes = Math.max(this.#bytes, bytes);
    this.#files = Math.max(this.#files, files);
    this.#domain = domain;
    this.#rates.add(this.#bytes, this.#now());
    this.#send(false);
  }

  get current(): JobProgress {
    return {
      phase: this.#phase,
      fraction: this.#fraction,
      bytes: this.#bytes,
      files: this.#files,
      rate: this.#rates.rate,
      remaining: this.#remaining(),
      domain: this.#domain,
    };
  }

  /** From the share of work done in this phase and the time that took; not before 5 s and 2 %. */
  #remaining(): number | undefined {
    const fraction = this.#fraction;
    if (fraction === undefined || this.#rates.rate === undefined) return undefined;
    this.#phaseStart ??= { at: this.#now(), fraction };
    const elapsed = (this.#now() - this.#phaseStart.at) / 1000;
    const done = fraction - this.#phaseStart.fraction;
    return elapsed < 5 || done < 0.02 ? undefined : (elapsed * (1 - fraction)) / done;
  }

  #send(isImportant: boolean): void {
    const at = this.#now();
    if (!isImportant && at - this.#lastSent < interval) return;
    this.#lastSent = at;
    this.#listener({ type: 'progress', progress: this.current });
  }
}
