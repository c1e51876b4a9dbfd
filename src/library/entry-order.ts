import type { HistoryEntry } from './types.ts';

type Dated = Pick<HistoryEntry, 'udid' | 'id' | 'date' | 'laterThan'>;

/**
 * Newest first: by date, and where a clock was wrong by what each entry found when it was published. What stood there before
 * with a later date counts as just older; an entry whose record was lost has only its date.
 */
export function newestFirst<T extends Dated>(entries: readonly T[]): T[] {
  const dates = new Map(entries.map((entry) => [keyOf(entry), entry.date.getTime()]));
  for (const { udid, date, laterThan } of entries) {
    for (const id of laterThan ?? []) {
      const key = keyOf({ udid, id });
      dates.set(key, Math.min(dates.get(key) ?? Infinity, date.getTime()));
    }
  }
  const dateOf = (entry: T): number => dates.get(keyOf(entry)) ?? 0;
  return entries.toSorted((a, b) => dateOf(b) - dateOf(a) || found(b, a) - found(a, b) || b.date.getTime() - a.date.getTime() || (a.id < b.id ? 1 : -1));
}

/** Ids of the entries that are there although their dates are later than `date`. */
export const datedAfter = (entries: readonly Dated[], date: Date): string[] => entries.filter((entry) => entry.date > date).map(({ id }) => id);

/** 1 where `one` was published after `other`, although that is dated later. */
const found = (one: Dated, other: Dated): number => (one.udid === other.udid && one.laterThan?.includes(other.id) ? 1 : 0);

const keyOf = ({ udid, id }: Pick<Dated, 'udid' | 'id'>): string => `${udid}/${id}`;
