import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';

/** In ms. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface HostFigures {
  /** Of the extension, in ms. */
  readonly activation: number;
  readonly idle: Delay;
  readonly busy: Delay;
  /** Of the backup. */
  readonly seconds: number;
  /** Bytes of resident memory above the size before the backup. */
  readonly grown: number;
}

const resolution = 1;
const rest = 5_000;

/** Runs inside the extension host; its one line of output is read by the bench. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('iphone-backup.iphone-backup');
  if (!extension) throw new Error('The extension is not there');
  const started = performance.now();
  await extension.activate();
  const activation = performance.now() - started;
  await vscode.commands.executeCommand('iphoneBackup.devices.focus');
  await sleep(rest);
  const idle = await delayDuring(() => sleep(rest));
  const memory = peakMemory();
  const before = performance.now();
  const busy = await delayDuring(() => vscode.commands.executeCommand('iphoneBackup.backUpNow'));
  const seconds = (performance.now() - before) / 1000;
  console.log(`figures ${JSON.stringify({ activation, idle, busy, seconds, grown: memory.stop() } satisfies HostFigures)}`);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function delayDuring(work: () => PromiseLike<unknown>): Promise<Delay> {
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  await work();
  histogram.disable();
  return { p50: ms(histogram, 50), p99: ms(histogram, 99), max: histogram.max / 1e6 };
}

/** The histogram counts whole intervals in ns, the timer's own among them. */
const ms = (histogram: ReturnType<typeof monitorEventLoopDelay>, percentile: number): number => Math.max(0, histogram.percentile(percentile) / 1e6 - resolution);

function peakMemory(): { stop(): number } {
  const start = process.memoryUsage.rss();
  let peak = start;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  return { stop: () => (clearInterval(timer), peak - start) };
}
