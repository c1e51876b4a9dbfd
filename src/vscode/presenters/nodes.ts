import type { DeviceSummary } from '../../device/types.ts';
import type { ForeignEntry, TrashEntry } from '../../jobs/api.ts';
import type { DraftEntry, HistoryEntry, RunRecord } from '../../library/types.ts';
import type { RunCause } from './run-cause.ts';

/** What a row of the Devices tree stands for. */
export type DeviceNode =
  | { readonly kind: 'device'; readonly device: DeviceSummary }
  | { readonly kind: 'fact'; readonly device: DeviceSummary; readonly fact: DeviceFact };

export type DeviceFact = 'last-backup' | 'encryption' | 'trust' | 'lock' | 'battery' | 'storage' | 'cloud';

/** What a row of the Backup History tree stands for. */
export type HistoryNode =
  | { readonly kind: 'group'; readonly udid: string; readonly name: string }
  | { readonly kind: 'entry'; readonly entry: HistoryEntry }
  | { readonly kind: 'draft'; readonly draft: DraftEntry }
  | { readonly kind: 'run'; readonly run: RunRecord; readonly cause: RunCause | undefined }
  | { readonly kind: 'foreign-group' }
  | { readonly kind: 'foreign'; readonly foreign: ForeignEntry }
  | { readonly kind: 'trash-group' }
  | { readonly kind: 'trash'; readonly trash: TrashEntry; readonly name: string };

export type Node = DeviceNode | HistoryNode;

type NodeOf<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;

/**
 * The row that a command was called on, or `undefined` when it was called from the palette.
 *
 * The editor hands the tree's own objects back; anything else (a keybinding's argument, another extension) is ignored.
 */
export function nodeArgument<K extends Node['kind']>(argument: unknown, ...kinds: readonly K[]): NodeOf<K> | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined;
  return kinds.includes(argument.kind as K) ? (argument as NodeOf<K>) : undefined;
}
