import { cloneContent } from './clone.ts';
import { copyApple } from './copy-apple.ts';
import { decryptFile } from './decrypt-file.ts';
import { gatherContent } from './gather.ts';
import { healFiles } from './heal.ts';
import { sumJournal } from './journal.ts';
import { measureContent } from './measure-content.ts';
import { measureApple, measureExclusive } from './measure.ts';
import { pruneBackup } from './prune-backup.ts';
import { pruneManifest } from './prune-manifest.ts';
import { reconcileDraft } from './reconcile.ts';
import { removeTrees } from './remove-trees.ts';
import { repairNamed } from './repair.ts';
import { sealFile } from './seal-file.ts';
import { verifyBytes } from './verify-bytes.ts';
import { verifyStructure } from './verify-structure.ts';

/** Bulk work by name, for the worker thread. Arguments and results cross the border as structured clones. */
export const diskTasks = {
  cloneContent,
  copyApple,
  decryptFile,
  gatherContent,
  healFiles,
  measureApple,
  measureContent,
  measureExclusive,
  pruneBackup,
  pruneManifest,
  reconcileDraft,
  removeTrees,
  repairNamed,
  sealFile,
  sumJournal,
  verifyBytes,
  verifyStructure,
} as const;

export type DiskTasks = typeof diskTasks;
export type DiskTaskName = keyof DiskTasks;
