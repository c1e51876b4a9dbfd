import { appOfDomain } from '../format/domain.ts';
import type { Selection, SelectionTerm } from '../shared/selection.ts';
import { categoryById } from './categories.ts';
import { isDomainLike } from './category.ts';
import { classifierOf, familyOf } from './classify.ts';
import { filterText } from './filter-text.ts';

/**
 * Whether a selection takes nothing of any device, because all that it includes is certainly excluded again. `false` where
 * only a device's own files could tell.
 */
export function isVoidSelection({ include, exclude }: Selection): boolean {
  if (include.length === 0) return exclude.some((term) => term.kind === 'domain' && term.domain === '*' && term.where === undefined);
  return include.every((term) => exclude.some((other) => isAsWide(other, term) && covers(other, term)));
}

/** Whether the conditions of `other` let everything through that those of `term` do. */
const isAsWide = (other: SelectionTerm, term: SelectionTerm): boolean =>
  other.where === undefined || (term.where !== undefined && filterText(other.where) === filterText(term.where));

function covers(other: SelectionTerm, term: SelectionTerm): boolean {
  switch (other.kind) {
    case 'category':
      return coveredByCategory(other.id, term);
    case 'app':
      return term.kind === 'app' ? term.bundleId === other.bundleId : term.kind !== 'category' && appOfDomain(term.domain) === other.bundleId;
    case 'domain':
      return term.kind !== 'app' && domainsOf(term).every((domain) => isDomainLike(domain, other.domain));
    case 'path':
      return term.kind === 'path' && term.domain === other.domain && isBelow(term.pattern, other.pattern);
  }
}

/** An app's containers, groups and extensions are `apps`, unless iOS keeps what a more special category has in it. */
function coveredByCategory(id: string, term: SelectionTerm): boolean {
  const family = familyOf(id);
  if (term.kind === 'category') return family.includes(term.id);
  return term.kind === 'app' && id === 'apps' && family.includes(classifierOf(`AppDomain-${term.bundleId}`)('')?.id ?? '');
}

/** Domains that a term takes files of; some may end in `*`. */
function domainsOf(term: Exclude<SelectionTerm, { readonly kind: 'app' }>): readonly string[] {
  return term.kind === 'category' ? familyOf(term.id).flatMap((id) => categoryById.get(id)?.places.map(({ domain }) => domain) ?? []) : [term.domain];
}

const isBelow = (pattern: string, folder: string): boolean =>
  pattern === folder || folder === '**' || (folder.endsWith('/') && !folder.includes('*') && pattern.startsWith(folder));
