import { errorWords } from '../../diagnosis/error-words.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { Estimate, EstimateRow } from '../../shared/estimate.ts';
import type { JobEvent } from '../../shared/job-events.ts';
import type { EstimateScene } from '../presenters/estimate-picture.ts';
import { deviceName } from '../presenters/device-words.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

export interface EstimateOptions {
  readonly experiment: boolean;
  readonly password?: string | undefined;
}

/** The estimate of one device as it fills in; one run at a time. Calls back after each change. */
export class EstimateRun {
  readonly #services: Services;
  readonly #udid: string;
  readonly #onChange: () => void;
  #estimate: Estimate | undefined;
  #running: AbortController | undefined;
  #failure: string | undefined;
  #password: string | undefined;

  constructor(services: Services, udid: string, onChange: () => void) {
    this.#services = services;
    this.#udid = udid;
    this.#onChange = onChange;
  }

  get state(): Pick<EstimateScene, 'estimate' | 'isRunning' | 'needsPassword' | 'failure'> {
    const isClosed = this.#estimate?.sources.some(({ finding }) => finding?.code === 'estimate.last-closed') ?? false;
    return { estimate: this.#estimate, isRunning: this.#running !== undefined, needsPassword: isClosed, failure: this.#failure };
  }

  get rows(): readonly EstimateRow[] {
    return this.#estimate?.rows ?? [];
  }

  appName(bundleId: string): string | undefined {
    return this.rows.find(({ id }) => id === `app:${bundleId}`)?.name;
  }

  /** Shows a sentence in place of a failure. */
  tell(text: string): void {
    this.#failure = text;
    this.#onChange();
  }

  stop(): void {
    this.#running?.abort(new CancelledError('cancelled.host', 'The estimate was stopped'));
  }

  /** Resolves at the end of the run, however it ends; at once when one is under way. */
  async start({ experiment, password }: EstimateOptions): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.#failure = undefined;
    this.#password = password ?? this.#password ?? (await this.#services.passwords.get(this.#udid));
    await this.#services.devices.ready();
    this.#onChange();
    const device = this.#services.devices.find(this.#udid);
    const end = await this.#services.jobs.run({
      kind: 'estimate',
      // An estimate only reads, so it does not keep a backup from starting; the experiment is a conversation of its own.
      udid: experiment ? this.#udid : undefined,
      subject: device ? deviceName(device, wording()) : `…${this.#udid.slice(-4)}`,
      isVirtual: device?.isVirtual ?? false,
      run: async ({ signal, listener }) => {
        const engine = device ? this.#services.devices.engineOf(this.#udid) : await this.#services.hub.main();
        const request = { udid: this.#udid, experiment, password: this.#password };
        return engine.estimate(request, { signal: AbortSignal.any([signal, running.signal]), listener: (event) => this.#hear(event, listener) });
      },
    });
    this.#running = undefined;
    if (end.ok) this.#estimate = end.value;
    else if (end.error.kind !== 'cancelled') this.#failure = failureText(end.error);
    this.#onChange();
  }

  #hear(event: JobEvent, listener: (event: JobEvent) => void): void {
    listener(event);
    if (event.type !== 'estimate') return;
    this.#estimate = event.estimate;
    this.#onChange();
  }
}

function failureText(error: Parameters<typeof errorWords>[0]): string {
  const { sentence, cause, next } = errorWords(error, t);
  return [sentence, cause, next].filter((part) => part !== '').join(' ');
}
