/** One thing that a check found; cause, remedy and words belong to the row of the knowledge. */
export interface Diagnosed {
  /** Id of the row. */
  readonly row: string;
  readonly severity: 'blocker' | 'warning' | 'info';
  /** Figures and names that were seen, for the sentence. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface CheckResult {
  readonly check: string;
  readonly group: 'connection' | 'device' | 'computer' | 'library' | 'cloud';
  /** `unknown`: the check could not find out, for the reason among the findings or by its deadline. */
  readonly state: 'waiting' | 'running' | 'good' | 'found' | 'unknown' | 'skipped';
  readonly findings: readonly Diagnosed[];
}

export interface DiagnosisReport {
  readonly at: Date;
  readonly udid: string | undefined;
  readonly isComplete: boolean;
  readonly checks: readonly CheckResult[];
  /** All findings, the likeliest and gravest cause first. */
  readonly ranked: readonly Diagnosed[];
}
