import type { Selection, SelectionFilter, SelectionTerm } from '../shared/selection.ts';
import { isDay } from './day.ts';
import { checkFilter } from './filter-text.ts';
import { bundleIdPattern, categoryIdPattern, isDomainText, isPatternText, selectionLimits } from './limits.ts';
import { badSelection } from './selection-error.ts';

type Plain = Readonly<Record<string, unknown>>;

/**
 * Reads a selection that comes as plain data: from a webview, a worker's message or a file. Unknown fields are dropped;
 * categories need not be known, as a newer version may have written them. Throws `DataError('data.selection')`.
 */
export function parseSelection(value: unknown): Selection {
  const plain = objectOf(value, 'A selection');
  const [include, exclude] = [termsOf(plain['include']), termsOf(plain['exclude'])];
  if (include.length + exclude.length > selectionLimits.terms) throw badSelection(`A selection may have ${selectionLimits.terms} terms`);
  return { include: include.map(parsePlainTerm), exclude: exclude.map(parsePlainTerm) };
}

function termsOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badSelection('The terms of a selection are no list');
  return value;
}

function parsePlainTerm(value: unknown): SelectionTerm {
  const plain = objectOf(value, 'A term');
  const term = subjectOf(plain);
  if (!term) throw badSelection('A term has an unknown kind or an unusable name', String(plain['kind']));
  return plain['where'] === undefined ? term : { ...term, where: filterOf(objectOf(plain['where'], 'A condition')) };
}

function subjectOf({ kind, id, bundleId, domain, pattern }: Plain): SelectionTerm | undefined {
  if (kind === 'category' && typeof id === 'string' && categoryIdPattern.test(id)) return { kind, id };
  if (kind === 'app' && typeof bundleId === 'string' && bundleIdPattern.test(bundleId)) return { kind, bundleId };
  if (typeof domain !== 'string' || !isDomainText(domain)) return undefined;
  if (kind === 'domain') return { kind, domain };
  return kind === 'path' && typeof pattern === 'string' && isPatternText(pattern) ? { kind, domain, pattern } : undefined;
}

function filterOf({ minBytes, maxBytes, after, before }: Plain): SelectionFilter {
  const filter = {
    ...(minBytes === undefined ? {} : { minBytes: bytesOf(minBytes) }),
    ...(maxBytes === undefined ? {} : { maxBytes: bytesOf(maxBytes) }),
    ...(after === undefined ? {} : { after: dayOf(after) }),
    ...(before === undefined ? {} : { before: dayOf(before) }),
  };
  checkFilter(filter);
  return filter;
}

function bytesOf(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw badSelection('A size is no number of bytes', String(value));
}

function dayOf(value: unknown): string {
  if (typeof value === 'string' && isDay(value)) return value;
  throw badSelection('A day is none of the calendar', String(value));
}

function objectOf(value: unknown, what: string): Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badSelection(`${what} is no object`);
  return value as Plain;
}
