import { diagnosedWords, type StepWords } from '../diagnosis/diagnosed-words.ts';
import { keptDiagnosis } from '../diagnosis/kept-run.ts';
import { checkWords } from '../diagnosis/report-text.ts';
import { english } from '../diagnosis/words.ts';
import type { Diagnosed, DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { RunRecord } from '../jobs/api.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import { terminalText } from './format.ts';
import { nextCommand } from './next-command.ts';

const marks = { blocker: 'STOP', warning: 'Warning', info: 'Note' } as const;
const longest = 2000;

/** The whole report, or that of some checks: findings with what to do, then one line for what is good and one for each thing that stays open. */
export function diagnosisText(report: DiagnosisReport, isPart = false): string {
  const findings = report.ranked.map((found) => findingText(found, report));
  const well = isPart ? 'What was looked at is well.' : 'Nothing stands in the way of a backup.';
  const head = report.ranked.some(({ severity }) => severity !== 'info') || !isAnswered(report) ? [] : [well];
  return [...head, ...findings, checksText(report)].filter((part) => part !== '').join('\n\n');
}

/** How much of a finding is told, and the job that failed, where one did. */
interface Telling {
  readonly mostSteps?: number;
  readonly job?: string | undefined;
}

/** Something was found good; where nothing was looked at, nothing is well. */
const isAnswered = ({ checks }: DiagnosisReport): boolean => checks.some(({ state }) => state === 'good' || state === 'found');

/** One finding: what was seen, why, and the steps, the safest first, with what to type for them. */
export function findingText(found: Diagnosed, { iosVersion }: Pick<DiagnosisReport, 'iosVersion'>, { mostSteps = 20, job }: Telling = {}): string {
  const { sentence, cause, risk, steps } = diagnosedWords(found, { translate: english, iosVersion });
  const why = [cause, risk].filter((part) => part !== '').map((part) => `  ${part}`);
  const what = steps.slice(0, mostSteps).map((step) => `  - ${stepText(step, job)}`);
  return [`${marks[found.severity]}: ${sentence}`, ...why, ...what].map((line) => terminalText(line, longest)).join('\n');
}

function stepText({ text, destroys, action }: StepWords, job: string | undefined): string {
  const typed = nextCommand(action, job);
  return [text, destroys, typed === undefined ? '' : `[${typed}]`].filter((part) => part !== '').join(' ');
}

/** How a run of `job` failed: the likeliest cause with its best step, what else was seen, and what the device said as evidence. */
export function diagnosedFailureText({ code, subject, deviceText }: ErrorFacts, report: DiagnosisReport, job?: string): string {
  const [first, ...others] = report.ranked;
  const evidence = [code, subject, deviceText].filter((part) => part !== undefined && part !== '').join(': ');
  const also = others.filter(({ facts, severity }) => severity !== 'info' && facts['code'] !== code).map((found) => alsoText(found, report));
  const lines = [first ? findingText(first, report, { mostSteps: 2, job }) : '', ...also, terminalText(`[${evidence}]`, longest)];
  return lines.filter((line) => line !== '').join('\n');
}

/** A run of the history that did not end well, with the likeliest cause and the best step; nothing for one that goes on or was cancelled. */
export function failedRunText(run: RunRecord): string[] {
  const { udid, job, end } = run;
  if (!end || end.code.startsWith('cancelled.')) return [];
  const [cause] = keptDiagnosis(run);
  const { sentence = '', steps: [first] = [] } = cause ? diagnosedWords(cause, { translate: english }) : {};
  const failed = terminalText(`The last ${job} of ${udid} failed on ${end.at.toISOString().slice(0, 10)}: ${sentence} [${end.code}]`, longest);
  return first ? [failed, terminalText(`  - ${stepText(first, job)}`, longest)] : [failed];
}

function alsoText(found: Diagnosed, { iosVersion }: DiagnosisReport): string {
  const { sentence, steps } = diagnosedWords(found, { translate: english, iosVersion });
  return terminalText(`Also seen: ${[sentence, steps[0]?.text ?? ''].join(' ')}`, longest);
}

function checksText({ checks }: DiagnosisReport): string {
  const said = checks.map((result) => ({ ...result, words: checkWords(result, { translate: english }) }));
  const good = said.filter(({ state }) => state === 'good').map(({ words }) => words.title);
  const open = said.filter(({ state }) => state === 'unknown').map(({ words }) => `${words.title}: ${words.sentence}`);
  return [good.length === 0 ? '' : `Good: ${good.join(', ')}.`, ...open].filter((line) => line !== '').join('\n');
}
