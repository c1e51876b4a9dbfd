import { errorWords } from '../../diagnosis/error-words.ts';
import type { Engine } from '../../jobs/api.ts';
import { CancelledError, errorFacts } from '../../shared/errors.ts';
import type { DiagnosisReport, FailedRun } from '../../shared/diagnosis-report.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** The diagnosis of one device, or of all, as it fills in; one run at a time. Calls back after each change. */
export class ReportRun {
  readonly #services: Services;
  readonly #udid: string | undefined;
  readonly #onChange: () => void;
  #running: AbortController | undefined;
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
    this.#running?.abort(new CancelledError('cancelled.host', 'The diagnosis was stopped'));
  }

  /** Looks at everything, or at `checks` again. Resolves however it ends; at once when a run is under way. */
  async start(failed: FailedRun | undefined, checks?: readonly string[]): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    const before = checks && this.report;
    this.#running = running;
    this.failure = undefined;
    this.#onChange();
    try {
      await this.#services.devices.ready();
      const engine = await this.#engine();
      const password = this.#udid === undefined ? undefined : await this.#services.passwords.get(this.#udid);
      const show = (report: DiagnosisReport): void => {
        this.report = before ? merged(before, report) : report;
        this.#onChange();
      };
      const listener: Parameters<Engine['diagnose']>[1]['listener'] = (event) => {
        if (event.type === 'diagnosis') show(event.report);
      };
      show(await engine.diagnose({ udid: this.#udid, checks, password, failed }, { signal: running.signal, listener }));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#running = undefined;
      this.#onChange();
    }
  }

  /** A device that has gone is looked for at the computer's own muxer. */
  async #engine(): Promise<Engine> {
    const { devices, hub } = this.#services;
    const udid = this.#udid ?? onlyOne(devices.devices.map((device) => device.udid));
    return udid !== undefined && devices.find(udid) ? devices.engineOf(udid) : hub.main();
  }

  #fail(error: unknown): void {
    const facts = errorFacts(error);
    if (facts.kind === 'cancelled') return;
    this.#services.log.error('diagnosis', error);
    const { sentence, cause, next } = errorWords(facts, t, { locale: wording().locale });
    this.failure = [sentence, cause, next].filter((part) => part !== '').join(' ');
  }
}

const onlyOne = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** What was looked at again replaces what was known of it; the rest stays as it was found. */
function merged(before: DiagnosisReport, again: DiagnosisReport): DiagnosisReport {
  const key = ({ check, udid }: DiagnosisReport['checks'][number]): string => `${udid ?? ''} ${check}`;
  const anew = new Map(again.checks.map((result) => [key(result), result]));
  const checks = before.checks.map((result) => anew.get(key(result)) ?? result);
  const seen = new Set(checks.flatMap(({ findings }) => findings.map(({ row }) => row)));
  const wereSeen = new Set(before.checks.flatMap(({ findings }) => findings.map(({ row }) => row)));
  const added = again.ranked.filter(({ row }) => seen.has(row) && !before.ranked.some((old) => old.row === row));
  const kept = before.ranked.filter(({ row }) => seen.has(row) || !wereSeen.has(row));
  return { ...before, at: again.at, isComplete: again.isComplete, checks, ranked: [...kept, ...added] };
}
