import type { Damage, VerifyReport } from '../../jobs/api.ts';
import { countText } from './figures.ts';
import { findingLine } from './finding-line.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** Lines of damage shown for one backup. */
const shownDamage = 1000;

/** The sentence at the end of a verification. */
export function verifiedText({ entries }: VerifyReport, w: Wording): string {
  const damaged = entries.filter(({ record }) => record.result === 'damaged');
  if (damaged.length === 0) {
    if (entries.length === 1) return w.t('The backup is good: every byte is as it was received.');
    return w.t('All {count} backups are good: every byte is as it was received.', { count: countText(entries.length, w) });
  }
  const files = damaged.reduce((sum, { record }) => sum + record.damagedFiles, 0);
  if (entries.length === 1) return w.t('The backup is damaged: {files} files are affected.', { files: countText(files, w) });
  const values = { damaged: countText(damaged.length, w), count: countText(entries.length, w), files: countText(files, w) };
  return w.t('{damaged} of {count} backups are damaged: {files} files are affected.', values);
}

/** The damage as plain text, one line a file. */
export function damageReport({ entries }: VerifyReport, w: Wording): string {
  const parts = entries.map(({ entry, damage, notes }) => {
    const more = damage.length - shownDamage;
    return [
      `${entry.udid} / ${entry.id}`,
      ...damage.slice(0, shownDamage).map((each) => `  ${damageText(each, w)}`),
      ...(more > 0 ? [`  ${w.t('and {count} more', { count: countText(more, w) })}`] : []),
      ...notes.map((note) => `  ${findingLine(note, w)}`),
    ].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

function damageText(damage: Damage, { t }: Wording): string {
  const name = damage.relativePath === undefined ? damage.path : `${damage.domain ?? ''} ${damage.relativePath} (${damage.path})`;
  const path = plainText(name, 400);
  const words: Readonly<Record<Damage['code'], string>> = {
    missing: t('missing: {path}', { path }),
    changed: t('changed: {path}', { path }),
    extra: t('not part of the backup: {path}', { path }),
    unreadable: t('cannot be read: {path}', { path }),
    row: t('damaged record: {path}', { path }),
    manifest: t('damaged file list: {path}', { path }),
    status: t('damaged status: {path}', { path }),
  };
  return words[damage.code];
}
