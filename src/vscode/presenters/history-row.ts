import type { ForeignEntry, TrashEntry } from '../../jobs/api.ts';
import type { DraftEntry, HistoryEntry } from '../../library/types.ts';
import { agoText, dateText, shortDateText } from './dates.ts';
import { entrySelection, selectionShort } from './custom-words.ts';
import { countText, durationText, sizeText } from './figures.ts';
import { kindText, originText, verificationText } from './history-words.ts';
import { plainText } from './plain-text.ts';
import { contextTokens, dotted } from './row.ts';
import type { Row, TooltipLine } from './row.ts';
import type { Wording } from './wording.ts';

/** Terms of a selection that a tooltip names. */
const namedTerms = 12;

export function groupRow(udid: string, name: string, entries: readonly HistoryEntry[], w: Wording): Row {
  const label = plainText(name, 60) || udid;
  const own = entries.reduce((sum, entry) => sum + entry.ownSize, 0);
  const count = backupsText(entries.length, w);
  const description = dotted(count, entries.length > 0 && sizeText(own, w));
  return {
    id: `group:${udid}`,
    label,
    description,
    icon: { id: 'device-mobile' },
    context: contextTokens('group'),
    tooltip: [{ name: label, value: description }, { name: w.t('Identifier'), value: udid }],
    fold: 'open',
    spoken: `${label}, ${description}`,
  };
}

function backupsText(count: number, w: Wording): string {
  if (count === 0) return w.t('no backup yet');
  return count === 1 ? w.t('1 backup') : w.t('{count} backups', { count: countText(count, w) });
}

export function entryRow(entry: HistoryEntry, w: Wording): Row {
  const label = shortDateText(entry.date, w);
  const damaged = entry.verification?.result === 'damaged';
  const description = dotted(
    kindText(entry.kind, w),
    chosenText(entry, w),
    sizeText(entry.size, w),
    entry.isEncrypted ? w.t('encrypted') : w.t('not encrypted'),
    verificationText(entry, w),
    entry.isLocked && w.t('kept'),
    entry.note !== undefined && plainText(entry.note, 40),
  );
  return {
    id: `entry:${entry.udid}/${entry.id}`,
    label,
    description,
    icon: entryIcon(entry),
    context: contextTokens('entry', entry.isLocked ? 'locked' : 'unlocked', entry.isEncrypted ? 'encrypted' : 'plain', damaged && 'damaged'),
    tooltip: entryTooltip(entry, w),
    fold: 'none',
    spoken: `${label}, ${agoText(entry.date, w)}, ${description}`,
  };
}

function entryIcon(entry: HistoryEntry): Row['icon'] {
  if (entry.verification?.result === 'damaged') return { id: 'error', color: 'list.errorForeground' };
  if (entry.isLocked) return { id: 'pinned' };
  if (entry.isEncrypted) return { id: 'lock' };
  return entry.verification ? { id: 'pass' } : { id: 'archive' };
}

export function entryTooltip(entry: HistoryEntry, w: Wording): TooltipLine[] {
  const { t } = w;
  const lines: (TooltipLine | false)[] = [
    { name: t('Backup'), value: `${dateText(entry.date, w)} (${agoText(entry.date, w)})` },
    { name: t('Device'), value: dotted(plainText(entry.deviceName, 60), entry.iosVersion !== undefined && `iOS ${plainText(entry.iosVersion, 16)}`) },
    { name: t('Kind'), value: dotted(kindText(entry.kind, w), entry.isComplete ? t('complete') : t('not everything')) },
    ...partLines(entry, w),
    entry.missing !== undefined && { name: t('Not Received'), value: t('{files} files of its list, which the device did not send', { files: countText(entry.missing, w) }) },
    { name: t('Files'), value: countText(entry.files, w) },
    { name: t('Size'), value: t('{size}; on the disk, this backup alone occupies {own}', { size: sizeText(entry.size, w), own: sizeText(entry.ownSize, w) }) },
    { name: t('Encryption'), value: entry.isEncrypted ? t('encrypted with the backup password') : t('not encrypted: no passwords, Health or call history inside') },
    entry.duration !== undefined && { name: t('Took'), value: durationText(entry.duration, w) },
    { name: t('Checked'), value: checkedText(entry, w) },
    entry.isLocked && { name: t('Kept'), value: t('cannot be deleted until it is unlocked') },
    entry.note !== undefined && { name: t('Note'), value: plainText(entry.note, 400) },
  ];
  return lines.filter((line) => line !== false);
}

/** What a custom backup holds, in a few words. */
function chosenText(entry: HistoryEntry, w: Wording): string | undefined {
  const selection = entrySelection(entry);
  return selection && selectionShort(selection, w);
}

/** What a custom backup holds and what it lacks. */
function partLines(entry: HistoryEntry, w: Wording): TooltipLine[] {
  const { t } = w;
  if (entry.kind !== 'custom') return [];
  const selection = entrySelection(entry);
  const { leftOut } = entry;
  const holds = selection ? selectionShort(selection, w, namedTerms) : plainText(entry.selection ?? '', 400);
  const lacks = leftOut && t('{files} files, {size}, that the device sent', { files: countText(leftOut.files, w), size: sizeText(leftOut.bytes, w) });
  return [
    { name: t('Holds'), value: holds || t('a part of the device') },
    { name: t('Lacks'), value: lacks ?? t('everything else') },
    { name: t('Restore'), value: t('what it lacks stays on the device as it is') },
  ];
}

function checkedText(entry: HistoryEntry, w: Wording): string {
  const { verification } = entry;
  if (!verification) return w.t('not since it was made');
  const ago = agoText(verification.at, w);
  if (verification.result === 'good') return w.t('{ago}: all good', { ago });
  return w.t('{ago}: {count} damaged files', { ago, count: countText(verification.damagedFiles, w) });
}

export function draftRow(draft: DraftEntry, w: Wording): Row {
  const label = draft.isRunning ? w.t('Backup in progress') : w.t('Interrupted backup');
  const after = draft.isSetAside ? w.t('set aside: no backup goes on from it') : resumeText(draft, w);
  const description = dotted(agoText(draft.started, w), !draft.isRunning && after);
  return {
    id: `draft:${draft.path}`,
    label,
    description,
    icon: draft.isRunning ? { id: 'sync~spin' } : { id: 'debug-pause' },
    context: contextTokens('draft', draft.isRunning ? 'running' : draft.isSetAside ? 'set-aside' : 'resumable'),
    tooltip: [
      { name: label, value: dateText(draft.started, w) },
      { name: w.t('Received so far'), value: dotted(sizeText(draft.bytes, w), w.t('{count} files', { count: countText(draft.files, w) })) },
    ],
    fold: 'none',
    spoken: `${label}, ${description}`,
  };
}

const resumeText = ({ bytes, files }: DraftEntry, w: Wording): string =>
  w.t('resume saves {size} in {files} files', { size: sizeText(bytes, w), files: countText(files, w) });

export function foreignRow(entry: ForeignEntry, w: Wording): Row {
  const label = entry.date ? shortDateText(entry.date, w) : w.t('unknown date');
  const name = plainText(entry.deviceName ?? '', 60) || entry.udid;
  const encryption = entry.isEncrypted === undefined ? undefined : entry.isEncrypted ? w.t('encrypted') : w.t('not encrypted');
  const description = dotted(name, originText(entry.origin, w), w.t('read-only'), encryption, !entry.isFinished && w.t('unfinished'));
  return {
    id: `foreign:${entry.folder}`,
    label,
    description,
    icon: { id: 'folder-library' },
    context: contextTokens('foreign', entry.isFinished ? 'finished' : 'unfinished'),
    tooltip: [
      { name: label, value: description },
      { name: w.t('Folder'), value: plainText(entry.folder, 400) },
    ],
    fold: 'none',
    spoken: `${label}, ${description}`,
  };
}

export function foreignGroupRow(count: number, w: Wording): Row {
  const label = w.t('Backups of other programs');
  return sectionRow('foreign-group', label, countText(count, w), 'folder-library', 'closed');
}

export function trashGroupRow(trash: readonly TrashEntry[], w: Wording): Row {
  const bytes = trash.reduce((sum, entry) => sum + entry.ownSize, 0);
  return sectionRow('trash-group', w.t('Trash'), dotted(countText(trash.length, w), sizeText(bytes, w)), 'trash', 'closed');
}

function sectionRow(id: string, label: string, description: string, icon: string, fold: Row['fold']): Row {
  const tooltip = [{ name: label, value: description }];
  return { id, label, description, icon: { id: icon }, context: contextTokens(id), tooltip, fold, spoken: `${label}, ${description}` };
}

export function trashRow(entry: TrashEntry, name: string, w: Wording): Row {
  const date = entryDate(entry.id);
  const label = date ? shortDateText(date, w) : plainText(entry.id, 60);
  const device = name === entry.udid ? `…${entry.udid.slice(-4)}` : plainText(name, 60);
  const description = dotted(device, sizeText(entry.ownSize, w), w.t('deleted {ago}', { ago: agoText(entry.deletedAt, w) }));
  return {
    id: `trash:${entry.trashId}`,
    label,
    description,
    icon: { id: 'trash' },
    context: contextTokens('trash'),
    tooltip: [{ name: label, value: description }],
    fold: 'none',
    spoken: `${label}, ${description}`,
  };
}

/** The date that an entry's id is made of: `2026-11-22T16-40-12Z`. */
function entryDate(id: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z/.exec(id);
  const date = match && new Date(`${match[1]}:${match[2]}:${match[3]}Z`);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** The tooltip's lines and what only the details show. */
export function entryDetails(entry: HistoryEntry, w: Wording): TooltipLine[] {
  return [
    ...entryTooltip(entry, w),
    ...(entry.productType === undefined ? [] : [{ name: w.t('Model'), value: plainText(entry.productType, 40) }]),
    { name: w.t('Identifier'), value: `${entry.udid}/${entry.id}` },
    { name: w.t('Folder'), value: entry.path },
  ];
}
