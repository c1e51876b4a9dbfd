import type { SelectionFilter } from '../shared/selection.ts';
import { isDay } from './day.ts';
import { badSelection } from './selection-error.ts';
import { parseSize, sizeText } from './size-text.ts';

type Conditions = { -readonly [K in keyof SelectionFilter]: SelectionFilter[K] };

/** Whether what follows ` where ` was meant as conditions. */
export const looksLikeConditions = (text: string): boolean => /^\s*(?:size\s*[<>=]|after\s|before\s)/i.test(text);

/** `size>=10MB and size<=1GB and after 2025-01-01 and before 2025-12-31`, each at most once. Throws `data.selection`. */
export function parseFilter(text: string): SelectionFilter {
  const filter: Conditions = {};
  for (const part of text.split(/\sand\s/i)) {
    const [key, value] = parseCondition(part.trim());
    if (filter[key] !== undefined) throw badSelection(`A condition stands twice: ${part.trim()}`, text);
    Object.assign(filter, { [key]: value });
  }
  checkFilter(filter, text);
  return filter;
}

/** Throws `data.selection` where no file can hold all conditions. */
export function checkFilter({ minBytes, maxBytes, after, before }: SelectionFilter, subject?: string): void {
  if (minBytes !== undefined && maxBytes !== undefined && minBytes > maxBytes) throw badSelection('The smallest size is above the largest', subject);
  if (after !== undefined && before !== undefined && after > before) throw badSelection('The first day is after the last', subject);
}

export function filterText({ minBytes, maxBytes, after, before }: SelectionFilter): string {
  const parts = [
    minBytes === undefined ? [] : `size>=${sizeText(minBytes)}`,
    maxBytes === undefined ? [] : `size<=${sizeText(maxBytes)}`,
    after === undefined ? [] : `after ${after}`,
    before === undefined ? [] : `before ${before}`,
  ];
  return parts.flat().join(' and ');
}

function parseCondition(text: string): [keyof SelectionFilter, string | number] {
  const [, sign, figure = ''] = /^size\s*(>=|<=)\s*(.+)$/i.exec(text) ?? [];
  if (sign !== undefined) {
    const bytes = parseSize(figure);
    if (bytes === undefined) throw badSelection(`Not a size: ${figure}; write for example 10MB`, text);
    return [sign === '>=' ? 'minBytes' : 'maxBytes', bytes];
  }
  const [, word = '', day = ''] = /^(after|before)\s+(.+)$/i.exec(text) ?? [];
  if (word === '') throw badSelection(`Not a condition: ${text}; there are size>=10MB, size<=10MB, after 2025-01-31 and before 2025-01-31`, text);
  if (!isDay(day)) throw badSelection(`Not a day: ${day}; write for example 2025-01-31`, text);
  return [word.toLowerCase() === 'after' ? 'after' : 'before', day];
}
