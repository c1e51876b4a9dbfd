import { categories, categoryById } from '../../selection/categories.ts';
import type { EstimateRow } from '../../shared/estimate.ts';
import type { SelectionFilter, SelectionTerm } from '../../shared/selection.ts';
import { plainText } from './plain-text.ts';
import type { Wording } from './wording.ts';

/** Lines of an estimate that are neither category, app nor domain, as the estimate names them. */
const otherNames = [
  'Without a date',
  'Media folder',
  'More domains',
  'Messages, settings and other data',
  'What the device does not list',
];

/** The same in every language. */
const properNames: ReadonlySet<string> = new Set(['WhatsApp']);

/** Every English name that is translated. */
export const rowNames: ReadonlySet<string> = new Set([...categories.map(({ name }) => name).filter((name) => !properNames.has(name)), ...otherNames]);

/** Apps and domains keep their own names; all else is in the person's language. */
export function rowName({ name }: Pick<EstimateRow, 'name'>, { t }: Pick<Wording, 't'>): string {
  return rowNames.has(name) ? t(name) : plainText(name, 120);
}

export function categoryName(id: string, { t }: Wording): string {
  const name = categoryById.get(id)?.name;
  return name === undefined ? plainText(id, 60) : rowName({ name }, { t });
}

/** What a term of a selection takes, in words: `Photos and Videos (from 2025-01-01)`. `appName` knows bundle ids. */
export function termName(term: SelectionTerm, w: Wording, appName: (bundleId: string) => string | undefined = () => undefined): string {
  const name = plainName(term, w, appName);
  const conditions = term.where ? filterWords(term.where, w) : [];
  return conditions.length === 0 ? name : `${name} (${conditions.join(', ')})`;
}

function plainName(term: SelectionTerm, w: Wording, appName: (bundleId: string) => string | undefined): string {
  switch (term.kind) {
    case 'category':
      return categoryName(term.id, w);
    case 'app':
      return plainText(appName(term.bundleId) ?? term.bundleId, 80);
    case 'domain':
      return plainText(term.domain, 80);
    case 'path':
      return plainText(`${term.domain}/${term.pattern}`, 120);
  }
}

function filterWords({ minBytes, maxBytes, after, before }: SelectionFilter, w: Wording): string[] {
  const bytes = (count: number): string => new Intl.NumberFormat(w.locale).format(count);
  return [
    after === undefined ? undefined : w.t('from {day}', { day: after }),
    before === undefined ? undefined : w.t('until {day}', { day: before }),
    minBytes === undefined ? undefined : w.t('at least {bytes} bytes', { bytes: bytes(minBytes) }),
    maxBytes === undefined ? undefined : w.t('at most {bytes} bytes', { bytes: bytes(maxBytes) }),
  ].filter((part) => part !== undefined);
}
