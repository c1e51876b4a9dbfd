import type { JobListener, JobNotice, JobPhase } from '../shared/job-events.ts';

type Waiting = Extract<JobNotice, { code: 'waiting-long' }>['for'];

const waitsFor: Readonly<Partial<Record<JobPhase, Waiting>>> = {
  connecting: 'phone',
  'waiting-for-trust': 'person',
  'waiting-for-passcode': 'person',
  scanning: 'phone',
  verifying: 'phone',
  receiving: 'cable',
  sending: 'cable',
  'sending-manifest': 'phone',
  restarting: 'phone',
  publishing: 'disk',
  moving: 'disk',
  hashing: 'disk',
};

/** After this many seconds without a sign of life the person is told who is waited for; then again, ever more rarely. */
const steps = [60, 300, 900, 1800, 3600];

/** Knows who waits for whom, and says so when nothing has moved for a while. */
export class Watchdog {
  readonly #listener: JobListener;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #phase: JobPhase = 'preparing';
  #since: number;
  #told = 0;

  constructor(listener: JobListener, now: () => number = Date.now) {
    this.#listener = listener;
    this.#now = now;
    this.#since = now();
    this.#timer = setInterval(() => this.check(), 5000).unref();
  }

  /** Something moved. */
  alive(phase: JobPhase): void {
    this.#phase = phase;
    this.#since = this.#now();
    this.#told = 0;
  }

  check(): void {
    const seconds = Math.floor((this.#now() - this.#since) / 1000);
    const who = waitsFor[this.#phase];
    const step = steps[this.#told];
    if (who === undefined || step === undefined || seconds < step) return;
    this.#told++;
    this.#listener({ type: 'notice', notice: { code: 'waiting-long', for: who, seconds } });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
