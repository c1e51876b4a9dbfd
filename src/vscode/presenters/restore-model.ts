import { defaultRestoreOptions } from '../../jobs/api.ts';
import type { Finding, ForeignEntry, RestoreOptions } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import { dateText } from './dates.ts';
import { findingLine } from './finding-line.ts';
import { entrySelection, selectionShort } from './custom-words.ts';
import { countText, sizeText } from './figures.ts';
import { originText } from './history-words.ts';
import { plainText } from './plain-text.ts';
import { dotted } from './row.ts';
import type { Wording } from './wording.ts';

/** What can be restored: an entry of the history, or a backup of another program. */
export type RestoreSource = { readonly kind: 'entry'; readonly entry: HistoryEntry } | { readonly kind: 'foreign'; readonly foreign: ForeignEntry };

/** What happens to data on the device that the backup lacks. */
export type Manner = 'keep' | 'remove';

export type OptionName = 'systemFiles' | 'preserveSettings' | 'reinstallApps' | 'reboot';

export interface ChoiceText {
  readonly label: string;
  readonly detail: string;
}

export const optionNames: readonly OptionName[] = ['systemFiles', 'preserveSettings', 'reinstallApps', 'reboot'];

export function sourceUdid(source: RestoreSource): string {
  return source.kind === 'entry' ? source.entry.udid : source.foreign.udid;
}

export function isEncrypted(source: RestoreSource): boolean {
  return source.kind === 'entry' ? source.entry.isEncrypted : source.foreign.isEncrypted === true;
}

/** A custom backup: it holds a part only, so restoring it never removes what it lacks. */
export function isPart(source: RestoreSource): boolean {
  return source.kind === 'entry' && source.entry.kind === 'custom';
}

/** `Anna's iPhone · Nov 22, 2026, 4:40 PM` */
export function sourceTitle(source: RestoreSource, w: Wording): string {
  if (source.kind === 'entry') return dotted(plainText(source.entry.deviceName, 60), dateText(source.entry.date, w));
  const { foreign } = source;
  return dotted(plainText(foreign.deviceName ?? foreign.udid, 60), foreign.date && dateText(foreign.date, w), originText(foreign.origin, w));
}

export function mannerText(manner: Manner, { t }: Wording): ChoiceText {
  if (manner === 'keep') {
    return {
      label: t('Put the backup over what is there'),
      detail: t('Data becomes as in the backup. What the backup does not hold, stays.'),
    };
  }
  return {
    label: t('Make the device exactly like the backup'),
    detail: t('As above, and everything on the device that the backup does not hold is deleted.'),
  };
}

export function optionText(option: OptionName, { t }: Wording): ChoiceText {
  const words: Readonly<Record<OptionName, ChoiceText>> = {
    systemFiles: { label: t('System data'), detail: t('Accounts, keyboards, Home Screen and the like, besides the data of apps.') },
    preserveSettings: { label: t("Keep the device's own settings"), detail: t('Settings that belong to this very device are not replaced.') },
    reinstallApps: { label: t('Install the apps again'), detail: t('The device loads them from the App Store; their data comes from the backup.') },
    reboot: { label: t('Restart at the end'), detail: t('Needed before all data is in use.') },
  };
  return words[option];
}

/** The options ticked at first: the safe ones. */
export function defaultOptionNames(): OptionName[] {
  return optionNames.filter((name) => defaultRestoreOptions[name]);
}

export function restoreOptions(manner: Manner, picked: readonly OptionName[]): RestoreOptions {
  return {
    systemFiles: picked.includes('systemFiles'),
    preserveSettings: picked.includes('preserveSettings'),
    reinstallApps: picked.includes('reinstallApps'),
    reboot: picked.includes('reboot'),
    removeItemsNotRestored: manner === 'remove',
  };
}

export interface RestorePlan {
  readonly source: RestoreSource;
  readonly deviceName: string;
  readonly isVirtual: boolean;
  readonly options: RestoreOptions;
}

/** The last question before a restore: it names the device, the backup, its date and what is replaced. */
export function restoreQuestion(plan: RestorePlan, findings: readonly Finding[], w: Wording): { readonly question: string; readonly detail: string } {
  const { t } = w;
  const { source, deviceName, options } = plan;
  const device = plan.isVirtual ? t('{device} (virtual)', { device: deviceName }) : deviceName;
  const lines = [
    t('Backup: {backup}', { backup: sourceTitle(source, w) }),
    source.kind === 'entry' && t('It holds {files} files, {size}.', { files: countText(source.entry.files, w), size: sizeText(source.entry.size, w) }),
    source.kind === 'entry' && partSentence(source.entry, w),
    t('Data on {device} is replaced by the data of the backup, and newer data there is lost.', { device }),
    options.removeItemsNotRestored && t('Everything on {device} that the backup does not hold is DELETED.', { device }),
    options.reboot && t('The device restarts at the end.'),
  ];
  const found = findings.map((finding) => `• ${findingLine(finding, w)}`);
  const detail = [lines.filter((line) => typeof line === 'string').join('\n'), ...found].join('\n\n');
  return { question: t('Restore this backup to {device}?', { device }), detail };
}

/** Terms of a selection that the last question names. */
const namedTerms = 8;

function partSentence(entry: HistoryEntry, w: Wording): string | undefined {
  if (entry.kind !== 'custom') return undefined;
  const selection = entrySelection(entry);
  const list = selection ? selectionShort(selection, w, namedTerms) : w.t('a part of the device');
  return w.t('It is a custom backup ({list}). What it does not hold stays on the device as it is.', { list });
}
