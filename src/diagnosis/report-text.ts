import type { CheckResult, Diagnosed, DiagnosisReport } from '../shared/diagnosis-report.ts';
import { checks } from './checks/check-list.ts';
import { diagnosedWords, type DiagnosedWords, type WordsContext } from './diagnosed-words.ts';
import { errorTable } from './error-words.ts';

export interface CheckWords {
  readonly title: string;
  /** What it has to say apart from its findings. */
  readonly sentence: string;
}

/** The words for a check: what it looks at, and that all is well, or that it could not find out. */
export function checkWords({ check: id, state, reason = '' }: CheckResult, { translate }: Pick<WordsContext, 'translate'>): CheckWords {
  const check = checks.find((each) => each.id === id);
  const title = translate(check?.title ?? id);
  if (state === 'good') return { title, sentence: translate(check?.good ?? '') };
  if (state !== 'unknown') return { title, sentence: '' };
  return { title, sentence: unknownText(reason, translate) };
}

/** Why a check has no answer: in the words of the error that it met, where that has some. */
function unknownText(reason: string, translate: WordsContext['translate']): string {
  const known = whyNot[reason];
  if (known !== undefined) return translate(known);
  const error = Object.hasOwn(errorTable, reason) ? errorTable[reason] : undefined;
  return error ? `${translate(couldNot.plain)} ${translate(error.sentence)}` : translate(couldNot.find, { reason });
}

export const couldNot = {
  inTime: 'This could not be found out in time.',
  plain: 'This could not be found out.',
  find: 'This could not be found out ({reason}).',
  told: 'This cannot be seen here: the system does not tell it.',
} as const;

const whyNot: Readonly<Record<string, string>> = { deadline: couldNot.inTime, 'host.not-told': couldNot.told };

/** The report as Markdown, to be copied: each finding with why and what to do, then what was looked at. */
export function reportMarkdown(report: DiagnosisReport, context: WordsContext): string {
  const words = { ...context, iosVersion: context.iosVersion ?? report.iosVersion };
  const findings = report.ranked.map((found) => findingMarkdown(found, diagnosedWords(found, words)));
  const looked = report.checks.map((result) => checkLine(result, words)).filter((line) => line !== '');
  return [...findings, looked.join('\n')].filter((part) => part !== '').join('\n\n').concat('\n');
}

const marks = { blocker: '🛑', warning: '⚠️', info: 'ℹ️' } as const;

function findingMarkdown({ severity, row }: Diagnosed, { sentence, cause, risk, steps }: DiagnosedWords): string {
  const why = [cause, risk].filter((part) => part !== '').join(' ');
  const list = steps.map(({ text, destroys }, index) => `${index + 1}. ${[text, destroys].filter((part) => part !== '').join(' ')}`).join('\n');
  return [`## ${marks[severity]} ${sentence}`, why, list, `\`${row}\``].filter((part) => part !== '').join('\n\n');
}

function checkLine(result: CheckResult, context: WordsContext): string {
  const { title, sentence } = checkWords(result, context);
  return sentence === '' ? '' : `- ${title}: ${sentence}`;
}
