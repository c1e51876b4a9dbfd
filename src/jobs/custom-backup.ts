import type { DeviceConnection } from '../device/index.ts';
import type { Draft, HistoryEntry, Library } from '../library/index.ts';
import type { TransferRecord } from '../library/types.ts';
import { isEncryptedOnly, isVoidSelection, parseSelection, selectionNeedsEncryption, selectionText, termText, unknownTerms } from '../selection/index.ts';
import { DataError, EngineError } from '../shared/errors.ts';
import type { SelectionCheck } from '../shared/selection-check.ts';
import type { AppDomains, Selection } from '../shared/selection.ts';
import type { BackupRequest } from './api.ts';
import type { JobContext } from './job-context.ts';
import { testPassword } from './library-jobs.ts';
import { appDomains, checkSelection } from './selection-check.ts';

interface CustomOptions {
  readonly library: Library;
  readonly device: DeviceConnection;
  readonly request: BackupRequest;
  /** As the phone is set before this run. */
  readonly wasEncrypted: boolean;
  readonly job: JobContext;
}

/**
 * The part of a run that makes a custom backup. The phone is asked for everything, as for a complete one: it decides what it
 * sends. The draft begins with the newest complete backup, so that only changes travel. Nothing is thrown away while it
 * streams in: the phone lists, moves and verifies all of its files until its last word, so that dropping some would cost a
 * full run and save neither time nor the room that the phone demands. Once it has finished, the chosen part is published.
 */
export class CustomBackup {
  readonly #selection: Selection;
  readonly #apps: readonly AppDomains[];
  readonly #request: BackupRequest;
  readonly #job: JobContext;

  private constructor(selection: Selection, apps: readonly AppDomains[], request: BackupRequest, job: JobContext) {
    this.#selection = selection;
    this.#apps = apps;
    this.#request = request;
    this.#job = job;
  }

  /**
   * Checks all that can go wrong before the first request; `undefined` for a run without a selection.
   * Throws `data.selection`, `data.selection-void`, `data.password`, `data.needs-encryption`.
   */
  static async prepare(options: CustomOptions): Promise<CustomBackup | undefined> {
    const { device, job, request } = options;
    if (request.selection === undefined) return undefined;
    const selection = parseSelection(request.selection);
    const [unknown] = unknownTerms(selection);
    if (unknown) throw new DataError('data.selection', 'The selection names a category that does not exist', { subject: termText(unknown.term) });
    if (isVoidSelection(selection)) throw new DataError('data.selection-void', 'All that is included is excluded again', { subject: inOneLine(selection) });
    await checkEncryption(selection, options);
    const apps = await appDomains(device);
    const past = { udid: request.udid, selection, apps, password: passwordOfPast(options), earlier: request.checked, signal: job.signal };
    tell(await job.waitsFor('disk', () => checkSelection(options.library, past)), job);
    job.notice({ code: 'custom-sends-all' });
    return new CustomBackup(selection, apps ?? [], request, job);
  }

  /** Equal for equal selections: a draft is gone on with by the same one only. */
  get text(): string {
    return selectionText(this.#selection);
  }

  /** A run that ended at a wrong password left the phone's keys in its draft: a second wrong one is found out before the phone works again. */
  async checkDraft(draft: Draft): Promise<void> {
    const { password, passwordIsNewer } = this.#request;
    // A draft may be from before the password was changed, as the newest backup is.
    if (!draft.start.resumed || password === undefined || passwordIsNewer === true) return;
    try {
      await (await draft.openManifest(password, this.#job.signal)).close();
    } catch (error) {
      // A draft that was interrupted early has no manifest yet, or half of one.
      const isEarly = error instanceof EngineError && error.code !== 'data.password' && (error.kind === 'data' || error.code === 'host.missing');
      if (!isEarly) throw error;
    }
  }

  async publish(draft: Draft, facts: { readonly duration: number; readonly transfer: TransferRecord; readonly madeBy: string }): Promise<HistoryEntry> {
    const job = this.#job;
    job.progress.phase('pruning');
    const manifest = await draft.openManifest(this.#request.password, job.signal);
    try {
      const { entry, missing, unproven } = await draft.publishSelected({ manifest, selection: this.#selection, apps: this.#apps, ...facts, signal: job.signal });
      if (missing > 0) job.log('warn', `${missing} chosen files did not arrive and are left out`);
      if (unproven > 0) job.log('warn', `${unproven} chosen rows have an id that is not theirs and are left out`);
      return entry;
    } finally {
      await manifest.close();
    }
  }
}

/** The manifest can be pruned only when it can be read: a password is needed, and is tried on what is here already. */
async function checkEncryption(selection: Selection, options: CustomOptions): Promise<void> {
  const { request, wasEncrypted, job } = options;
  const willBeEncrypted = wasEncrypted || request.encryption === 'on';
  if (!willBeEncrypted) {
    if (isEncryptedOnly(selection)) throw new DataError('data.needs-encryption', 'What is chosen is in encrypted backups only', { subject: selectionText(selection) });
    const categories = selectionNeedsEncryption(selection).filter(({ encryption }) => encryption === 'encrypted-only');
    if (categories.length > 0) job.notice({ code: 'needs-encryption', categories: categories.map(({ id }) => id) });
    return;
  }
  if (request.password === undefined) throw new DataError('data.password', 'A custom backup of an encrypted device needs the backup password');
  if (wasEncrypted) await tryPassword(request.password, options);
}

/** The phone tells only by what it sends whether a password is its own, so the newest backup has to, unless the password is newer. */
async function tryPassword(password: string, { library, request, job }: CustomOptions): Promise<void> {
  const opens = await testPassword(library, request.udid, password, job.signal);
  if (opens === true) return;
  const isNewer = opens === false;
  if (isNewer && request.passwordIsNewer !== true) throw new DataError('data.password', 'The password does not open the newest encrypted backup of the device');
  job.notice({ code: 'password-unchecked', isNewer });
}

/** The notices before a transfer. Throws `data.selection` where nothing that is chosen is on the device. */
function tell({ isHopeless, unknown, unsure, unmatched, wasEmpty, date }: SelectionCheck, job: JobContext): void {
  if (isHopeless) {
    const subject = unknown.map(({ term, suggestion }) => (suggestion === undefined ? term : `${term} (probably ${suggestion})`)).join(', ');
    throw new DataError('data.selection', 'The device has none of the chosen apps', { subject });
  }
  if (unknown.length > 0) job.notice({ code: 'selection-unknown', terms: unknown });
  if (unsure.length > 0) job.notice({ code: 'selection-unsure', terms: unsure });
  if (date && (wasEmpty || unmatched.length > 0)) job.notice({ code: 'selection-unmatched', terms: wasEmpty ? [] : unmatched, date });
}

/** One that is about to be set opens no earlier backup. */
const passwordOfPast = ({ request, wasEncrypted }: CustomOptions): string | undefined => (wasEncrypted ? request.password : undefined);

const inOneLine = (selection: Selection): string => selectionText(selection).replaceAll('\n', ', ');
