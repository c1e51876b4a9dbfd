import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import type { ErrorAction } from '../../diagnosis/error-row.ts';
import { diagnoseFailure } from '../../diagnosis/ranking.ts';
import type { RunRecord } from '../../library/types.ts';
import { plainText } from './plain-text.ts';
import { failedRunOf } from './run-row.ts';
import type { Wording } from './wording.ts';

/** The likeliest cause of a failed run. */
export interface RunCause {
  /** At most four words. */
  readonly short: string;
  /** What happened and why. */
  readonly why: string;
  /** The best next step. */
  readonly next: string;
  /** What of it software can do. */
  readonly action: ErrorAction | undefined;
}

/** What the code and the phase of a run tell of it, for a device with this iOS. */
export function runCause(run: RunRecord, { t, locale }: Wording, iosVersion?: string): RunCause | undefined {
  const [first] = diagnoseFailure(failedRunOf(run));
  if (!first) return undefined;
  const { short, sentence, cause, steps, action } = diagnosedWords(first, { translate: t, locale, iosVersion });
  return { short: plainText(short, 60), why: plainText(`${sentence} ${cause}`, 600), next: plainText(steps[0]?.text ?? '', 600), action };
}
