import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { peakOf, type Peak } from './measured.ts';

/** What the phone stores of a restore: in memory where that is possible, a real phone's disk is not this computer's either. */
const storage = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

interface Served {
  readonly request: string;
  readonly ms: number;
}

/** The bench's handle on a virtual phone in another process. */
export class BenchPhone {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly peak: Peak;
  address = '';
  udid = '';

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
    this.peak = peakOf(child);
  }

  static async start(content: string): Promise<BenchPhone> {
    const path = new URL('phone-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [path, content], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: storage } });
    if (!child.stdout) throw new Error('The virtual phone has no output');
    const phone = new BenchPhone(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    Object.assign(phone, await phone.#next());
    return phone;
  }

  /** How long the next request takes by the phone's clock, in ms; call it before the request is made. */
  async served(request: string): Promise<number> {
    for (;;) {
      const { served } = (await this.#next()) as { served?: Served };
      if (served?.request === request) return served.ms;
    }
  }

  async advance(days: number): Promise<void> {
    this.#child.stdin?.write(`advance ${days}\n`);
    await this.#next();
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin?.end();
    await ended;
  }

  async #next(): Promise<object> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The virtual phone ended');
    return JSON.parse(value) as object;
  }
}
