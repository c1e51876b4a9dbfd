import type { ErrorAction } from '../../diagnosis/error-row.ts';
import type { RunRecord } from '../../library/types.ts';
import { agoText, dateText } from './dates.ts';
import { contextTokens, dotted } from './row.ts';
import type { Row } from './row.ts';
import type { RunCause } from './run-cause.ts';
import type { Wording } from './wording.ts';

/** Whether a run is worth a row: it ended badly, and nobody wanted that. One that goes on has its row among the devices. */
export const isFailed = ({ end }: RunRecord): boolean => end !== undefined && !end.code.startsWith('cancelled.');

/** For the `when` clauses of the buttons that do the best next step. */
const steps: Readonly<Record<ErrorAction, string>> = {
  retry: 'do-retry',
  pair: 'do-pair',
  'choose-folder': 'do-choose-folder',
  'full-backup': 'do-full-backup',
  verify: 'do-verify',
  'show-jobs': 'do-show-jobs',
  'set-password': 'do-set-password',
  estimate: 'do-estimate',
};

/** The last run of a device, when it failed, with its likeliest `cause`; its buttons follow from the context. */
export function runRow(run: RunRecord, cause: RunCause | undefined, w: Wording): Row {
  const label = run.job === 'restore' ? w.t('Last restore failed') : w.t('Last run failed');
  const date = run.end?.at ?? run.started;
  const description = dotted(cause?.short, agoText(date, w));
  return {
    id: `run:${run.udid}`,
    label,
    description,
    icon: { id: 'error', color: 'list.errorForeground' },
    context: contextTokens('run', run.job === 'restore' ? 'restore' : 'backup', cause?.action && steps[cause.action]),
    tooltip: [
      { name: label, value: dateText(date, w) },
      { name: w.t('Cause'), value: cause?.why ?? '' },
      { name: w.t('Evidence'), value: cause?.evidence ?? '' },
      { name: w.t('What to do'), value: cause?.next ?? '' },
      { name: w.t('Also seen'), value: cause?.also ?? '' },
    ].filter(({ value }) => value !== ''),
    fold: 'none',
    spoken: `${label}, ${description}`,
  };
}
