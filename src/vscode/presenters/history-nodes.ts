import type { History } from '../../jobs/api.ts';
import { draftRow, entryRow, foreignRow, trashRow } from './history-row.ts';
import type { HistoryNode } from './nodes.ts';
import type { Row } from './row.ts';
import type { RunCause } from './run-cause.ts';
import { isFailed, runRow } from './run-row.ts';
import type { Wording } from './wording.ts';

/** What the library holds, and why the last run of a device failed, by its UDID. */
export interface ToldHistory extends History {
  readonly causes?: ReadonlyMap<string, RunCause>;
}

/** The top rows of Backup History: devices in the order of their newest backup or draft, then the other groups that have rows. */
export function rootNodes(history: ToldHistory, filter: string, w: Wording): HistoryNode[] {
  const groups: HistoryNode[] = deviceGroups(history);
  const others: HistoryNode[] = [{ kind: 'foreign-group' }, { kind: 'trash-group' }];
  return [...groups, ...others].filter((node) => childNodes(history, node, filter, w).length > 0);
}

/** The rows below `node` that match the filter; a device whose own name matches shows all of its rows. */
export function childNodes(history: ToldHistory, node: HistoryNode, filter: string, w: Wording): HistoryNode[] {
  switch (node.kind) {
    case 'group': {
      const all = groupChildren(history, node.udid);
      return matches(filter, node.name) ? all : all.filter((child) => rowMatches(child, filter, w));
    }
    case 'foreign-group':
      return newestFirst(history.foreign, ({ date }) => date)
        .map((foreign): HistoryNode => ({ kind: 'foreign', foreign }))
        .filter((child) => rowMatches(child, filter, w));
    case 'trash-group':
      return newestFirst(history.trash, ({ deletedAt }) => deletedAt)
        .map((trash): HistoryNode => ({ kind: 'trash', trash, name: nameOf(history, trash.udid) }))
        .filter((child) => rowMatches(child, filter, w));
    default:
      return [];
  }
}

function deviceGroups(history: History): HistoryNode[] {
  const newest = new Map<string, number>();
  for (const { udid, started } of [...history.runs.filter(isFailed), ...history.drafts]) newest.set(udid, started.getTime());
  for (const { udid, date } of history.entries) newest.set(udid, Math.max(newest.get(udid) ?? -Infinity, date.getTime()));
  return [...newest]
    .toSorted(([, a], [, b]) => b - a)
    .map(([udid]) => ({ kind: 'group', udid, name: nameOf(history, udid) }));
}

function groupChildren(history: ToldHistory, udid: string): HistoryNode[] {
  const drafts = history.drafts.filter((draft) => draft.udid === udid).map((draft): HistoryNode => ({ kind: 'draft', draft }));
  const entries = history.entries.filter((entry) => entry.udid === udid);
  const runs = history.runs.filter((run) => run.udid === udid && isFailed(run)).map((run): HistoryNode => ({ kind: 'run', run, cause: history.causes?.get(udid) }));
  return [...runs, ...drafts, ...entries.map((entry): HistoryNode => ({ kind: 'entry', entry }))];
}

/** The name that the device had at its newest backup. */
export function nameOf(history: History, udid: string): string {
  const entries = history.entries.filter((entry) => entry.udid === udid);
  return entries[0]?.deviceName ?? history.drafts.find((draft) => draft.udid === udid)?.deviceName ?? udid;
}

function newestFirst<T>(items: readonly T[], date: (item: T) => Date | undefined): T[] {
  return items.toSorted((a, b) => (date(b)?.getTime() ?? 0) - (date(a)?.getTime() ?? 0));
}

function rowMatches(node: HistoryNode, filter: string, w: Wording): boolean {
  if (filter === '') return true;
  const row = rowOf(node, w);
  return row !== undefined && matches(filter, `${row.label} ${row.description}`);
}

function rowOf(node: HistoryNode, w: Wording): Row | undefined {
  if (node.kind === 'entry') return entryRow(node.entry, w);
  if (node.kind === 'draft') return draftRow(node.draft, w);
  if (node.kind === 'run') return runRow(node.run, node.cause, w);
  if (node.kind === 'foreign') return foreignRow(node.foreign, w);
  if (node.kind === 'trash') return trashRow(node.trash, node.name, w);
  return undefined;
}

/** Every word of the filter occurs somewhere, in any case. */
function matches(filter: string, text: string): boolean {
  const low = text.toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => low.includes(word));
}
