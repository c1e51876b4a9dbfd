import type { BackupStatus, SnapshotState } from '../format/names.ts';
import { readStatus } from '../format/status-plist.ts';
import { DataError } from '../shared/errors.ts';
import type { FolderWriter } from './backup-folder.ts';
import { maxStatusLength } from './link-limits.ts';
import type { Context } from './context.ts';

/** States that promise that earlier files are safe: after them the phone would not send those again. */
const promises: readonly (SnapshotState | undefined)[] = ['moving', 'finished'];

/** Opens the file that the phone sends to `path`; a Status.plist is read on its way. */
export function openWriter(context: Context, path: string): FolderWriter {
  if (path.endsWith('/Status.plist')) return new StatusWriter(context, path);
  if (context.kind === 'backup') context.record.enter('receiving');
  return context.folder.write(path);
}

/**
 * Holds a Status.plist back until it is whole. One that says `moving` or `finished` is written only when all earlier
 * files have reached the disk: a power cut must not leave a promise without what it promises.
 */
class StatusWriter implements FolderWriter {
  readonly #context: Context;
  readonly #path: string;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(context: Context, path: string) {
    this.#context = context;
    this.#path = path;
  }

  write(chunk: Buffer): undefined {
    this.#length += chunk.length;
    if (this.#length > maxStatusLength) throw new DataError('data.limit', 'Status.plist is too large', { subject: this.#path });
    this.#chunks.push(Buffer.from(chunk));
  }

  async finish(): Promise<void> {
    const bytes = Buffer.concat(this.#chunks);
    const state = this.#tell(bytes);
    if (promises.includes(state)) await this.#context.folder.flush();
    const writer = this.#context.folder.write(this.#path);
    try {
      await writer.write(bytes);
      await writer.finish();
    } catch (error) {
      writer.discard();
      throw error;
    }
  }

  discard(): void {
    this.#chunks.length = 0;
  }

  #tell(bytes: Buffer): SnapshotState | undefined {
    const { record } = this.#context;
    const status = parse(bytes);
    if (!status) {
      record.tell({ type: 'log', level: 'warn', text: 'The phone wrote a Status.plist that cannot be read' });
      return undefined;
    }
    const { snapshotState, isFullBackup } = status;
    record.snapshotState = snapshotState;
    record.isFullBackup = isFullBackup;
    record.tell({ type: 'status', snapshotState, isFullBackup });
    return snapshotState;
  }
}

/** A status that we cannot read is the phone's affair: it reads it back itself. */
function parse(bytes: Buffer): BackupStatus | undefined {
  try {
    return readStatus(bytes);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
