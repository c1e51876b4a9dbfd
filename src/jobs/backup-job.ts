import { openDevice, readInfoPlistFacts, writeInfoPlist, type DeviceConnection } from '../device/index.ts';
import { appleFile } from '../format/names.ts';
import type { Draft, HistoryEntry } from '../library/index.ts';
import { runBackup, type ConversationEvent, type ConversationResult } from '../mobilebackup2/index.ts';
import { DataError, DeviceError } from '../shared/errors.ts';
import type { BackupRequest } from './api.ts';
import { withBackupAgent, type BackupAgent } from './backup-agent.ts';
import { BackupWitness } from './backup-witness.ts';
import { followConversation } from './conversation-progress.ts';
import { CustomBackup } from './custom-backup.ts';
import { readEncryption, switchEncryption } from './encryption-job.ts';
import type { JobContext } from './job-context.ts';
import { readDeviceFacts, type DeviceFacts } from './device-facts.ts';
import { openOwnManifest } from './own-manifest.ts';
import { ReceivingClock } from './receiving-clock.ts';
import type { RestoreDeps } from './restore-job.ts';
import { writeFile } from './write-file.ts';

export interface BackupDeps extends RestoreDeps {
  /** Name and version of this program, for the record. */
  readonly madeBy: string;
}

/**
 * Verdicts of a phone that cannot go on from the draft it finds; the draft is set aside and the run starts once more.
 * Error 3 is none: the phone's own snapshot is in its way until it restarts, whatever the draft holds (iOS 15.2).
 */
const refusals: ReadonlySet<string> = new Set(['mb.203', 'mb.205']);

/** One run: from the connected phone to a new entry of the history, or an error and a draft that the next run goes on from. */
export async function backUp(deps: BackupDeps, request: BackupRequest, job: JobContext): Promise<HistoryEntry> {
  job.progress.phase('connecting');
  const device = await openDevice(request.udid, { muxer: deps.muxer, connection: request.connection, signal: job.signal });
  try {
    const wasEncrypted = await readEncryption(device);
    const custom = await CustomBackup.prepare({ library: deps.library, device, request, wasEncrypted, job });
    if (!wasEncrypted) await encryptFirst(deps, device, request, job);
    const facts = await readDeviceFacts(device);
    const isEncrypted = await readEncryption(device);
    return await new BackupRun({ ...deps, device, facts, isEncrypted, custom, request, job }).run();
  } finally {
    await device.close();
  }
}

/** Switches encryption on where the run asks for it, before anything else: it is a lasting setting of the phone. */
async function encryptFirst(deps: BackupDeps, device: DeviceConnection, request: BackupRequest, job: JobContext): Promise<void> {
  if (request.encryption !== 'on') return;
  if (request.password === undefined) throw new DataError('data.password', 'Switching encryption on needs a password');
  job.notice({ code: 'encryption-begins' });
  await switchEncryption(device, { udid: request.udid, action: 'on', newPassword: request.password }, job, deps.timings);
}

interface RunOptions extends BackupDeps {
  readonly device: DeviceConnection;
  readonly facts: DeviceFacts;
  readonly isEncrypted: boolean;
  readonly custom: CustomBackup | undefined;
  readonly request: BackupRequest;
  readonly job: JobContext;
}

class BackupRun {
  readonly #options: RunOptions;
  readonly #started = performance.now();
  #clock = new ReceivingClock();

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** A draft that the phone refuses is set aside, and the run starts once more; a new draft cannot be refused. */
  async run(): Promise<HistoryEntry> {
    for (;;) {
      const entry = await this.#attempt();
      if (entry) return entry;
    }
  }

  /** `undefined` when the phone refused the draft that it was to go on from. */
  async #attempt(): Promise<HistoryEntry | undefined> {
    const draft = await this.#startDraft();
    try {
      await this.#options.custom?.checkDraft(draft);
      return await this.#receive(draft);
    } catch (error) {
      if (!isRefused(error, draft)) throw error;
      this.#options.job.notice({ code: 'draft-set-aside', name: await draft.setAside() });
      return undefined;
    } finally {
      await draft.close();
    }
  }

  async #startDraft(): Promise<Draft> {
    const { library, facts, isEncrypted, custom, request, job } = this.#options;
    const wanted = { ...facts, udid: request.udid, isForcedFull: request.full, isEncrypted, selection: custom?.text };
    const draft = await job.waitsFor('disk', () => library.startDraft(wanted, job.signal));
    const { resumed, setAside } = draft.start;
    if (resumed) job.notice({ code: 'resumed', bytesKept: resumed.bytes, filesKept: resumed.files });
    if (setAside !== undefined) job.notice({ code: 'draft-set-aside', name: setAside });
    void draft.content.then((clone) => {
      if (clone.copied > 0) job.notice({ code: 'no-hard-links' });
    }).catch(() => undefined);
    return draft;
  }

  async #receive(draft: Draft): Promise<HistoryEntry> {
    const { job, request } = this.#options;
    const result = await this.#listen(draft);
    if (result.snapshotState !== 'finished') {
      throw new DataError('data.status', 'The device said that all went well, but its status does not', { subject: result.snapshotState });
    }
    if (result.isFullBackup === true && draft.start.base && !request.full) job.notice({ code: 'full-instead-of-incremental' });
    job.progress.phase('publishing');
    const entry = await this.#publish(draft, result);
    job.progress.phase('finished');
    return entry;
  }

  /** The conversation as it ended; one whose end was lost counts when all of the backup is in fact there. */
  async #listen(draft: Draft): Promise<ConversationResult> {
    const { device, isEncrypted, job, request, timings } = this.#options;
    const witness = new BackupWitness({ device, draft, job, isEncrypted, password: request.password });
    try {
      return await witness.accept(await withBackupAgent(device, job, { needsSyncLock: true, timings }, (agent) => this.#converse(agent, draft, witness)));
    } catch (error) {
      return await witness.resultDespite(error);
    }
  }

  async #publish(draft: Draft, result: ConversationResult): Promise<HistoryEntry> {
    const { device, isEncrypted, custom, job, madeBy, request } = this.#options;
    const duration = (performance.now() - this.#started) / 1000;
    const transfer = { bytes: result.bytes, connection: device.device.connection, seconds: this.#clock.seconds };
    if (custom) return await custom.publish(draft, { duration, transfer, madeBy });
    const manifest = isEncrypted ? await openOwnManifest(draft, request.password, job) : undefined;
    try {
      const published = await draft.publish({ duration, transfer, madeBy, signal: job.signal, plainManifest: manifest?.database });
      if (published.missing > 0) job.log('warn', `${published.missing} files of the manifest did not arrive: the entry is not complete`);
      return published.entry;
    } finally {
      await manifest?.close();
    }
  }

  async #converse({ link, afc }: BackupAgent, draft: Draft, witness: BackupWitness): Promise<ConversationResult> {
    const { device, job, request } = this.#options;
    if (afc) {
      const info = writeInfoPlist(await readInfoPlistFacts(device, afc), new Date());
      await writeFile(draft.folder, `${request.udid}/${appleFile.info}`, info);
    }
    const follow = followConversation(job.progress, job.listener);
    const clock = new ReceivingClock();
    this.#clock = clock;
    const onEvent = (event: ConversationEvent): void => {
      witness.note(event);
      clock.note(event);
      follow(event);
    };
    return await runBackup(link, draft.folder, { udid: request.udid, full: request.full && !draft.start.resumed, onEvent });
  }
}

/** Only a draft that began with something can be at fault. */
function isRefused(error: unknown, draft: Draft): boolean {
  return draft.start.resumed !== undefined && error instanceof DeviceError && refusals.has(error.code);
}
