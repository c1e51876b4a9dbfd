import type { SnapshotState } from '../format/names.ts';
import { CancelledError, CrashError, DataError, EngineError, hostError } from '../shared/errors.ts';
import type { ConversationEvent, ConversationListener, ConversationPhase, CurrentFile } from './events.ts';
import { errnoOf, statusOf, statusText, type Answer } from './status.ts';

/** Between two `passed` events, in milliseconds. */
const passedInterval = 50;

/** Failed paths that are remembered; a run with more has failed as a whole. */
const maxFailedPaths = 100_000;

/** What has been seen in one conversation; tells its listener as it goes. */
export class ConversationRecord {
  readonly #listener: ConversationListener;
  readonly #failedPaths = new Set<string>();
  #phase: ConversationPhase | undefined;
  #file: CurrentFile | undefined;
  #nextPassed = 0;

  messages = 0;
  bytes = 0;
  files = 0;
  failedFiles = 0;
  percent = 0;
  snapshotState: SnapshotState | undefined;
  isFullBackup: boolean | undefined;
  /** Free space as last told to the phone, in bytes. */
  reportedFree = 0n;
  /** First failure of this computer's disk; it was answered, but the run cannot be good any more. */
  hostFailure: EngineError | undefined;
  /** The phone asked for what is never given; the run ends after the answer. */
  refusal: EngineError | undefined;

  constructor(listener: ConversationListener = () => {}) {
    this.#listener = listener;
  }

  tell(event: ConversationEvent): void {
    this.#listener(event);
  }

  enter(phase: ConversationPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.tell({ type: 'phase', phase });
  }

  startFile(path: string, devicePath: string | undefined): void {
    this.#file = { path, devicePath };
  }

  passed(bytes: number): void {
    this.bytes += bytes;
    const now = performance.now();
    if (now >= this.#nextPassed) this.tellPassed(now);
  }

  tellPassed(now = performance.now()): void {
    this.#nextPassed = now + passedInterval;
    this.tell({ type: 'passed', bytes: this.bytes, files: this.files, file: this.#file });
  }

  fileFailed(path: string, devicePath: string | undefined, text: string): void {
    this.failedFiles++;
    if (this.#failedPaths.size < maxFailedPaths) this.#failedPaths.add(path);
    this.tell({ type: 'file-failed', path, devicePath, text });
  }

  /** Whether the phone itself could not deliver this file. */
  hasFailed(path: string): boolean {
    return this.#failedPaths.has(path);
  }

  /** Notes a failure of the backup folder and makes the answer to it; a cancelled run is nothing to answer. */
  failure(error: unknown, subject: string): Answer {
    if (error instanceof CancelledError) throw error;
    const known = asEngineError(error, subject);
    if (known instanceof DataError || known instanceof CrashError) this.refusal ??= known;
    else this.hostFailure ??= known;
    const code = statusOf(known);
    return { code, text: statusText(code) };
  }
}

function asEngineError(error: unknown, subject: string): EngineError {
  if (error instanceof EngineError) return error;
  if (errnoOf(error) !== undefined) return hostError(error, subject);
  return new CrashError('crash.internal', 'The backup folder failed', { subject, cause: error });
}
