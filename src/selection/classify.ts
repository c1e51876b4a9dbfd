import { categories, categoryById } from './categories.ts';
import { placesIn, type Category, type SelectedItem } from './category.ts';
import { domainCache } from './domain-cache.ts';

/** Answers the category that a path of one domain belongs to. */
export type Classifier = (relativePath: string) => Category | undefined;

const cache = domainCache(makeClassifier);

/** Of a domain; made once and kept, as a backup asks it for each of its files. */
export const classifierOf = (domain: string): Classifier => cache(domain);

function makeClassifier(domain: string): Classifier {
  const possible = categories.flatMap((category) => {
    const matches = placesIn(category, domain);
    return matches ? [{ category, matches }] : [];
  });
  return (relativePath) => possible.find(({ matches }) => matches(relativePath))?.category;
}

/** The category a file belongs to; `undefined` for domains that nobody knows. */
export const categoryOf = (item: SelectedItem): Category | undefined => classifierOf(item.domain)(item.relativePath);

/** The category a file belongs to, and those that this one is a part of: choosing any of them takes the file. */
export function categoriesOf(item: SelectedItem): Category[] {
  const found: Category[] = [];
  for (let next = categoryOf(item); next; next = parentOf(next)) found.push(next);
  return found;
}

/** A category's id and those of all its parts. */
export function familyOf(id: string): readonly string[] {
  return categories.filter((category) => category.id === id || ancestorIds(category).includes(id)).map((category) => category.id);
}

const parentOf = (category: Category): Category | undefined => (category.parent === undefined ? undefined : categoryById.get(category.parent));

function ancestorIds(category: Category): string[] {
  const parent = parentOf(category);
  return parent ? [parent.id, ...ancestorIds(parent)] : [];
}
