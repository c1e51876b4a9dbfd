import type { ForeignEntry } from '../../jobs/api.ts';
import type { BackupKind, HistoryEntry } from '../../library/types.ts';
import type { Wording } from './wording.ts';

export function kindText(kind: BackupKind, { t }: Wording): string {
  const words: Readonly<Record<BackupKind, string>> = {
    full: t('full'),
    incremental: t('incremental'),
    custom: t('custom'),
    imported: t('imported'),
  };
  return words[kind];
}

export function originText(origin: ForeignEntry['origin'], { t }: Wording): string {
  const words: Readonly<Record<ForeignEntry['origin'], string>> = {
    finder: 'Finder',
    itunes: 'iTunes',
    'apple-devices': 'Apple Devices',
    other: t('another program'),
  };
  return words[origin];
}

export function verificationText(entry: HistoryEntry, { t }: Wording): string | undefined {
  if (!entry.verification) return undefined;
  return entry.verification.result === 'good' ? t('verified') : t('damaged');
}
