import type { Selection, SelectionTerm } from '../shared/selection.ts';
import { selectionLimits } from './limits.ts';
import { badSelection } from './selection-error.ts';
import { parseTerm, termText } from './term-text.ts';

const exclusion = 'except ';

/**
 * One line for each term, those left out begin with `except `; in one order, so that equal selections have equal texts.
 * `backup.json` and drafts hold this.
 */
export function selectionText({ include, exclude }: Selection): string {
  const lines = (terms: readonly SelectionTerm[]): string[] => [...new Set(terms.map(termText))].toSorted();
  return [...lines(include), ...lines(exclude).map((line) => exclusion + line)].join('\n');
}

/** Reads what `selectionText` wrote. Throws `DataError('data.selection')`. */
export function parseSelectionText(text: string): Selection {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > selectionLimits.terms) throw badSelection(`A selection of ${lines.length} terms is over the limit of ${selectionLimits.terms}`);
  const isOut = (line: string): boolean => line.startsWith(exclusion);
  return {
    include: lines.filter((line) => !isOut(line)).map(parseTerm),
    exclude: lines.filter(isOut).map((line) => parseTerm(line.slice(exclusion.length))),
  };
}

/** The same in one line, for a person to edit: `messages, photos where after 2025-01-01, except music`. */
export const selectionLine = (selection: Selection): string => selectionText(selection).replaceAll('\n', ', ');

/** Reads what `selectionLine` wrote, or a person did. Throws `DataError('data.selection')`. */
export const parseSelectionLine = (text: string): Selection => parseSelectionText(partsOf(text).map((part) => part.trim()).join('\n'));

/** Terms of a command line, at commas outside of double quotes: `messages,com.example.app`. Throws `DataError('data.selection')`. */
export function parseTerms(text: string): SelectionTerm[] {
  const parts = partsOf(text);
  if (parts.length > selectionLimits.terms) throw badSelection(`${parts.length} terms are over the limit of ${selectionLimits.terms}`);
  return parts.filter((part) => part.trim() !== '').map(parseTerm);
}

const partsOf = (text: string): readonly string[] => text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [];
