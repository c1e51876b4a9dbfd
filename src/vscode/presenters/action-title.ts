import type { ErrorAction } from '../../diagnosis/error-row.ts';
import type { Wording } from './wording.ts';

/** The button for what software can do. */
export function actionTitle(action: ErrorAction, { t }: Pick<Wording, 't'>): string {
  const titles: Readonly<Record<ErrorAction, string>> = {
    retry: t('Try Again'),
    pair: t('Pair (Trust)'),
    'choose-folder': t('Choose Backup Folder'),
    'full-backup': t('Full Backup'),
    verify: t('Verify Backup'),
    'show-jobs': t('Show Running Jobs'),
    'set-password': t('Set Backup Password'),
    estimate: t('Estimate Backup Size'),
  };
  return titles[action];
}
