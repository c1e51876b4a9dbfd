import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process used so far: CPU seconds and its largest resident size in bytes. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

export interface Peak {
  read(): Usage;
  stop(): Usage;
}

const ticksPerSecond = 100;

/** Follows a child by /proc until it ends; the last reading stands. */
export function peakOf(child: ChildProcess): Peak {
  let last: Usage = { cpu: 0, memory: 0 };
  const read = (): Usage => {
    try {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      last = { cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, memory: memory ? Number(memory[1]) * 1024 : last.memory };
    } catch {
      // It has ended.
    }
    return last;
  };
  const timer = setInterval(read, 25).unref();
  child.once('exit', () => clearInterval(timer));
  return { read, stop: () => (clearInterval(timer), read()) };
}

export interface Measured extends Usage {
  /** Wall time in ms. */
  readonly wall: number;
  readonly output: string;
}

/** Runs a command to its end and measures it. Throws with its output when it fails. */
export function measure(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const peak = peakOf(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4000);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      const wall = performance.now() - start;
      if (code === 0) resolve({ wall, output, ...peak.stop() });
      else reject(new Error(`${file} ended with ${code}: ${output}`));
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** `median (min … max)` with one decimal. */
export function spread(values: readonly number[], unit: string, digits = 1): string {
  const text = (value: number): string => value.toFixed(digits);
  return `${text(median(values))} ${unit} (${text(Math.min(...values))} … ${text(Math.max(...values))})`;
}
