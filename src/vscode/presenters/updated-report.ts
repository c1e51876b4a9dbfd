import { diagnoseFailure, rankFindings } from '../../diagnosis/ranking.ts';
import type { CheckResult, DiagnosisReport, FailedRun } from '../../shared/diagnosis-report.ts';

interface Update {
  readonly failed: FailedRun | undefined;
  /** Only some checks were made again. */
  readonly isPart: boolean;
}

/** What is looked at again replaces what was known of it as soon as it has an answer; until then the old one stands. */
export function updated(before: DiagnosisReport | undefined, again: DiagnosisReport, { failed, isPart }: Update): DiagnosisReport {
  const old = new Map(before?.checks.map((result) => [keyOf(result), result]));
  const anew = new Map(again.checks.map((result) => [keyOf(result), result]));
  const keys = before && isPart ? [...old.keys()] : [...anew.keys()];
  const checks = keys.flatMap((key) => latest(old.get(key), anew.get(key)) ?? []);
  const ranked = failed ? diagnoseFailure(failed, checks) : rankFindings(checks);
  return { ...again, iosVersion: again.iosVersion ?? before?.iosVersion, checks, ranked };
}

const keyOf = ({ check, udid }: CheckResult): string => `${udid ?? ''} ${check}`;

function latest(old: CheckResult | undefined, anew: CheckResult | undefined): CheckResult | undefined {
  return old && anew && isOpen(anew) ? { ...old, state: anew.state } : (anew ?? old);
}

const isOpen = ({ state }: CheckResult): boolean => state === 'waiting' || state === 'running';

/** The report of a look that was stopped: what was not looked at any more was left out. */
export function settled(report: DiagnosisReport): DiagnosisReport {
  const settle = (result: CheckResult): CheckResult => (isOpen(result) ? { ...result, state: result.findings.length > 0 ? 'found' : 'skipped' } : result);
  return { ...report, checks: report.checks.map(settle) };
}
