import type { EstimateSource, EstimateSourceId } from '../../shared/estimate.ts';
import type { Wording } from './wording.ts';

export function sourceName(id: EstimateSourceId, { t }: Wording): string {
  const words: Readonly<Record<EstimateSourceId, string>> = {
    'last-backup': t('Last backup'),
    apps: t('Sizes of apps'),
    'disk-usage': t('Used storage'),
    'camera-roll': t('Camera roll'),
    demand: t('What the device demands'),
    'earlier-runs': t('Earlier backups'),
  };
  return words[id];
}

/** How sure the figures of a source are. */
export function sourceNote(id: EstimateSourceId, state: EstimateSource['state'], { t }: Wording): string {
  if (id === 'last-backup' && state === 'skipped') return t('There is no complete backup of this device yet.');
  const words: Readonly<Record<EstimateSourceId, string>> = {
    'last-backup': t('Exact for its time: every file of it was counted.'),
    apps: t('As the device tells them. Caches, which a backup leaves out, may be part of it.'),
    'disk-usage': t('As the device tells it. What is not listed elsewhere is judged from this.'),
    'camera-roll': t('Every photo and video on the device, counted one by one.'),
    demand: t('An experiment that you start by “Ask the Phone…”.'),
    'earlier-runs': t('How fast this device sent on earlier runs.'),
  };
  return words[id];
}

/** A step of the way through the phone's settings, as a phone in the person's language words it. */
export function settingsStep(step: string, { t }: Wording): string {
  const words: Readonly<Record<string, string>> = {
    Settings: t('Settings'),
    '[your name]': t('[your name]'),
    Storage: t('Storage'),
    'Manage Storage': t('Manage Storage'),
    'Manage Account Storage': t('Manage Account Storage'),
    Backups: t('Backups'),
    '[this device]': t('[this device]'),
  };
  return words[step] ?? step;
}
