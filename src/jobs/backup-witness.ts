import type { DeviceConnection } from '../device/index.ts';
import { readDiskUsage } from '../device/values/disk-usage.ts';
import type { Draft } from '../library/index.ts';
import type { ConversationEvent, ConversationResult } from '../mobilebackup2/index.ts';
import { ConnectionError, DeviceError, HostError } from '../shared/errors.ts';
import type { JobContext } from './job-context.ts';
import { openOwnManifest } from './own-manifest.ts';

interface WitnessOptions {
  readonly device: DeviceConnection;
  readonly draft: Draft;
  readonly job: JobContext;
  /** Of an encrypted backup, where it is known. */
  readonly password: string | undefined;
  readonly isEncrypted: boolean;
}

/** Room that a phone demands beside what it sends, in bytes. */
const uploadMargin = 128 << 20;

/** Bytes; `needed` where the phone told it. */
type Space = { readonly needed?: number; readonly free: number };

type Mark = Extract<ConversationEvent, { type: 'status' }>;

/** Remembers of a conversation what a failure of it is judged by: how far the phone came, and how much room it wanted. */
export class BackupWitness {
  readonly #options: WitnessOptions;
  #mark: Mark | undefined;
  #space: Space | undefined;
  #passed = { bytes: 0, files: 0 };

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  note(event: ConversationEvent): void {
    if (event.type === 'status') this.#mark = event;
    else if (event.type === 'passed') this.#passed = { bytes: event.bytes, files: event.files };
    else if (event.type === 'purge-requested') this.#space = { needed: event.bytesNeeded, free: event.bytesFree };
  }

  /** Throws unless the phone's word, or the files themselves, say that the backup is there. */
  async accept(result: ConversationResult): Promise<ConversationResult> {
    if (result.verdict === 'unproven' && !(await this.#isWhole())) {
      throw new ConnectionError('link.lost', 'The device ended without a verdict, and files of its manifest are missing');
    }
    return result;
  }

  /** A phone that was lost after its last mark had nothing left to send; throws the explained `error` for every other. */
  async resultDespite(error: unknown): Promise<ConversationResult> {
    const wasLost = error instanceof ConnectionError && this.#mark?.snapshotState === 'finished';
    if (!wasLost || !(await this.#isWhole().catch(() => false))) throw await this.#explain(error);
    this.#options.job.log('warn', `Lost (${error.code}) after the device had finished; all files of its manifest are here`);
    const { snapshotState, isFullBackup } = this.#mark ?? {};
    return { verdict: 'unproven', content: undefined, ...this.#passed, failedFiles: 0, snapshotState, isFullBackup };
  }

  /** Without its password the phone's own mark, before which all was on our disk, is what an encrypted backup can be judged by. */
  async #isWhole(): Promise<boolean> {
    const { draft, isEncrypted, job, password } = this.#options;
    const manifest = isEncrypted ? await openOwnManifest(draft, password, job) : await draft.openManifest(undefined, job.signal);
    if (!manifest) return true;
    try {
      return await draft.isWhole(manifest, job.signal);
    } finally {
      await manifest.close();
    }
  }

  /** Error 105 is the phone's word for our disk: where that is too small indeed, it is this computer that refuses. */
  async #explain(error: unknown): Promise<unknown> {
    if (!(error instanceof DeviceError) || error.code !== 'mb.105') return error;
    const facts = this.#space ?? (await this.#estimate().catch(() => undefined));
    if (!facts || facts.free > (facts.needed ?? facts.free)) return error;
    const { deviceText } = error;
    return new HostError('host.no-space', 'The disk of the library is too small for the backup', { deviceText, facts, cause: error });
  }

  /** Phones before iOS 14 give no figure: a disk that has no room for all that the phone holds is not said to have it. */
  async #estimate(): Promise<Space | undefined> {
    const { device, draft } = this.#options;
    const { used } = await readDiskUsage(device);
    const free = Number(await draft.folder.freeSpace());
    return used !== undefined && free < used + uploadMargin ? { free } : undefined;
  }
}
