import type { AppDomains } from '../shared/selection.ts';
import { categories } from './categories.ts';

const longest = 128;

/** The candidate that a misspelt `word` most likely means; `undefined` when none is near. Case does not count. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, longest);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase().slice(0, longest), least);
    if (distance >= least) continue;
    [best, least] = [candidate, distance];
  }
  return best;
}

/** Id of the category whose id or name is nearest. */
export const closestCategory = (word: string): string | undefined => closestNamed(word, categories, ({ id }) => id);

/** Bundle id of the app whose bundle id or name is nearest. */
export const closestApp = (word: string, apps: readonly AppDomains[]): string | undefined => closestNamed(word, apps, ({ bundleId }) => bundleId);

function closestNamed<T extends { readonly name: string | undefined }>(word: string, items: readonly T[], idOf: (item: T) => string): string | undefined {
  // Of what is equally near, ids count more than names.
  const ids = new Map(items.map((item) => [idOf(item), idOf(item)]));
  for (const item of items) if (item.name !== undefined && !ids.has(item.name)) ids.set(item.name, idOf(item));
  const key = closest(word, ids.keys());
  return key === undefined ? undefined : ids.get(key);
}

/** Letters to insert, delete, replace or swap; gives up with `limit` where there are as many. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) >= limit) return limit;
    [beforeLast, last] = [last, next];
  }
  return last[b.length] ?? limit;
}
