import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import { diagnoseFailure } from '../../diagnosis/ranking.ts';
import type { RunRecord } from '../../library/types.ts';
import { plainText } from './plain-text.ts';
import { failedRunOf } from './run-row.ts';
import type { Wording } from './wording.ts';

/** The likeliest cause of a failed run, in four words. */
export function runCause(run: RunRecord, { t, locale }: Wording): string {
  const [first] = diagnoseFailure(failedRunOf(run));
  return first ? plainText(diagnosedWords(first, { translate: t, locale }).short, 60) : '';
}
