import type { Diagnosed, DiagnosisReport } from '../shared/diagnosis-report.ts';
import { writingChecks } from './checks/check.ts';
import { checks } from './checks/check-list.ts';
import { diagnosedWords, type WordsContext } from './diagnosed-words.ts';
import { rankFindings } from './ranking.ts';

export interface DeviceStatus {
  readonly severity: 'good' | 'warning' | 'blocker';
  /** At most four words. */
  readonly text: string;
  /** What the text is about; `undefined` when all is well. */
  readonly finding: Diagnosed | undefined;
}

/** What a ready device is called. */
export const readyText = 'Ready to back up';

/** Computes for seconds: only who asks for a diagnosis waits for it. */
const laborious = 'password';

/** The checks that can be made unasked: they read a few values and lists, and write nothing. */
export const quietChecks: readonly string[] = checks.map(({ id }) => id).filter((id) => id !== laborious && !writingChecks.has(id));

/** The device in four words: ready, or its most serious finding. `undefined` while the report has not looked at it to the end. */
export function deviceStatus(report: DiagnosisReport, udid: string, context: WordsContext): DeviceStatus | undefined {
  const own = report.checks.filter((check) => check.udid === undefined || check.udid === udid);
  const gravest = rankFindings(own).find(({ severity }) => severity !== 'info');
  if (gravest && gravest.severity !== 'info') return { severity: gravest.severity, text: diagnosedWords(gravest, context).short, finding: gravest };
  if (!report.isComplete || !own.some((check) => check.udid === udid)) return undefined;
  return { severity: 'good', text: context.translate(readyText), finding: undefined };
}
