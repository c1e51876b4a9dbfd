import { selectionText } from '../selection/index.ts';
import { newestFirst } from '../library/entry-order.ts';
import type { HistoryEntry } from '../library/index.ts';
import { isComplete, type Plan, type Retention } from './plan.ts';

const day = 24 * 3_600_000;

/**
 * Backups of a device that a run of this plan could have made, newest first: complete ones for a plan of everything, else
 * custom ones of exactly its choice. Imported backups are nobody's.
 */
export function backupsOfPlan(plan: Pick<Plan, 'selection'>, entries: readonly HistoryEntry[], udid: string): HistoryEntry[] {
  const wanted = selectionText(plan.selection);
  const isOwn = ({ kind, selection }: HistoryEntry): boolean =>
    isComplete(plan) ? kind === 'full' || kind === 'incremental' : kind === 'custom' && selection === wanted;
  return newestFirst(entries.filter((entry) => entry.udid === udid && isOwn(entry)));
}

/**
 * Which of these backups of one plan, newest first, go to the trash: those that no rule keeps. Never the newest, never a locked
 * one. A backup from the future of a clock that was wrong counts as young.
 */
export function expiredBackups(backups: readonly HistoryEntry[], { keepLast, keepDays }: Retention, now: Date): HistoryEntry[] {
  const oldest = keepDays === undefined ? undefined : now.getTime() - keepDays * day;
  const isKept = (entry: HistoryEntry, index: number): boolean =>
    index === 0 || entry.isLocked || (keepLast !== undefined && index < keepLast) || (oldest !== undefined && entry.date.getTime() >= oldest);
  return keepLast === undefined && keepDays === undefined ? [] : backups.filter((entry, index) => !isKept(entry, index));
}
