import type { CheckResult, Diagnosed, FailedRun } from '../shared/diagnosis-report.ts';
import { knowledge, knowledgeRow, placeOf, type KnowledgeRow, type Sign } from './knowledge/knowledge.ts';

const severityOrder = { blocker: 0, warning: 1, info: 2 } as const;

/** A suspicion of the failed run that a check confirms rises by this much; what most devices show confirms little. */
const confirmation = { blocker: 1, warning: 0.8, info: 0.2 } as const;

/** What checks found counts by itself, too: more than the second guess at what an error may mean. */
const seenAlone = { blocker: 0.6, warning: 0.5, info: 0.05 } as const;
const secondGuess = 0.5;

/** Less telling signs than this name no cause. */
const leastWeight = 0.2;

/** All that checks found, what stops a backup first. */
export function rankFindings(checks: readonly CheckResult[]): Diagnosed[] {
  return unique(checks.flatMap(({ findings }) => findings)).toSorted(
    (a, b) => severityOrder[a.severity] - severityOrder[b.severity] || standing(a) - standing(b) || placeOf(a.row) - placeOf(b.row),
  );
}

/** Why a run failed, the likeliest cause first: what its error points to, and what checks see then. */
export function diagnoseFailure(failed: FailedRun, checks: readonly CheckResult[] = []): Diagnosed[] {
  const seen = new Map(rankFindings(checks).map((found) => [found.row, found]));
  const good = new Set(checks.filter(({ state }) => state === 'good').map(({ check }) => check));
  const suspected = suspicions(failed, good);
  const rows = new Set([...suspected.keys(), ...seen.keys()]);
  if (suspected.size === 0) rows.add('error.other');
  for (const row of rows) if (knowledgeRow(row)?.follows?.some((cause) => rows.has(cause))) rows.delete(row);
  const best = Math.max(leastWeight, ...[...suspected].map(([row, weight]) => confirmed(weight, seen.get(row))));
  const scored = [...rows].map((row) => ({ found: combine(row, seen.get(row), failed), score: scoreOf(row, suspected.get(row), seen.get(row), best) }));
  return scored.toSorted((a, b) => b.score - a.score || placeOf(a.found.row) - placeOf(b.found.row)).map(({ found }) => found);
}

/** The row that an error alone points to, for checks that meet one. */
export function rowOfCode(code: string, job = 'check'): KnowledgeRow | undefined {
  const failed: FailedRun = { job, error: { kind: 'device', code }, phase: undefined, notices: [], started: undefined };
  const [best] = [...suspicions(failed, new Set())].toSorted(([, a], [, b]) => b - a);
  return best && knowledgeRow(best[0]);
}

function suspicions(failed: FailedRun, good: ReadonlySet<string>): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, signs } of knowledge) {
    const weight = Math.max(0, ...signs.filter((sign) => holds(sign, failed, good)).map((sign) => sign.weight));
    if (weight >= leastWeight) found.set(id, weight);
  }
  return found;
}

function holds(sign: Sign, { error, phase, notices, job }: FailedRun, good: ReadonlySet<string>): boolean {
  return (
    sign.code === error.code &&
    (sign.subject === undefined || sign.subject === error.subject) &&
    (sign.phases === undefined || (phase !== undefined && sign.phases.includes(phase))) &&
    (sign.notice === undefined || notices.includes(sign.notice)) &&
    (sign.jobs === undefined || sign.jobs.includes(job)) &&
    (sign.good === undefined || good.has(sign.good))
  );
}

function scoreOf(row: string, weight: number | undefined, seen: Diagnosed | undefined, best: number): number {
  if (seen && knowledgeRow(row)?.isGoodNews) return 3;
  if (weight === undefined) return seen ? seenAlone[seen.severity] : leastWeight;
  const score = confirmed(weight, seen);
  return seen || score === best ? score : score * secondGuess;
}

const confirmed = (weight: number, seen: Diagnosed | undefined): number => weight + (seen ? confirmation[seen.severity] : 0);

function combine(row: string, seen: Diagnosed | undefined, { error, phase }: FailedRun): Diagnosed {
  if (seen) return seen;
  const facts = { ...error.facts, code: error.code, ...(phase === undefined ? {} : { phase }) };
  return { row, severity: knowledgeRow(row)?.severity ?? 'warning', facts };
}

const standing = ({ row }: Diagnosed): number => (knowledgeRow(row)?.isStanding ? 1 : 0);

function unique(findings: readonly Diagnosed[]): Diagnosed[] {
  return [...new Map(findings.map((found) => [found.row, found])).values()];
}
