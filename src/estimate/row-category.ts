import { categoryOf, type SelectedItem } from '../selection/index.ts';

/** Id of the category that a file is counted under: photos and videos together, as their tally by years parts them. */
export function rowCategory(item: SelectedItem): string | undefined {
  const category = categoryOf(item);
  return category?.parent === 'photos' ? 'photos' : category?.id;
}
