import { diagnosedWords } from '../../diagnosis/diagnosed-words.ts';
import { diagnoseFailure } from '../../diagnosis/ranking.ts';
import type { RunRecord } from '../../library/types.ts';
import type { FailedRun } from '../../shared/diagnosis-report.ts';
import { agoText, dateText } from './dates.ts';
import { plainText } from './plain-text.ts';
import { contextTokens, dotted } from './row.ts';
import type { Row } from './row.ts';
import type { Wording } from './wording.ts';

/** Whether a run is worth a row: it ended badly, and nobody wanted that. One that goes on has its row among the devices. */
export const isFailed = ({ end }: RunRecord): boolean => end !== undefined && !end.code.startsWith('cancelled.');

/** What a diagnosis needs of a run that the library remembers; its notices are not kept. */
export function failedRunOf({ job, started, end }: RunRecord): FailedRun {
  // The row of the knowledge follows from the code alone; the kind is for words that are not needed here.
  return { job, error: { kind: 'device', code: end?.code ?? 'crash.killed' }, phase: undefined, notices: [], started };
}

/** The last run of a device, when it failed: the likeliest cause in four words. */
export function runRow(run: RunRecord, w: Wording): Row {
  const label = run.job === 'restore' ? w.t('Last restore failed') : w.t('Last run failed');
  const [first] = diagnoseFailure(failedRunOf(run));
  const cause = first && plainText(diagnosedWords(first, { translate: w.t, locale: w.locale }).short);
  const description = dotted(cause, agoText(run.end?.at ?? run.started, w));
  return {
    id: `run:${run.udid}`,
    label,
    description,
    icon: { id: 'error', color: 'list.errorForeground' },
    context: contextTokens('run'),
    tooltip: [{ name: label, value: dateText(run.end?.at ?? run.started, w) }, { name: w.t('Cause'), value: cause ?? '' }],
    fold: 'none',
    spoken: `${label}, ${description}`,
  };
}
