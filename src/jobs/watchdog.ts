import type { JobListener, JobNotice, JobPhase, JobProgress } from '../shared/job-events.ts';
import { slowCable } from '../shared/slow-cable.ts';
import { probeBytes } from './disk-probe.ts';

export type Waiting = Extract<JobNotice, { code: 'waiting-long' }>['for'];

/** Whose turn it is in each phase; nobody is waited for at the end. */
const waitsFor: Readonly<Record<JobPhase, Waiting | undefined>> = {
  preparing: 'disk',
  connecting: 'phone',
  'waiting-for-trust': 'person',
  'waiting-for-passcode': 'person',
  'waiting-for-lock': 'program',
  scanning: 'phone',
  verifying: 'phone',
  receiving: 'cable',
  sending: 'cable',
  'sending-manifest': 'phone',
  restarting: 'phone',
  publishing: 'disk',
  moving: 'disk',
  removing: 'disk',
  hashing: 'disk',
  pruning: 'disk',
  finished: undefined,
};

/** After so many seconds without a sign of life the person is told who is waited for; then again, ever more rarely. */
const steps = [60, 300, 900, 1800, 3600];
const stepsOf: Readonly<Partial<Record<Waiting, readonly number[]>>> = {
  /** One who has overlooked a question is told sooner: phones wait three minutes for a passcode. */
  person: [20, 60, 120, 300, 900],
  /** Ten seconds are all that a program has to let the sync lock go. */
  program: [5, 30, 60, 300],
};

/** Over such a time a cable is judged, once. */
const judgedOver = 120;
/** Bytes and files a second: hardly anything passes. */
const trickle = { bytes: 500_000, files: 5 } as const;
/** Bytes: many files below this are slow over any cable, and tell nothing of it. */
const largeFile = 512 << 10;

/** Longer gaps between two arrivals are the device's, which looks for what to send next. Ms. */
const longestGap = 5000;

/** Seconds after which the disk is taken to be what everybody waits for. */
const diskPatience = 5;
/** The same for one that takes something, but less than the cable brings. */
const mostPatience = 10;

export interface WatchdogOptions {
  /** Ms. */
  readonly now?: () => number;
  /** Writes `probeBytes` to the disk of the job; resolves when they are there. */
  readonly tryDisk?: (() => Promise<void>) | undefined;
}

type Passed = Pick<JobProgress, 'phase' | 'bytes' | 'files'>;

/** Knows who waits for whom, and says so when nothing, or hardly anything, has moved for a while. */
export class Watchdog {
  readonly #listener: JobListener;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #phase: JobPhase = 'preparing';
  #turn: Waiting | undefined;
  #since: number;
  #told = 0;
  #stretch: { readonly at: number; readonly bytes: number; readonly files: number; busy: number } | undefined;
  #isSlownessTold = false;
  #isStopped = false;
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
  alive(progress: Passed): void {
    const at = this.#now();
    if (progress.phase !== this.#phase) this.#stretch = undefined;
    this.#phase = progress.phase;
    if (this.#stretch) this.#stretch.busy += Math.min(at - this.#since, longestGap);
    this.#begin(at);
    this.#measure(progress, at);
  }

  /** For as long as `work` takes it is `who` that is waited for, whatever the phase says. */
  async during<T>(who: Waiting, work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const take = (turn: Waiting | undefined): void => {
      this.#turn = turn;
      this.#begin(this.#now());
    };
    take(who);
    try {
      return await work();
    } finally {
      take(before);
    }
  }

  async check(): Promise<void> {
    const seconds = Math.floor((this.#now() - this.#since) / 1000);
    const who = this.#who;
    const step = who && (stepsOf[who] ?? steps)[this.#told];
    if (who === undefined || step === undefined || seconds < step) return;
    this.#told++;
    this.#tell(who === 'cable' && (await this.#isDiskStuck(diskPatience)) ? 'disk' : who, seconds);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  get #who(): Waiting | undefined {
    return this.#turn ?? waitsFor[this.#phase];
  }

  #begin(at: number): void {
    this.#since = at;
    this.#told = 0;
  }

  #measure({ bytes, files }: Passed, at: number): void {
    if (this.#isSlownessTold || this.#who !== 'cable') return;
    this.#stretch ??= { at, bytes, files, busy: 0 };
    const seconds = (at - this.#stretch.at) / 1000;
    if (seconds < judgedOver) return;
    const passed = { bytes: bytes - this.#stretch.bytes, files: files - this.#stretch.files, seconds, busy: this.#stretch.busy / 1000 };
    this.#stretch = { at, bytes, files, busy: 0 };
    if (!isSlow(passed)) return;
    this.#isSlownessTold = true;
    // A disk that takes no more than the cable brings is the one that is waited for.
    const patience = Math.min(mostPatience, Math.max(1, (probeBytes * seconds) / Math.max(1, passed.bytes)));
    void this.#isDiskStuck(patience).then((isStuck) => this.#tell(isStuck ? 'disk' : 'cable', Math.floor(seconds)));
  }

  /** Nothing arrives also when the disk takes nothing. `patience` in seconds. */
  async #isDiskStuck(patience: number): Promise<boolean> {
    if (!this.tryDisk) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(true), patience * 1000).unref()));
    try {
      return await Promise.race([this.tryDisk().then(() => false, () => false), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What it took time to find out may be nobody's question any more. */
  #tell(who: Waiting, seconds: number): void {
    if (this.#isStopped) return;
    this.#listener({ type: 'notice', notice: { code: 'waiting-long', for: who, seconds } });
  }
}

/** Hardly anything passes, or large files pass at a fraction of what any cable carries while they do. */
function isSlow({ bytes, files, seconds, busy }: { readonly bytes: number; readonly files: number; readonly seconds: number; readonly busy: number }): boolean {
  const isTrickle = bytes < trickle.bytes * seconds && files < trickle.files * seconds;
  return isTrickle || (busy > judgedOver / 2 && bytes < slowCable * busy && bytes >= files * largeFile);
}
