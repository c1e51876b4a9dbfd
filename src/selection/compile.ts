import type { AppDomains, Selection, SelectionFilter, SelectionTerm } from '../shared/selection.ts';
import { AppIndex } from './app-index.ts';
import { isDomainLike } from './category.ts';
import { classifierOf, familyOf } from './classify.ts';
import { dayEnd, dayStart } from './day.ts';
import { domainCache } from './domain-cache.ts';
import { compilePattern } from './path-pattern.ts';

/** A row of a manifest as a selection sees it. */
export interface SelectionItem {
  readonly domain: string;
  /** `''` for a domain's root. */
  readonly relativePath: string;
  /** Bytes; unknown for what is no file: then conditions on it do not hold. */
  readonly size?: number | undefined;
  /** Of the last change, in Unix seconds. */
  readonly modified?: number | undefined;
}

export type SelectionPredicate = (item: SelectionItem) => boolean;

/** What a term says of one domain: `undefined` when it takes nothing there. */
type DomainTerm = (domain: string) => SelectionPredicate | undefined;

/**
 * Compiles a selection to a predicate over files; what each domain can have is worked out once. `apps` tell which groups
 * and extensions belong to a chosen app. Unknown categories take nothing: see `unknownTerms`.
 */
export function compileSelection(selection: Selection, apps: readonly AppDomains[] = []): SelectionPredicate {
  const index = new AppIndex(apps, appIdsOf(selection));
  const include = selection.include.length === 0 ? [() => always] : compileTerms(selection.include, index);
  const exclude = compileTerms(selection.exclude, index);
  const ofDomain = domainCache((domain): SelectionPredicate => {
    const [wanted, unwanted] = [anyOf(include, domain), anyOf(exclude, domain)];
    if (!wanted) return never;
    return unwanted ? (item) => wanted(item) && !unwanted(item) : wanted;
  });
  return (item) => ofDomain(item.domain)(item);
}

/** Whether the predicate needs sizes and dates, which cost the decoding of each file's record. */
export const hasConditions = ({ include, exclude }: Selection): boolean =>
  [...include, ...exclude].some(({ where }) => where !== undefined && Object.keys(where).length > 0);

const always: SelectionPredicate = () => true;
const never: SelectionPredicate = () => false;

const appIdsOf = ({ include, exclude }: Selection): string[] => [...include, ...exclude].flatMap((term) => (term.kind === 'app' ? term.bundleId : []));

/** Terms without conditions are asked together, so that a thousand chosen apps cost no more than one. */
function compileTerms(terms: readonly SelectionTerm[], index: AppIndex): DomainTerm[] {
  const plain = terms.filter(({ where }) => where === undefined);
  const conditional = terms.filter(({ where }) => where !== undefined);
  return [...compileGroup(plain, index), ...conditional.flatMap((term) => compileGroup([term], index).map((matcher) => filtered(matcher, term.where ?? {})))];
}

function compileGroup(terms: readonly SelectionTerm[], index: AppIndex): DomainTerm[] {
  const families = terms.flatMap((term) => (term.kind === 'category' ? familyOf(term.id) : []));
  const apps = new Set(terms.flatMap((term) => (term.kind === 'app' ? term.bundleId : [])));
  const domains = terms.flatMap((term) => (term.kind === 'domain' ? term.domain : []));
  const paths = terms.flatMap((term) => (term.kind === 'path' ? [{ domain: term.domain, matches: compilePattern(term.pattern) }] : []));
  return [
    ...(families.length > 0 ? [categoryTerm(new Set(families))] : []),
    ...(apps.size > 0 ? [(domain: string) => (index.owners(domain).some((owner) => apps.has(owner)) ? always : undefined)] : []),
    ...(domains.length > 0 ? [(domain: string) => (domains.some((pattern) => isDomainLike(domain, pattern)) ? always : undefined)] : []),
    ...(paths.length > 0 ? [pathTerm(paths)] : []),
  ];
}

function categoryTerm(ids: ReadonlySet<string>): DomainTerm {
  return (domain) => {
    const classify = classifierOf(domain);
    return ({ relativePath }) => {
      const category = classify(relativePath);
      return category !== undefined && ids.has(category.id);
    };
  };
}

function pathTerm(terms: readonly { readonly domain: string; readonly matches: (path: string) => boolean }[]): DomainTerm {
  return (domain) => {
    const here = terms.filter((term) => isDomainLike(domain, term.domain));
    return here.length === 0 ? undefined : ({ relativePath }) => here.some(({ matches }) => matches(relativePath));
  };
}

function filtered(term: DomainTerm, where: SelectionFilter): DomainTerm {
  const { minBytes = 0, maxBytes = Infinity } = where;
  const [from, to] = [where.after === undefined ? -Infinity : dayStart(where.after), where.before === undefined ? Infinity : dayEnd(where.before)];
  return (domain) => {
    const matches = term(domain);
    return matches && ((item) => isBetween(item.size, minBytes, maxBytes) && isWithin(item.modified, from, to) && matches(item));
  };
}

const isBetween = (size: number | undefined, least: number, most: number): boolean => (size === undefined ? least === 0 && most === Infinity : size >= least && size <= most);

const isWithin = (time: number | undefined, from: number, to: number): boolean => (time === undefined ? from === -Infinity && to === Infinity : time >= from && time < to);

function anyOf(terms: readonly DomainTerm[], domain: string): SelectionPredicate | undefined {
  const matchers = terms.flatMap((term) => term(domain) ?? []);
  if (matchers.includes(always)) return always;
  const [first, ...others] = matchers;
  return first && (others.length === 0 ? first : (item) => matchers.some((matches) => matches(item)));
}
