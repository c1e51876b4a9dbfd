import type { FailedRun } from '../shared/diagnosis-report.ts';
import { errorFacts } from '../shared/errors.ts';
import type { JobListener, JobNotice, JobPhase } from '../shared/job-events.ts';
import type { JobRun } from './api.ts';

/** Stands beside a run and remembers what a diagnosis of its end needs. */
export class RunWitness {
  readonly #started = new Date();
  readonly #notices = new Set<JobNotice['code']>();
  #phase: JobPhase | undefined;

  get notices(): readonly JobNotice['code'][] {
    return [...this.#notices];
  }

  /** The same run, heard by the witness as well. */
  beside(run: JobRun): JobRun {
    const listener: JobListener = (event) => {
      if (event.type === 'progress') this.#phase = event.progress.phase;
      if (event.type === 'notice') this.#notices.add(event.notice.code);
      run.listener(event);
    };
    return { ...run, listener };
  }

  failed(job: string, error: unknown): FailedRun {
    const { kind, code, subject, facts } = errorFacts(error);
    return { job, error: { kind, code, subject, facts }, phase: this.#phase, notices: this.notices, started: this.#started };
  }
}
