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

/** The boxes of an estimate that say the same as a selection, as far as there are any. What is left out wins, as it does in a backup. */
export function selectionTicks(rows: readonly Row[], { include, exclude }: Selection): SelectionTicks {
  const ids = Map.groupBy(rows.filter(({ term }) => term), ({ term }) => (term ? termText(term) : ''));
  const rowsOf = (terms: readonly SelectionTerm[]): Row[] => terms.flatMap((term) => ids.get(termText(term)) ?? []);
  const out = new Set(rowsOf(exclude).map(({ id }) => id));
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  const taken = rowsOf(include).filter((row) => !isWithin(row.id, out, parents));
  return {
    ticks: { all: include.length === 0, rows: [...taken.map(({ id }) => [id, true] as const), ...[...out].map((id) => [id, false] as const)] },
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
