import { cloneContent } from './clone.ts';
import { gatherContent } from './gather.ts';
import { reconcileDraft } from './reconcile.ts';

/** Bulk work by name, for the worker thread. Arguments and results cross the border as structured clones. */
export const diskTasks = {
  cloneContent,
  gatherContent,
  reconcileDraft,
} as const;

export type DiskTasks = typeof diskTasks;
export type DiskTaskName = keyof DiskTasks;
