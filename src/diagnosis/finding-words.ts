import type { Finding } from '../shared/finding.ts';
import { estimateRows } from './estimate-rows.ts';
import { libraryRows, restoreRows, verifyRows } from './finding-rows.ts';
import type { FindingRow, FindingTable } from './finding-rows.ts';
import { sizeText } from './size-text.ts';
import type { Translate, WordValue } from './words.ts';

/** Every finding with words of its own, by its code. */
export const findingTable: FindingTable = { ...restoreRows, ...libraryRows, ...verifyRows, ...estimateRows };

export interface FindingWords {
  readonly sentence: string;
  readonly next: string;
}

/** Longest fact in a sentence, in characters. */
const factLimit = 120;

/** The words for a finding; one without a row is told by its code and facts. Texts among the facts are not cleaned here. */
export function findingWords(finding: Finding, t: Translate, locale = 'en'): FindingWords {
  const row = Object.hasOwn(findingTable, finding.code) ? findingTable[finding.code] : undefined;
  if (!row) return { sentence: t('{code}: {facts}', { code: finding.code, facts: JSON.stringify(finding.facts).slice(0, factLimit) }), next: '' };
  const values = factValues(finding.facts, row, locale);
  return { sentence: t(row.sentence, values), next: row.next === '' ? '' : t(row.next, values) };
}

/** Every English sentence of the table, for the check that each has a translation. */
export function findingSentences(): string[] {
  return [...new Set(Object.values(findingTable).flatMap(({ sentence, next }) => [sentence, next]))].filter((text) => text !== '');
}

function factValues(facts: Finding['facts'], { sizes = [] }: FindingRow, locale: string): Record<string, WordValue> {
  const values = Object.entries(facts).map(([name, value]): [string, WordValue] => {
    if (typeof value === 'number') return [name, sizes.includes(name) ? sizeText(value, locale) : new Intl.NumberFormat(locale).format(value)];
    return [name, typeof value === 'string' ? value.slice(0, factLimit) : value];
  });
  return Object.fromEntries(values);
}
