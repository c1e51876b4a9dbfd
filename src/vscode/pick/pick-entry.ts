import { ThemeIcon, window } from 'vscode';
import type { EntryRef } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import { dateText } from '../presenters/dates.ts';
import { entryRow } from '../presenters/history-row.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { plainText, withoutIcons } from '../presenters/plain-text.ts';
import { dotted } from '../presenters/row.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import type { Choice } from './ask.ts';

export interface EntryQuestion {
  readonly title: string;
  readonly accepts?: (entry: HistoryEntry) => boolean;
  readonly noneAccepted?: string;
}

/** The entry of the row that the command was called on, the only one there is, or the one picked; newest first. */
export async function pickEntry(services: Services, argument: unknown, question: EntryQuestion): Promise<HistoryEntry | undefined> {
  const node = nodeArgument(argument, 'entry');
  if (node) return services.history.find(node.entry) ?? node.entry;
  await services.history.refresh();
  const all = entriesNewestFirst(services);
  const entries = question.accepts ? all.filter(question.accepts) : all;
  if (entries.length === 0) {
    const words = all.length > 0 ? question.noneAccepted : undefined;
    void window.showInformationMessage(words ?? t('There are no backups yet.'));
    return undefined;
  }
  const picked = await window.showQuickPick(entries.map(entryChoice), {
    title: question.title,
    placeHolder: t('Which backup?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.value;
}

export function entriesNewestFirst(services: Services): HistoryEntry[] {
  return [...(services.history.history?.entries ?? [])];
}

export function entryChoice(entry: HistoryEntry): Choice<HistoryEntry> {
  const row = entryRow(entry, wording());
  return {
    label: withoutIcons(row.label),
    description: withoutIcons(plainText(entry.deviceName, 60)),
    detail: withoutIcons(row.description),
    iconPath: new ThemeIcon(row.icon.id),
    value: entry,
  };
}

export function refOf({ udid, id }: EntryRef): EntryRef {
  return { udid, id };
}

/** `Anna's iPhone, Nov 22, 2026, 4:40 PM` */
export function entryTitle(entry: HistoryEntry): string {
  const w = wording();
  return dotted(plainText(entry.deviceName, 60), dateText(entry.date, w));
}
