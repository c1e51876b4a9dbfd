import type { HistoryEntry } from '../../library/types.ts';
import { selectionNeedsEncryption } from '../../selection/encryption-needs.ts';
import { parseSelectionText } from '../../selection/selection-text.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { countText } from './figures.ts';
import { categoryName, termName } from './row-names.ts';
import type { Wording } from './wording.ts';

/** Terms that a sentence names one by one. */
const named = 12;

type AppName = (bundleId: string) => string | undefined;

/** `Messages, Contacts and 3 more` */
export function termList(terms: readonly SelectionTerm[], w: Wording, appName?: AppName, most = named): string {
  const names = terms.slice(0, most).map((term) => termName(term, w, appName));
  const more = terms.length - names.length;
  const parts = more > 0 ? [...names, w.t('{count} more', { count: countText(more, w) })] : names;
  return new Intl.ListFormat(w.locale, { type: 'conjunction' }).format(parts);
}

/** `only Messages and Contacts`, `all but Photos and Videos`; what stands in a row of the history. */
export function selectionShort({ include, exclude }: Selection, w: Wording, most = 3): string {
  if (include.length === 0) return w.t('all but {list}', { list: termList(exclude, w, undefined, most) });
  const only = w.t('only {list}', { list: termList(include, w, undefined, most) });
  return exclude.length === 0 ? only : w.t('{only}, without {list}', { only, list: termList(exclude, w, undefined, most) });
}

/** What a custom backup was made of; `undefined` for others, and where its record is of a newer version or damaged. */
export function entrySelection({ selection }: Pick<HistoryEntry, 'selection'>): Selection | undefined {
  try {
    return selection === undefined ? undefined : parseSelectionText(selection);
  } catch {
    return undefined;
  }
}

/** Photos with their videos and nothing else, which can be had without a backup; that way knows no part of them but by date. */
export function isMediaOnly({ include, exclude }: Selection): boolean {
  return include.length > 0 && exclude.length === 0 && include.every((term) => term.kind === 'category' && term.id === 'photos');
}

interface QuestionExtras {
  readonly appName?: AppName | undefined;
  /** Sentences about what may be a slip in the selection. */
  readonly remarks?: readonly string[];
}

/** The question before a custom backup, with what it does not do. */
export function customQuestion(
  device: { readonly name: string; readonly isEncrypted: boolean },
  selection: Selection,
  w: Wording,
  { appName, remarks = [] }: QuestionExtras = {},
): { readonly question: string; readonly detail: string } {
  const { t } = w;
  const { include, exclude } = selection;
  const detail = [
    include.length > 0 ? t('It will hold: {list}.', { list: termList(include, w, appName) }) : t('It will hold everything.'),
    exclude.length > 0 && t('It will not hold: {list}.', { list: termList(exclude, w, appName) }),
    ...remarks,
    !device.isEncrypted && encryptionSentence(selection, w),
    t('The device decides what it sends, and demands room on this computer for all of it. What was not chosen is discarded when all has come: that saves disk afterwards, hardly time.'),
    t('It can be restored like any other backup: what it does not hold stays on the device as it is.'),
    isMediaOnly(selection) && t('Photos and videos alone can also be copied as files, without a backup: that takes neither the time nor the room for the rest.'),
  ];
  return { question: t('Back up a part of {name}?', { name: device.name }), detail: detail.filter((line) => typeof line === 'string').join('\n\n') };
}

function encryptionSentence(selection: Selection, w: Wording): string | false {
  const missing = selectionNeedsEncryption(selection).map(({ id }) => categoryName(id, w));
  if (missing.length === 0) return false;
  const list = new Intl.ListFormat(w.locale, { type: 'conjunction' }).format(missing);
  return w.t('Only encrypted backups hold these, and encryption is off on this device: {list}.', { list });
}
