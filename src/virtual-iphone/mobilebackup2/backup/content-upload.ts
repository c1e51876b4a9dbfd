import type { PhoneItem } from '../../contract.ts';
import { devicePath } from './device-paths.ts';
import { fileIdOf, shardOf } from '../manifest/file-id.ts';
import { writeRecord } from '../manifest/record-writer.ts';
import type { Outgoing } from '../link/upload.ts';
import { chunkSize } from '../link/units.ts';
import { Progress } from '../state/progress.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { BackupContext } from './backup-context.ts';
import { ContentSealer } from './content-sealer.ts';
import { requireOk } from './host-files.ts';
import { backupItems } from './items.ts';
import type { UploadPlan } from './scan.ts';

/** Files of one UploadFiles message; 128 in logs of real phones. */
const batchFiles = 128;
/** Bytes after which a batch is closed; its real limit is not public. */
const batchBytes = 64 << 20;

interface Entry {
  readonly row: number;
  readonly item: PhoneItem;
  readonly fileId: string;
}

interface Batch {
  readonly entries: readonly Entry[];
  readonly bytes: number;
}

/** Sends the contents that the plan names into the host's Snapshot folder and writes the rows they belong to. */
export async function uploadContent(context: BackupContext, snapshot: Snapshot, plan: UploadPlan): Promise<void> {
  const sealer = new ContentSealer(context.phone.content, context.keys, chunkSize);
  const progress = new Progress(plan.bytes, plan.files);
  for (const batch of batches(context, snapshot, plan)) {
    const step = { progress: progress.after(batch.bytes, batch.entries.length), size: batch.bytes, isData: true };
    const { status } = await context.host.upload(outgoing(context, snapshot, sealer, batch.entries), step);
    requireOk(status, 'Multiple errors uploading files');
  }
}

function* batches({ phone, keys }: BackupContext, snapshot: Snapshot, plan: UploadPlan): Iterable<Batch> {
  let entries: Entry[] = [];
  let bytes = 0;
  for (const [row, item] of backupItems(phone.content, keys)) {
    if (plan.rows !== 'all' && !plan.rows.has(row)) continue;
    const fileId = fileIdOf(item.domain, item.path);
    if (item.kind !== 'file') {
      snapshot.database.put(row, fileId, item, writeRecord(item, {}));
      continue;
    }
    entries.push({ row, item, fileId });
    bytes += item.size;
    if (entries.length < batchFiles && bytes < batchBytes) continue;
    yield { entries, bytes };
    entries = [];
    bytes = 0;
  }
  if (entries.length > 0) yield { entries, bytes };
}

function* outgoing({ udid }: BackupContext, snapshot: Snapshot, sealer: ContentSealer, entries: readonly Entry[]): Iterable<Outgoing> {
  for (const { row, item, fileId } of entries) {
    const { chunks, secrets } = sealer.seal(item, fileId);
    const counter = new CountedChunks(chunks);
    yield {
      devicePath: devicePath(item.domain, item.path),
      hostPath: `${udid}/Snapshot/${shardOf(fileId)}`,
      chunks: counter,
      failure: () => counter.failure,
      done: (error) => {
        // A file that the phone cannot read is left out: the run goes on, as on iOS 17.
        if (error !== undefined) return;
        snapshot.database.put(row, fileId, item, writeRecord(item, secrets()));
        snapshot.uploaded.add(row);
        if (counter.length !== sealer.expectedLength(item)) snapshot.oddLengths.set(row, counter.length);
      },
    };
  }
}

/** Counts bytes, and ends early when the content cannot be read: it may have changed since its item was listed. */
class CountedChunks implements Iterable<Buffer> {
  length = 0;
  failure: string | undefined;
  readonly #chunks: Iterable<Buffer>;

  constructor(chunks: Iterable<Buffer>) {
    this.#chunks = chunks;
  }

  *[Symbol.iterator](): Iterator<Buffer> {
    try {
      for (const chunk of this.#chunks) {
        this.length += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.failure = `Input/output error (5): ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
