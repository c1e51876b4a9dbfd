import { parentPort, workerData } from 'node:worker_threads';
import { errorFacts } from '../shared/errors.ts';
import { BatchSlots } from './batch.ts';
import type { DraftDiskOptions } from './draft-disk.ts';
import { serveDraft } from './serve-draft.ts';
import { NodeBlockingFileSystem } from './node-file-system.ts';
import { executeTask } from './run-task.ts';
import { TaskBoard } from './task.ts';
import type { DiskTaskName } from './tasks.ts';

/** What a disk thread is started for: one task, or the disk's side of a draft until its port is closed. */
export type WorkerStart =
  | { readonly kind: 'task'; readonly name: DiskTaskName; readonly request: unknown; readonly board: SharedArrayBuffer }
  | { readonly kind: 'draft'; readonly options: DraftDiskOptions; readonly slots: SharedArrayBuffer };

function main(start: WorkerStart): void {
  const files = new NodeBlockingFileSystem();
  if (!parentPort) return;
  if (start.kind === 'draft') {
    serveDraft(parentPort, files, start.options, new BatchSlots(start.slots));
    return;
  }
  const board = new TaskBoard(start.board);
  try {
    parentPort.postMessage({ value: executeTask(start.name, start.request, { files, advance: (count, bytes) => board.advance(count, bytes) }) });
  } catch (error) {
    parentPort.postMessage({ error: errorFacts(error) });
  }
}

main(workerData as WorkerStart);
