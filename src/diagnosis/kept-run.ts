import type { RunRecord } from '../library/types.ts';
import type { Diagnosed, FailedRun } from '../shared/diagnosis-report.ts';
import type { JobNotice, JobPhase } from '../shared/job-events.ts';
import { knowledgeRow } from './knowledge/knowledge.ts';
import { diagnoseFailure } from './ranking.ts';

/** What a diagnosis needs of a run that the library remembers. Codes, phases and notices are compared and nothing else; the kind is not kept. */
export function failedRunOf({ job, started, end }: RunRecord): FailedRun {
  const { code = 'crash.killed', phase, subject, facts, notices = [] } = end ?? {};
  const error = { kind: 'device', code, ...(subject === undefined ? {} : { subject }), ...(facts && { facts: figuresOf(facts) }) } as const;
  return { job, error, phase: phase as JobPhase | undefined, notices: notices as readonly JobNotice['code'][], started };
}

/** Figures older than this, in ms, are of another disk than the one that is looked at now. */
const figuresLast = 3_600_000;

/** The same for a new look: what was free when it failed counts for a while only. */
export function lookedAtAgain(run: RunRecord, now: Date): FailedRun {
  const failed = failedRunOf(run);
  const isRecent = run.end !== undefined && now.getTime() - run.end.at.getTime() < figuresLast;
  if (isRecent) return failed;
  const { facts: _, ...error } = failed.error;
  return { ...failed, error };
}

/** Why a run failed, the likeliest cause first: as it was found out then, else as its error tells. */
export function keptDiagnosis(run: RunRecord): readonly Diagnosed[] {
  // A newer version may have kept rows that this one does not know.
  const kept = (run.end?.diagnosis ?? []).filter(({ row }) => knowledgeRow(row));
  return kept.length > 0 ? kept : diagnoseFailure(failedRunOf(run));
}

const figuresOf = (facts: Diagnosed['facts']): NonNullable<FailedRun['error']['facts']> =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (typeof value === 'boolean' ? [] : [[name, value] as const])));
