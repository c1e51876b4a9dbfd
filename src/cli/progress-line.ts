import type { JobEvent, JobProgress } from '../shared/job-events.ts';
import { passcodePatience } from '../shared/passcode.ts';
import { formatBytes, formatDuration } from './format.ts';
import { noticeWords, phaseWords } from './phase-words.ts';

export interface Output {
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly mode: 'bar' | 'lines' | 'json';
  readonly out: Output;
  /** Ms. */
  readonly now?: () => number;
}

/** Shows job events: a bar that rewrites itself on a terminal, a line for each phase elsewhere, or one JSON object a line. */
export class ProgressLine {
  readonly #options: ProgressOptions;
  #phase = '';
  #width = 0;
  #countDown: NodeJS.Timeout | undefined;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  readonly listener = (event: JobEvent): void => {
    if (this.#options.mode === 'json') {
      if (event.type !== 'log') this.#options.out.write(`${JSON.stringify(event)}\n`);
      return;
    }
    if (event.type === 'notice') this.#sentence(noticeWords(event.notice));
    else if (event.type === 'progress') this.#progress(event.progress);
  };

  /** Leaves the cursor at the start of an empty line. */
  end(): void {
    clearInterval(this.#countDown);
    this.#wipe();
  }

  #progress(progress: JobProgress): void {
    if (this.#options.mode === 'lines') {
      if (progress.phase === this.#phase) return;
      this.#phase = progress.phase;
      this.#options.out.write(`${phaseWords[progress.phase]}\n`);
      return;
    }
    if (progress.phase === this.#phase && this.#countDown) return;
    this.#phase = progress.phase;
    clearInterval(this.#countDown);
    this.#countDown = progress.phase === 'waiting-for-passcode' ? this.#beginCountDown(progress) : undefined;
    if (!this.#countDown) this.#draw(barText(progress));
  }

  /** The time that is left to enter the passcode, every second. */
  #beginCountDown(progress: JobProgress): NodeJS.Timeout {
    const { now = Date.now } = this.#options;
    const end = now() + passcodePatience * 1000;
    const tell = (): void => this.#draw(`${barText(progress)} · it waits about ${formatDuration(Math.max(0, Math.ceil((end - now()) / 1000)))}`);
    tell();
    return setInterval(tell, 1000).unref();
  }

  #draw(text: string): void {
    this.#options.out.write(`\r${text.padEnd(this.#width)}`);
    this.#width = text.length;
  }

  #sentence(text: string | undefined): void {
    if (text === undefined) return;
    this.#wipe();
    this.#options.out.write(`${text}\n`);
  }

  #wipe(): void {
    if (this.#options.mode === 'bar' && this.#width > 0) this.#options.out.write(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

const barWidth = 20;

export function barText(progress: JobProgress): string {
  const parts = [phaseWords[progress.phase]];
  if (progress.fraction !== undefined) {
    const filled = Math.round(progress.fraction * barWidth);
    parts.unshift(`[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${String(Math.floor(progress.fraction * 100)).padStart(3)} %`);
  }
  if (progress.files > 0) parts.push(`${formatBytes(progress.bytes)} in ${progress.files} files`);
  if (progress.rate !== undefined) parts.push(`${formatBytes(progress.rate)}/s`);
  if (progress.remaining !== undefined) parts.push(`about ${formatDuration(progress.remaining)} left`);
  return parts.join(' · ');
}
