import { categoryById } from '../../selection/categories.ts';
import { termText } from '../../selection/term-text.ts';
import type { EstimateRow } from '../../shared/estimate.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import type { TickState } from '../../shared/ticks.ts';

export interface SelectionTicks {
  readonly ticks: TickState;
  /** What no row stands for: patterns, and what is not known of the device. */
  readonly unseen: readonly SelectionTerm[];
}

type Row = Pick<EstimateRow, 'id' | 'parent' | 'term'>;

/** Rows by the texts of the lines that they stand for: two for the years of photos and of videos, whose line may name both. */
export function idsByText(rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const pairs = rows.flatMap(({ id, term }) => textsOf(term).map((text) => ({ id, text })));
  return new Map([...Map.groupBy(pairs, ({ text }) => text)].map(([text, found]) => [text, found.map(({ id }) => id)]));
}

/** What a term says, and what it says a part of: `videos where …` is a part of `photos where …`. */
export function textsOf(term: SelectionTerm | undefined): string[] {
  if (!term) return [];
  const parent = term.kind === 'category' && term.where ? categoryById.get(term.id)?.parent : undefined;
  return [termText(term), ...(parent === undefined ? [] : [termText({ ...term, kind: 'category', id: parent })])];
}

/** The boxes of an estimate that say the same as a selection, as far as there are any. What is left out wins, as it does in a backup. */
export function selectionTicks(rows: readonly Row[], { include, exclude }: Selection): SelectionTicks {
  const ids = idsByText(rows);
  const idsOf = (terms: readonly SelectionTerm[]): string[] => terms.flatMap((term) => ids.get(termText(term)) ?? []);
  const out = new Set(idsOf(exclude));
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  const taken = idsOf(include).filter((id) => !isWithin(id, out, parents));
  return {
    ticks: { all: include.length === 0, rows: [...taken.map((id) => [id, true] as const), ...[...out].map((id) => [id, false] as const)] },
    unseen: [...include, ...exclude].filter((term) => !ids.has(termText(term))),
  };
}

/** Whether a row is one of `ids` or below one. */
export function isWithin(id: string, ids: ReadonlySet<string>, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (ids.has(at)) return true;
    seen.add(at);
  }
  return false;
}
