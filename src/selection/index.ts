export { categories, categoryById } from './categories.ts';
export { categoryPredicate, type Category, type CategoryPlace, type Predicate, type SelectedItem } from './category.ts';
export { categoriesOf, categoryOf } from './classify.ts';
