import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import { errorWords, type ErrorAction } from '../../diagnosis/error-words.ts';
import { knowledgeRow } from '../../diagnosis/knowledge/knowledge.ts';
import { rowOfCode } from '../../diagnosis/ranking.ts';
import type { Diagnosed } from '../../shared/diagnosis-report.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import type { Wording } from './wording.ts';

export interface FailureMessage {
  /** What happened, why, and the best next step. */
  readonly text: string;
  readonly action: ErrorAction | undefined;
  /** What was to be done is done, although the run ended badly. */
  readonly isGoodNews: boolean;
}

/** What failed, and the iOS that the ways through the settings are told for. */
export interface FailedWhat {
  readonly job: string;
  readonly iosVersion?: string | undefined;
}

/** The words for the end of a run, from its error and from what a look around has named, the likeliest cause first. */
export function failureMessage(error: ErrorFacts, { job, iosVersion }: FailedWhat, [first]: readonly Diagnosed[], w: Wording): FailureMessage {
  const isGoodNews = first !== undefined && knowledgeRow(first.row)?.isGoodNews === true;
  if (error.kind === 'cancelled' && !isGoodNews) return { text: '', action: undefined, isGoodNews };
  if (!first || isPlain(error, job, first)) return { ...plainMessage(error, job, w), isGoodNews };
  const { sentence, cause, steps, action } = diagnosedWords(first, { translate: w.t, locale: w.locale, iosVersion });
  return { text: joined(sentence, cause, steps[0]?.text, evidence(error)), action, isGoodNews };
}

/** The likeliest cause is just what the error says, in words that know its figures; no check has seen one that it lacks. */
function isPlain({ code, facts: told }: ErrorFacts, job: string, { row, facts }: Diagnosed): boolean {
  const isSame = row === 'error.other' || row === code || row === rowOfCode(code, job)?.id;
  const known = new Set(['code', 'phase', ...Object.keys(told ?? {})]);
  return isSame && (told === undefined || Object.keys(facts).every((name) => known.has(name)));
}

function plainMessage(error: ErrorFacts, job: string, w: Wording): Pick<FailureMessage, 'text' | 'action'> {
  const { sentence, cause, next, action } = errorWords(error, w.t, { job, locale: w.locale });
  return { text: joined(sentence, cause, next), action };
}

/** What the device said, for who wants to search for it. */
const evidence = ({ kind, code }: ErrorFacts): string => (kind === 'device' ? `[${code}]` : '');

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join(' ');
