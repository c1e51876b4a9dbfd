import type { AppDomains, Selection, SelectionTerm } from '../shared/selection.ts';
import { categoryById } from './categories.ts';
import { isDomainLike } from './category.ts';
import { closest, closestApp, closestCategory } from './suggest.ts';

/** What is known to exist; a part that is absent is not checked. */
export interface KnownNames {
  readonly apps?: readonly AppDomains[] | undefined;
  readonly domains?: readonly string[] | undefined;
}

export interface UnknownTerm {
  readonly list: 'include' | 'exclude';
  readonly index: number;
  readonly term: SelectionTerm;
  /** The same term with the name that was probably meant. */
  readonly suggestion: SelectionTerm | undefined;
}

/** Terms whose category, app or domain does not exist. */
export function unknownTerms(selection: Selection, known: KnownNames = {}): UnknownTerm[] {
  const check = (list: UnknownTerm['list']): UnknownTerm[] =>
    selection[list].flatMap((term, index) => (isKnown(term, known) ? [] : [{ list, index, term, suggestion: suggest(term, known) }]));
  return [...check('include'), ...check('exclude')];
}

function isKnown(term: SelectionTerm, { apps, domains }: KnownNames): boolean {
  if (term.kind === 'category') return categoryById.has(term.id);
  if (term.kind === 'app') return apps?.some(({ bundleId }) => bundleId === term.bundleId) ?? true;
  return domains?.some((domain) => isDomainLike(domain, term.domain)) ?? true;
}

function suggest(term: SelectionTerm, { apps = [], domains = [] }: KnownNames): SelectionTerm | undefined {
  if (term.kind === 'category') {
    const id = closestCategory(term.id);
    return id === undefined ? undefined : { ...term, id };
  }
  if (term.kind === 'app') {
    const bundleId = closestApp(term.bundleId, apps);
    return bundleId === undefined ? undefined : { ...term, bundleId };
  }
  const domain = closest(term.domain, domains);
  return domain === undefined ? undefined : { ...term, domain };
}
