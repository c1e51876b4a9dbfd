import { join } from 'node:path';
import { appleFile } from '../format/names.ts';
import { readStatus } from '../format/status-plist.ts';
import type { BackupFolder, FolderEntry, FolderReader, FolderWriter } from '../mobilebackup2/backup-folder.ts';
import { DataError } from '../shared/errors.ts';
import { BatchSender } from './batch-sender.ts';
import { packMoves } from './batch.ts';
import { onDisk } from './disk-error.ts';
import { EarlySync } from './early-sync.ts';
import type { DraftThread } from './draft-thread.ts';
import { openReader } from './file-reader.ts';
import type { FileSystem } from './file-system.ts';
import { foldersOf, legalDirectory, legalFile, legalPair, legalPath, type LegalFile } from './legal-path.ts';

export interface DraftFolderOptions {
  readonly fs: FileSystem;
  readonly thread: DraftThread;
  /** The `.draft` folder. */
  readonly draft: string;
  readonly udid: string;
  /** Resolves when the content of the base backup is in place; what looks at content waits for it. */
  readonly contentReady: Promise<unknown>;
  /** `<UDID>/` itself, though not its folders, can be listed before that. */
  readonly isListable: boolean;
  /** Called at the first barrier. */
  readonly onDurable: () => Promise<void>;
  /** Ends what goes on beside the calls. */
  readonly signal: AbortSignal;
}

/** A real one has 189 bytes. */
const maxStatusBytes = 64 << 10;

/**
 * The phone's view of a draft. Its calls are checked here and executed in order by the disk thread.
 *
 * A Status.plist that claims more than `uploading` becomes visible only when everything before it is durable: a phone
 * that resumes believes it.
 */
export class DraftFolder implements BackupFolder {
  readonly #fs: FileSystem;
  readonly #thread: DraftThread;
  readonly #sender: BatchSender;
  readonly #draft: string;
  readonly #udid: string;
  readonly #contentReady: Promise<unknown>;
  readonly #isListable: boolean;
  readonly #early: EarlySync;
  #onDurable: (() => Promise<void>) | undefined;
  #files = 0;
  /** Named files that may not be written yet, though they are finished; `all` after moves. */
  #unwritten: Set<string> | 'all' = new Set();
  #changes = 0;
  /** Something was changed since the last barrier. */
  #isDirty = true;

  constructor(options: DraftFolderOptions) {
    this.#fs = options.fs;
    this.#thread = options.thread;
    this.#sender = new BatchSender(options.thread);
    this.#draft = options.draft;
    this.#udid = options.udid;
    this.#contentReady = options.contentReady;
    this.#isListable = options.isListable;
    this.#onDurable = options.onDurable;
    this.#early = new EarlySync(options.fs, options.draft, options.signal);
  }

  async createDirectory(path: string): Promise<void> {
    const legal = legalDirectory(path, this.#udid);
    this.#isDirty = true;
    await this.#sender.createFolder(legal);
  }

  async list(path: string): Promise<FolderEntry[]> {
    legalDirectory(path, this.#udid);
    const isSettled = path.startsWith(`${this.#udid}/${appleFile.snapshot}`) || (path === this.#udid && this.#isListable);
    if (!isSettled) await this.#contentReady;
    return await this.#ask(() => this.#thread.call('list', path));
  }

  async read(path: string): Promise<FolderReader | undefined> {
    const legal = legalFile(path, this.#udid);
    if (legal.kind === 'content') await this.#contentReady;
    if (legal.kind === 'content' || this.#unwritten === 'all' || this.#unwritten.has(legal.path)) await this.drain();
    return await onDisk(path, () => openReader(this.#fs, join(this.#draft, legal.path), foldersOf(legal.path)));
  }

  write(path: string): FolderWriter {
    const legal = legalFile(path, this.#udid);
    const file = this.#files++;
    const isStatus = legal.kind === 'named' && legal.name === appleFile.status;
    if (isStatus) return this.#statusWriter(file, legal);
    return {
      write: (chunk) => {
        this.#early.received(chunk.length);
        return this.#sender.append(file, legal, chunk);
      },
      finish: () => {
        this.#isDirty = true;
        if (legal.kind === 'named') this.#leaveUnwritten(legal.path);
        return this.#sender.finish(file, legal);
      },
      discard: () => this.#sender.discard(file, legal),
    };
  }

  async move(from: string, to: string): Promise<void> {
    legalPair(from, to, this.#udid);
    await this.#contentReady;
    await this.#change(() => this.#thread.call('move', [[from, to]]));
  }

  /** The device prepares its next lot while the thread does this one. */
  async moveAll(moves: readonly (readonly [from: string, to: string])[]): Promise<void> {
    const packed = packMoves(moves.map(([from, to]) => legalPair(from, to, this.#udid)));
    await this.#contentReady;
    this.#isDirty = true;
    this.#leaveUnwritten('all');
    await this.#sender.queue(() => (packed ? this.#thread.call('movePacked', packed) : this.#thread.call('move', moves)));
  }

  async copy(from: string, to: string): Promise<void> {
    legalPair(from, to, this.#udid);
    await this.#contentReady;
    await this.#change(() => this.#thread.call('copy', from, to));
  }

  async remove(path: string): Promise<void> {
    legalPath(path, this.#udid);
    await this.#contentReady;
    await this.#change(() => this.#thread.call('remove', path));
  }

  freeSpace(): Promise<bigint> {
    return onDisk(this.#draft, () => this.#fs.freeSpace(this.#draft));
  }

  async flush(): Promise<void> {
    await this.#contentReady;
    await this.#sender.drain();
    if (!this.#isDirty) return;
    this.#isDirty = false;
    await onDisk(this.#draft, () => this.#sync()).catch((error: unknown) => {
      this.#isDirty = true;
      throw error;
    });
    await this.#thread.call('markDurable');
    const onDurable = this.#onDurable;
    this.#onDurable = undefined;
    await onDurable?.();
  }

  async #sync(): Promise<void> {
    await this.#early.settle();
    await this.#fs.sync(this.#draft);
  }

  /** Throws the first failure that a write met, however late it came. */
  async settle(): Promise<void> {
    await this.#contentReady;
    await this.drain();
    await onDisk(this.#draft, () => this.#early.settle());
  }

  /** What was received has been written. */
  async drain(): Promise<void> {
    const changes = this.#changes;
    await this.#sender.drain();
    if (this.#changes === changes) this.#unwritten = new Set();
  }

  #leaveUnwritten(path: string): void {
    this.#changes++;
    if (path === 'all') this.#unwritten = 'all';
    else if (this.#unwritten !== 'all') this.#unwritten.add(path);
  }

  #change<T>(call: () => Promise<T>): Promise<T> {
    this.#isDirty = true;
    return this.#ask(call);
  }

  async #ask<T>(call: () => Promise<T>): Promise<T> {
    this.#sender.post();
    const answer = await call();
    // The thread keeps the order: failures of earlier batches are known by now.
    this.#sender.throwFailure();
    return answer;
  }

  #statusWriter(file: number, path: LegalFile): FolderWriter {
    let content = Buffer.alloc(0);
    return {
      write: (chunk) => {
        content = Buffer.concat([content, chunk]);
        if (content.length > maxStatusBytes) throw new DataError('data.limit', 'Status.plist is too large', { subject: path.path });
        return undefined;
      },
      finish: () => this.#finishStatus(file, path, content),
      discard: () => {
        content = Buffer.alloc(0);
      },
    };
  }

  async #finishStatus(file: number, path: LegalFile, content: Buffer): Promise<void> {
    if (readStatus(content).snapshotState !== 'uploading') await this.flush();
    this.#isDirty = true;
    await this.#sender.append(file, path, content);
    await this.#sender.finish(file, path);
    await this.#sender.drain();
  }
}
