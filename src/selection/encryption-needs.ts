import type { Selection, SelectionTerm } from '../shared/selection.ts';
import { categories, categoryById } from './categories.ts';
import { isDomainLike, type Category } from './category.ts';
import { familyOf } from './classify.ts';

/**
 * Categories that a selection names and that devices put into encrypted backups only, or mostly (`encryption` tells which).
 * A domain or path counts as naming the encrypted-only categories that lie in its domain.
 */
export function selectionNeedsEncryption({ include }: Selection): readonly Category[] {
  const ids = new Set(include.flatMap(namedCategories));
  return categories.filter(({ id, encryption }) => ids.has(id) && encryption !== 'any');
}

/** Nothing of what is chosen can be in a backup that is not encrypted. */
export const isEncryptedOnly = ({ include }: Selection): boolean =>
  include.length > 0 && include.every((term) => term.kind === 'category' && categoryById.get(term.id)?.encryption === 'encrypted-only');

function namedCategories(term: SelectionTerm): readonly string[] {
  if (term.kind === 'category') return familyOf(term.id);
  if (term.kind === 'app') return [];
  const { domain } = term;
  const lies = (category: Category): boolean =>
    category.encryption === 'encrypted-only' && category.places.some((place) => place.paths === undefined && isDomainLike(place.domain, domain));
  return categories.filter(lies).map(({ id }) => id);
}
