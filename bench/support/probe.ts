import { subscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/*
 * Loaded into a measured Node process (`--import`): writes what only the process itself knows into the file that BENCH_PROBE
 * names when it ends. The time of `sync` is that of making files durable on Linux.
 */

export interface Probe {
  /** Delays of the main thread's event loop, in ms. */
  readonly delay: { readonly p99: number; readonly max: number };
  /** Milliseconds in which `sync` ran. */
  readonly syncing: number;
  /** Largest resident size in bytes. */
  readonly memory: number;
}

const resolution = 5;
const delays = monitorEventLoopDelay({ resolution });
delays.enable();

let syncing = 0;
subscribe('child_process', (message) => {
  const { process: child } = message as { readonly process: ChildProcess };
  const start = performance.now();
  child.once('exit', () => {
    if (child.spawnfile === 'sync') syncing += performance.now() - start;
  });
});

/** What `getrusage` calls the peak begins with that of the process which started this one. */
function peak(): number {
  const status = '/proc/self/status';
  const kilobytes = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}

process.on('exit', () => {
  // The histogram holds the times between two ticks, of which one resolution is rest.
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
  const probe: Probe = { delay: { p99: late(delays.percentile(99)), max: late(delays.max) }, syncing, memory: peak() };
  writeFileSync(process.env['BENCH_PROBE'] ?? '/dev/null', JSON.stringify(probe));
});
