import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import type { ErrorAction } from '../../diagnosis/error-row.ts';
import { keptDiagnosis } from '../../diagnosis/kept-run.ts';
import type { RunRecord } from '../../library/types.ts';
import { keptPhaseText } from './job-words.ts';
import { plainText } from './plain-text.ts';
import { dotted } from './row.ts';
import type { Wording } from './wording.ts';

/** The likeliest cause of a failed run. */
export interface RunCause {
  /** At most four words. */
  readonly short: string;
  /** What happened and why. */
  readonly why: string;
  /** The code of the error, and what the run was doing. */
  readonly evidence: string;
  /** The best next step. */
  readonly next: string;
  /** What else was seen then; empty for nothing. */
  readonly also: string;
  /** What of the next step software can do. */
  readonly action: ErrorAction | undefined;
}

/** Longest text, in characters. */
const limit = 600;

/** What was found out about a run, or what its code and phase tell of it, for a device with this iOS. */
export function runCause(run: RunRecord, { t, locale }: Wording, iosVersion?: string): RunCause | undefined {
  const [first, ...others] = keptDiagnosis(run);
  if (!first) return undefined;
  const context = { translate: t, locale, iosVersion };
  const { short, sentence, cause, steps, action } = diagnosedWords(first, context);
  // What only the error makes possible was not seen: without a look around it is not told.
  const seen = run.end?.diagnosis ? others.filter(({ severity, facts }) => severity !== 'info' && facts['code'] !== run.end?.code) : [];
  return {
    short: plainText(short, 60),
    why: plainText(`${sentence} ${cause}`, limit),
    evidence: evidenceOf(run, { t }),
    next: plainText(steps[0]?.text ?? '', limit),
    also: plainText(seen.map((found) => diagnosedWords(found, context).sentence).join(' '), limit),
    action,
  };
}

function evidenceOf({ end }: RunRecord, w: Pick<Wording, 't'>): string {
  return end ? dotted(plainText(end.code, 80), keptPhaseText(end.phase, w)) : '';
}
