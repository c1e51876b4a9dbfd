import type { ErrorFacts } from '../../shared/errors.ts';
import type { JobKind } from './job-state.ts';
import type { Wording } from './wording.ts';

/** What can fail: jobs, and short actions on the library. */
export type FailedKind = JobKind | 'virtual' | 'delete' | 'change' | 'folder' | 'command';

/** The first sentence of a failed or cancelled job. */
export function failureTitle(kind: FailedKind, error: ErrorFacts, { t }: Wording): string {
  if (error.kind === 'cancelled') return cancelledTitle(kind, error, { t });
  const words: Readonly<Record<FailedKind, string>> = {
    backup: t('The backup failed.'),
    restore: t('The restore failed.'),
    pair: t('The pairing failed.'),
    encryption: t('The backup encryption was not changed.'),
    verify: t('The verification did not finish.'),
    import: t('The import failed.'),
    export: t('The export failed.'),
    'empty-trash': t('The trash could not be emptied.'),
    estimate: t('There is no estimate.'),
    'copy-media': t('Not everything could be copied.'),
    virtual: t('The virtual iPhone could not be connected.'),
    delete: t('The backup could not be deleted.'),
    change: t('The backup could not be changed.'),
    folder: t('The backup folder cannot be used.'),
    command: t('That did not work.'),
  };
  return words[kind];
}

function cancelledTitle(kind: FailedKind, error: ErrorFacts, { t }: Pick<Wording, 't'>): string {
  const onDevice = error.code === 'cancelled.device';
  if (kind === 'backup') {
    return onDevice
      ? t('The backup was cancelled on the device. The next one goes on from what has arrived.')
      : t('Backup cancelled. The next one goes on from what has arrived.');
  }
  return onDevice ? t('Cancelled on the device.') : t('Cancelled.');
}
