import { AppIndex, categories, familyOf } from '../selection/index.ts';
import type { SelectionSize } from '../shared/plan-facts.ts';
import type { AppDomains } from '../shared/selection.ts';
import type { ContentCell } from './measure-content.ts';

/** By domain. */
export const sizesByDomain = (cells: readonly ContentCell[]): Map<string, SelectionSize> => sumBy(cells, ({ domain }) => [domain]);

/** By category id, parts included in their whole: what choosing the category takes. */
export function sizesByCategory(cells: readonly ContentCell[]): Map<string, SelectionSize> {
  const wholes = new Map<string, string[]>();
  for (const { id } of categories) for (const part of familyOf(id)) wholes.set(part, [...(wholes.get(part) ?? []), id]);
  return sumBy(cells, ({ category }) => (category === undefined ? [] : (wholes.get(category) ?? [])));
}

/** By bundle id: what choosing the app takes; a group that apps share counts for each of them. */
export function sizesByApp(cells: readonly ContentCell[], apps: readonly AppDomains[]): Map<string, SelectionSize> {
  const index = new AppIndex(apps);
  return sumBy(cells, ({ domain }) => index.owners(domain));
}

function sumBy(cells: readonly ContentCell[], keysOf: (cell: ContentCell) => readonly string[]): Map<string, SelectionSize> {
  const sums = new Map<string, SelectionSize>();
  for (const cell of cells) {
    for (const key of keysOf(cell)) {
      const { bytes, files } = sums.get(key) ?? { bytes: 0, files: 0 };
      sums.set(key, { bytes: bytes + cell.bytes, files: files + cell.files });
    }
  }
  return sums;
}
