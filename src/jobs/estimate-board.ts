import { assemble, type EstimateFacts } from '../estimate/index.ts';
import { CancelledError, errorFacts } from '../shared/errors.ts';
import type { Estimate, EstimateSource, EstimateSourceId } from '../shared/estimate.ts';
import type { Finding } from '../shared/finding.ts';
import type { JobContext } from './job-context.ts';

/** Between two pictures, in ms; making one costs milliseconds. */
const interval = 250;

/** What the sources write their facts on, and what the listener sees of it: at once, then a few times a second. */
export class EstimateBoard {
  readonly facts: EstimateFacts;
  readonly #job: JobContext;
  readonly #sources = new Map<EstimateSourceId, EstimateSource>();
  readonly #findings: Finding[] = [];
  readonly #leftOut = new Set<EstimateSourceId>();
  #shown = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(udid: string, sources: readonly EstimateSourceId[], job: JobContext) {
    this.#job = job;
    for (const id of sources) this.#sources.set(id, { id, state: 'waiting', finding: undefined });
    const at = new Date();
    this.facts = {
      udid, at, phoneTime: at, deviceName: undefined, iosVersion: undefined, isEncrypted: undefined, sources: this.#sources, last: undefined,
      apps: undefined, appsBefore: undefined, usage: undefined, camera: undefined, demand: undefined, runs: [], disk: undefined, findings: this.#findings,
    };
  }

  note(finding: Finding): void {
    this.#findings.push(finding);
    this.changed();
  }

  skip(id: EstimateSourceId, finding?: Finding): void {
    this.#set(id, 'skipped', finding);
  }

  /** The source is not asked, whoever wants to follow it. */
  leaveOut(id: EstimateSourceId): void {
    this.#leftOut.add(id);
    this.skip(id);
  }

  /** Runs one source to its end. Its failure is a finding, but for a cancel, which is thrown. */
  async follow(id: EstimateSourceId, work: () => Promise<void>): Promise<void> {
    if (this.#leftOut.has(id)) return;
    this.#set(id, 'running');
    try {
      await work();
      this.#set(id, 'done');
    } catch (error) {
      if (error instanceof CancelledError || this.#job.signal.aborted) throw error;
      this.fail(id, error);
    }
  }

  fail(id: EstimateSourceId, error: unknown): void {
    if (this.#leftOut.has(id)) return;
    const { code, message } = errorFacts(error);
    this.#job.log('warn', `Estimate: ${id}: ${code}: ${message}`);
    this.#set(id, 'failed', { code: 'estimate.source-failed', severity: 'warning', facts: { source: id, code } });
  }

  changed(): void {
    const wait = this.#shown + interval - performance.now();
    if (wait <= 0) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), wait);
  }

  /** The last picture; it is shown too. */
  end(): Estimate {
    return this.#show();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(id: EstimateSourceId, state: EstimateSource['state'], finding?: Finding): void {
    this.#sources.set(id, { id, state, finding });
    this.changed();
  }

  #show(): Estimate {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const estimate = assemble(this.facts);
    this.#job.listener({ type: 'estimate', estimate });
    this.#shown = performance.now();
    return estimate;
  }
}
