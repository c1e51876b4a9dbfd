import type { ErrorFacts } from './errors.ts';
import type { JobNotice, JobPhase } from './job-events.ts';

/** One thing that a check or a failed run showed; cause, remedy and words belong to the row of the knowledge. */
export interface Diagnosed {
  /** Id of the row. */
  readonly row: string;
  readonly severity: 'blocker' | 'warning' | 'info';
  /** Figures and names that were seen, for the sentence. `code` is the error's where a run showed it. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export type CheckGroup = 'connection' | 'device' | 'computer' | 'library' | 'cloud';

export interface CheckResult {
  readonly check: string;
  readonly group: CheckGroup;
  /** The device it is about; `undefined` for what concerns this computer. */
  readonly udid: string | undefined;
  /** `unknown`: the check could not find out. `skipped`: there was nothing to look at, or another check must be good first. */
  readonly state: 'waiting' | 'running' | 'good' | 'found' | 'unknown' | 'skipped';
  /** Why it could not find out: `deadline`, or the code of an error. */
  readonly reason: string | undefined;
  readonly findings: readonly Diagnosed[];
}

export interface DiagnosisReport {
  readonly at: Date;
  readonly udid: string | undefined;
  /** Of that device, for remedies that depend on it. */
  readonly iosVersion: string | undefined;
  readonly isComplete: boolean;
  readonly checks: readonly CheckResult[];
  /** All findings, the likeliest and gravest cause first. */
  readonly ranked: readonly Diagnosed[];
}

/** A run that did not end well, as much of it as a diagnosis needs. */
export interface FailedRun {
  /** `backup`, `restore`, `pair`, `encryption`, ... */
  readonly job: string;
  readonly error: Pick<ErrorFacts, 'kind' | 'code' | 'subject' | 'facts'>;
  /** What it was doing last. */
  readonly phase: JobPhase | undefined;
  /** What it had remarked before. */
  readonly notices: readonly JobNotice['code'][];
  readonly started: Date | undefined;
}
