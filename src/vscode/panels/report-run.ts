import { errorWords } from '../../diagnosis/error-words.ts';
import { CancelledError, errorFacts } from '../../shared/errors.ts';
import type { DiagnosisReport, FailedRun } from '../../shared/diagnosis-report.ts';
import type { JobListener } from '../../shared/job-events.ts';
import { engineNear } from '../flows/engine-near.ts';
import { settled, updated } from '../presenters/updated-report.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** The diagnosis of one device, or of all, as it fills in; one run at a time. Calls back after each change. */
export class ReportRun {
  readonly #services: Services;
  readonly #udid: string | undefined;
  readonly #onChange: () => void;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** The run after whose bad end somebody looks. */
  failed: FailedRun | undefined;
  report: DiagnosisReport | undefined;
  failure: string | undefined;

  constructor(services: Services, udid: string | undefined, onChange: () => void) {
    this.#services = services;
    this.#udid = udid;
    this.#onChange = onChange;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  stop(): void {
    this.#running?.abort.abort(new CancelledError('cancelled.host', 'The diagnosis was stopped'));
  }

  /** Looks at everything, after `failed` in place of what was asked before. Resolves however it ends. */
  async begin(failed: FailedRun | undefined): Promise<void> {
    this.stop();
    await this.#running?.done;
    this.failed = failed;
    // What was seen after another run is no answer to this one.
    this.report = undefined;
    await this.look();
  }

  /** Looks at everything, or at `checks` again. Resolves however it ends; at once when a look is under way. */
  async look(checks?: readonly string[]): Promise<void> {
    if (this.#running) return;
    const abort = new AbortController();
    const done = this.#look(checks, abort.signal);
    this.#running = { abort, done };
    this.#onChange();
    await done;
  }

  async #look(checks: readonly string[] | undefined, signal: AbortSignal): Promise<void> {
    const before = this.report;
    const show = (again: DiagnosisReport): void => {
      this.report = updated(before, again, { failed: this.failed, isPart: checks !== undefined });
      this.#onChange();
    };
    const listener: JobListener = (event) => {
      if (event.type === 'diagnosis') show(event.report);
    };
    try {
      this.failure = undefined;
      const devices = await this.#services.devices.ready();
      // With one device only, a virtual one may be it.
      const engine = await engineNear(this.#services, this.#udid ?? (devices.length === 1 ? devices[0]?.udid : undefined));
      const password = this.#udid === undefined ? undefined : await this.#services.passwords.get(this.#udid);
      show(await engine.diagnose({ udid: this.#udid, checks, password, failed: this.failed }, { signal, listener }));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#running = undefined;
      this.#onChange();
    }
  }

  #fail(error: unknown): void {
    const facts = errorFacts(error);
    // A look that was stopped leaves what it had seen.
    if (this.report) this.report = settled(this.report);
    if (facts.kind === 'cancelled') return;
    this.#services.log.error('diagnosis', error);
    const { sentence, cause, next } = errorWords(facts, t, { locale: wording().locale });
    this.failure = [sentence, cause, next].filter((part) => part !== '').join(' ');
  }
}
