import type { MessagePort } from 'node:worker_threads';
import { errorFacts } from '../shared/errors.ts';
import type { BatchSlots } from './batch.ts';
import { diskError } from './disk-error.ts';
import { DraftDisk, type DraftDiskOptions } from './draft-disk.ts';
import { executeDraftRequest, type DraftReply, type DraftRequest } from './draft-thread.ts';
import type { BlockingFileSystem } from './file-system.ts';

/** Answers the requests of a `DraftThread` until its worker is terminated. */
export function serveDraft(port: MessagePort, files: BlockingFileSystem, options: DraftDiskOptions, slots: BatchSlots): void {
  let disk: DraftDisk | undefined;
  port.on('message', (request: DraftRequest) => {
    const reply = (answer: Omit<DraftReply, 'number'>): void => port.postMessage({ number: request.number, ...answer } satisfies DraftReply);
    try {
      disk ??= new DraftDisk(files, options);
      reply({ value: executeDraftRequest(disk, slots, request) });
    } catch (error) {
      reply({ error: errorFacts(diskError(error, options.draft)) });
    }
  });
}
