import type { EntryRef } from '../jobs/api.ts';
import type { HistoryEntry } from '../library/types.ts';
import { UsageError } from './command.ts';
import type { Session } from './session.ts';

export const entryHelp = `ENTRY is the date as "history" shows it, any unique beginning of it, or "latest".`;

/** The entry that `word` names, among those of `udid` where it is given. */
export async function chooseEntry(session: Session, word: string, udid: string | undefined): Promise<HistoryEntry> {
  const { entries } = await session.engine.history();
  const candidates = entries.filter((entry) => udid === undefined || entry.udid === udid);
  if (word === 'latest') {
    const [latest] = candidates;
    if (!latest) throw new UsageError('The history holds no backup');
    return latest;
  }
  const exact = candidates.filter((entry) => entry.id === word);
  const found = exact.length > 0 ? exact : candidates.filter((entry) => entry.id.startsWith(word));
  const [entry, second] = found;
  if (!entry) throw new UsageError(`The history holds no backup '${word}'`);
  if (second) throw new UsageError(`'${word}' fits ${found.length} backups; add --udid or more of the date`);
  return entry;
}

export const refOf = (entry: HistoryEntry): EntryRef => ({ udid: entry.udid, id: entry.id });
