import { categories } from './categories.ts';
import { categoryPredicate, type Category, type Predicate, type SelectedItem } from './category.ts';

const compiled: readonly { readonly category: Category; readonly matches: Predicate }[] = categories.map((category) => ({
  category,
  matches: categoryPredicate(category),
}));

/** The category a file is shown under; `undefined` for domains that nobody knows. */
export const categoryOf = (item: SelectedItem): Category | undefined => compiled.find(({ matches }) => matches(item))?.category;

/** All categories that a file belongs to; choosing any of them takes it. */
export const categoriesOf = (item: SelectedItem): Category[] => compiled.filter(({ matches }) => matches(item)).map(({ category }) => category);
