import { parseTerm } from '../../selection/term-text.ts';
import type { SelectionCheck } from '../../shared/selection-check.ts';
import { shortDateText } from './dates.ts';
import { plainText } from './plain-text.ts';
import { termName } from './row-names.ts';
import type { Wording } from './wording.ts';

/** Names that a sentence has one by one. */
const named = 8;

/** What may be a slip in a selection, in sentences, before the device is asked for anything. */
export function checkTexts({ unknown, unsure, unmatched, wasEmpty, date }: SelectionCheck, w: Wording): string[] {
  return [
    ...(unknown.length > 0 ? [unknownText(unknown, w)] : []),
    ...(unsure.length > 0 ? [unsureText(unsure, w)] : []),
    ...(date && (wasEmpty || unmatched.length > 0) ? [unmatchedText(wasEmpty ? [] : unmatched, date, w)] : []),
  ];
}

/** Why a run would come to nothing; `undefined` where it may hold something. */
export function hopelessText({ isVoid, isHopeless, unknown }: SelectionCheck, w: Wording): string | undefined {
  if (isVoid) return w.t('Nothing would be left: all that this selection includes is excluded again.');
  return isHopeless ? w.t('The device has none of the chosen apps: {list}.', { list: unknownList(unknown, w) }) : undefined;
}

export const unknownText = (terms: SelectionCheck['unknown'], w: Wording): string =>
  w.t('Neither the device nor its last backup knows {list}.', { list: unknownList(terms, w) });

export const unsureText = (terms: readonly string[], w: Wording): string =>
  w.t('Whether the device has {list} shows only at the end: it need not list apps of the system, and no earlier backup tells.', { list: listOf(terms, w) });

export function unmatchedText(terms: readonly string[], date: Date, w: Wording): string {
  const day = shortDateText(date, w);
  if (terms.length === 0) return w.t('This selection took nothing of the last backup ({date}).', { date: day });
  return w.t('Nothing of the last backup ({date}) is taken by {list}.', { date: day, list: listOf(terms, w) });
}

function unknownList(terms: SelectionCheck['unknown'], w: Wording): string {
  const line = ({ term, suggestion }: SelectionCheck['unknown'][number]): string =>
    suggestion === undefined ? shown(term, w) : w.t('{name} (“{near}” was probably meant)', { name: shown(term, w), near: plainText(suggestion, 80) });
  return joined(terms.map(line), w);
}

const listOf = (terms: readonly string[], w: Wording): string => joined(terms.map((term) => shown(term, w)), w);

function joined(names: readonly string[], w: Wording): string {
  const more = names.length - named;
  const parts = more > 0 ? [...names.slice(0, named), w.t('{count} more', { count: more })] : names;
  return new Intl.ListFormat(w.locale, { type: 'conjunction' }).format(parts);
}

/** A term by its name; as it stands where a newer version wrote it. */
function shown(term: string, w: Wording): string {
  try {
    return termName(parseTerm(term), w);
  } catch {
    return plainText(term, 80);
  }
}
