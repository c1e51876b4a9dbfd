import { diagnosedWords } from '../diagnosis/diagnosed-words.ts';
import { diagnoseFailure } from '../diagnosis/ranking.ts';
import { checkWords } from '../diagnosis/report-text.ts';
import { english } from '../diagnosis/words.ts';
import type { Diagnosed, DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { RunRecord } from '../jobs/api.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import { terminalText } from './format.ts';

const marks = { blocker: 'STOP', warning: 'Warning', info: 'Note' } as const;
const longest = 2000;

/** The whole report: findings with what to do, then one line for what is good and one for each thing that stays open. */
export function diagnosisText(report: DiagnosisReport): string {
  const findings = report.ranked.map((found) => findingText(found, report));
  const head = report.ranked.some(({ severity }) => severity !== 'info') ? [] : ['Nothing stands in the way of a backup.'];
  return [...head, ...findings, checksText(report)].filter((part) => part !== '').join('\n\n');
}

/** One finding: what was seen, why, and the steps, the safest first. */
export function findingText(found: Diagnosed, { iosVersion }: Pick<DiagnosisReport, 'iosVersion'>, mostSteps = 20): string {
  const { sentence, cause, risk, steps } = diagnosedWords(found, { translate: english, iosVersion });
  const why = [cause, risk].filter((part) => part !== '').map((part) => `  ${part}`);
  const what = steps.slice(0, mostSteps).map(({ text, destroys }) => `  - ${[text, destroys].filter((part) => part !== '').join(' ')}`);
  return [`${marks[found.severity]}: ${sentence}`, ...why, ...what].map((line) => terminalText(line, longest)).join('\n');
}

/** How a run failed: the likeliest cause with its best step, what else was seen, and what the device said as evidence. */
export function diagnosedFailureText({ code, subject, deviceText }: ErrorFacts, report: DiagnosisReport): string {
  const [first, ...others] = report.ranked;
  const evidence = [code, subject, deviceText].filter((part) => part !== undefined && part !== '').join(': ');
  const also = others.filter(({ facts, severity }) => severity !== 'info' && facts['code'] !== code).map((found) => alsoText(found, report));
  const lines = [first ? findingText(first, report, 2) : '', ...also, terminalText(`[${evidence}]`, longest)];
  return lines.filter((line) => line !== '').join('\n');
}

/** A run of the history that did not end well, with the likeliest cause; nothing for one that goes on. */
export function failedRunText({ udid, job, started, end }: RunRecord): string[] {
  if (!end) return [];
  const [cause] = diagnoseFailure({ job, error: { kind: 'device', code: end.code }, phase: undefined, notices: [], started });
  const why = cause ? diagnosedWords(cause, { translate: english }).sentence : '';
  return [terminalText(`The last ${job} of ${udid} failed on ${end.at.toISOString().slice(0, 10)}: ${why} [${end.code}]`, longest)];
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
