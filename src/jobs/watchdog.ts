import type { JobListener, JobNotice, JobPhase, JobProgress } from '../shared/job-events.ts';

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
/** A person who has overlooked a question is told sooner: phones wait three minutes for a passcode. */
const stepsOfPerson = [20, 60, 120, 300, 900];

/**
 * A cable that carries less than this over such a time is told once. Many small files are slow over any cable: then it
 * says nothing.
 */
const slow = { bytesPerSecond: 500_000, seconds: 120, filesPerSecond: 5 } as const;

/** Seconds after which the disk is taken to be what everybody waits for. */
const diskPatience = 5;

export interface WatchdogOptions {
  /** Ms. */
  readonly now?: () => number;
  /** Writes something to the disk of the job; resolves when it is there. */
  readonly tryDisk?: (() => Promise<void>) | undefined;
}

/** Knows who waits for whom, and says so when nothing, or hardly anything, has moved for a while. */
export class Watchdog {
  readonly #listener: JobListener;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #phase: JobPhase = 'preparing';
  #since: number;
  #told = 0;
  #stretch: { readonly at: number; readonly bytes: number; readonly files: number } | undefined;
  #isSlownessTold = false;
  /** As in the options; a job that has a disk of its own sets it when it knows it. */
  tryDisk: WatchdogOptions['tryDisk'];

  constructor(listener: JobListener, { now = () => performance.now(), tryDisk }: WatchdogOptions = {}) {
    this.#listener = listener;
    this.#now = now;
    this.tryDisk = tryDisk;
    this.#since = now();
    this.#timer = setInterval(() => void this.check(), 5000).unref();
  }

  /** Something moved. */
  alive(progress: Pick<JobProgress, 'phase' | 'bytes' | 'files'>): void {
    const at = this.#now();
    if (progress.phase !== this.#phase) this.#stretch = undefined;
    this.#phase = progress.phase;
    this.#since = at;
    this.#told = 0;
    this.#measure(progress, at);
  }

  async check(): Promise<void> {
    const seconds = Math.floor((this.#now() - this.#since) / 1000);
    const who = waitsFor[this.#phase];
    const step = (who === 'person' ? stepsOfPerson : steps)[this.#told];
    if (who === undefined || step === undefined || seconds < step) return;
    this.#told++;
    this.#tell(who === 'cable' && (await this.#isDiskStuck()) ? 'disk' : who, seconds);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #measure({ phase, bytes, files }: Pick<JobProgress, 'phase' | 'bytes' | 'files'>, at: number): void {
    if (this.#isSlownessTold || waitsFor[phase] !== 'cable') return;
    this.#stretch ??= { at, bytes, files };
    const seconds = (at - this.#stretch.at) / 1000;
    if (seconds < slow.seconds) return;
    const isSlow = (bytes - this.#stretch.bytes) / seconds < slow.bytesPerSecond && (files - this.#stretch.files) / seconds < slow.filesPerSecond;
    this.#stretch = { at, bytes, files };
    if (!isSlow) return;
    this.#isSlownessTold = true;
    void this.#isDiskStuck().then((isStuck) => this.#tell(isStuck ? 'disk' : 'cable', Math.floor(seconds)));
  }

  /** Nothing arrives also when the disk takes nothing. */
  async #isDiskStuck(): Promise<boolean> {
    if (!this.tryDisk) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(true), diskPatience * 1000).unref()));
    try {
      return await Promise.race([this.tryDisk().then(() => false, () => false), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #tell(who: Waiting, seconds: number): void {
    this.#listener({ type: 'notice', notice: { code: 'waiting-long', for: who, seconds } });
  }
}
