import { join } from 'node:path';
import { throwIfCancelled } from '../shared/cancel.ts';
import type { CloneResult } from './clone.ts';
import type { LibraryContext } from './context.ts';
import { makeDeviceFolder } from './device-folder.ts';
import { onDisk } from './disk-error.ts';
import { DraftFolder } from './draft-folder.ts';
import { writeDraftRecord, type DraftRequest } from './draft-record.ts';
import { startDraftThread, type DraftThread } from './draft-thread.ts';
import { libraryFile } from './layout.ts';
import { DeviceLock } from './lock.ts';
import { openBackup, type OpenBackup } from './open-backup.ts';
import { prepareDraft, setDraftAside, type DraftStart, type PreparedDraft } from './prepare-draft.ts';
import { publishCustom, type CustomOptions, type CustomResult } from './prune.ts';
import { publishDraft, type PublishOptions, type PublishResult } from './publish.ts';
import { runTask } from './run-task.ts';

/**
 * A backup being received. Until `publish` resolves the history is as it was; after a failure `close` keeps what is there
 * for the next run. One of `publish`, `setAside`, `discard` and `close` ends it; `close` may follow any of them.
 */
export class Draft {
  readonly #context: LibraryContext;
  readonly #lock: DeviceLock;
  readonly #thread: DraftThread;
  readonly #stop = new AbortController();
  readonly #prepared: PreparedDraft;
  readonly #path: string;
  readonly folder: DraftFolder;
  /** How the content of the base was given to the draft; goes on beside the first messages with the phone. */
  readonly content: Promise<CloneResult>;

  private constructor(context: LibraryContext, lock: DeviceLock, prepared: PreparedDraft) {
    const { udid } = prepared.record;
    this.#context = context;
    this.#lock = lock;
    this.#prepared = prepared;
    this.#path = context.layout.draft(udid);
    this.#thread = startDraftThread(context.fs, { draft: this.#path, udid });
    this.content = this.#fillContent();
    this.content.catch(() => {});
    this.folder = new DraftFolder({
      fs: context.fs,
      thread: this.#thread,
      draft: this.#path,
      udid,
      contentReady: this.content,
      isListable: prepared.isListable,
      onDurable: () => writeDraftRecord(context.fs, this.#path, { ...prepared.record, hasContent: true }),
      signal: this.#stop.signal,
    });
  }

  static async start(context: LibraryContext, request: DraftRequest, signal?: AbortSignal): Promise<Draft> {
    const device = context.layout.device(request.udid);
    const lock = await onDisk(device, async () => {
      return await DeviceLock.take(context.fs, await makeDeviceFolder(context, request.udid));
    });
    try {
      // Left by a process that died while it made a custom backup, or imported one.
      for (const name of [libraryFile.custom, libraryFile.importing]) await onDisk(device, () => context.fs.removeTree(join(device, name)));
      const prepared = await onDisk(device, () => prepareDraft(context, request, signal));
      throwIfCancelled(signal);
      return await onDisk(device, async () => new Draft(context, lock, prepared));
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get #apple(): string {
    return join(this.#path, this.#prepared.record.udid);
  }

  get start(): DraftStart {
    return this.#prepared.start;
  }

  /** Whether the run before this one on the device died without an end. */
  get wasAbandoned(): boolean {
    return this.#lock.abandonedBy !== undefined;
  }

  /** The manifest of what was received, decrypted where needed; to be closed. Throws `data.password`, `data.manifest` and the like. */
  async openManifest(password: string | undefined, signal?: AbortSignal): Promise<OpenBackup> {
    await this.folder.settle();
    return await openBackup(this.#context, this.#apple, password, signal);
  }

  /** Whether the phone's last mark is here, and every file that the manifest lists. */
  async isWhole(manifest: OpenBackup, signal?: AbortSignal): Promise<boolean> {
    const request = { apple: this.#apple, manifest: manifest.database, keys: manifest.keybag?.keys };
    const { damage, unlisted } = await onDisk(this.#path, () => runTask(this.#context.fs, 'verifyStructure', request, { signal }));
    // Files without a row are left over from the base; they are dropped when it is published.
    return unlisted === 0 && damage.every(({ code }) => code === 'extra');
  }

  /** Makes the draft a backup of the history. The last step is one rename; what fails before leaves the draft as it is. */
  async publish(options: PublishOptions = {}): Promise<PublishResult> {
    await this.folder.settle();
    await this.#thread.end();
    const { record, start } = this.#prepared;
    const result = await onDisk(this.#path, () => publishDraft(this.#context, record, start.base, options));
    await this.#lock.release();
    return result;
  }

  /** Makes a custom backup of the chosen part. The draft goes only when that is in the history; no other part is ever in there. */
  async publishSelected(options: CustomOptions): Promise<CustomResult> {
    await this.folder.settle();
    await this.#thread.end();
    const { record, start } = this.#prepared;
    const result = await onDisk(this.#path, () => publishCustom(this.#context, record, start.base, options));
    await this.#lock.release();
    return result;
  }

  /** Ends the run; what was received stays for the next one. */
  async close(): Promise<void> {
    await this.#endThreads();
    await this.#lock.release();
  }

  /** Puts the draft aside, for a phone that refuses it; answers its name. */
  setAside(): Promise<string> {
    return this.#endBy(() => setDraftAside(this.#context, this.#prepared.record.udid));
  }

  discard(): Promise<void> {
    return this.#endBy(() => this.#context.fs.removeTree(this.#path));
  }

  async #endBy<T>(work: () => Promise<T>): Promise<T> {
    await this.#endThreads();
    try {
      return await onDisk(this.#path, work);
    } finally {
      await this.#lock.release();
    }
  }

  /** What was received is written; failures of that were or are reported by the calls that wrote. */
  async #endThreads(): Promise<void> {
    this.#stop.abort();
    await this.folder.drain().catch(() => {});
    await this.content.catch(() => {});
    await this.#thread.end().catch(() => {});
  }

  async #fillContent(): Promise<CloneResult> {
    const { record, start } = this.#prepared;
    if (!start.base || record.hasContent) return { files: 0, copied: 0 };
    const request = { from: join(start.base.path, record.udid), to: this.#apple };
    return await runTask(this.#context.fs, 'cloneContent', request, { signal: this.#stop.signal });
  }
}
