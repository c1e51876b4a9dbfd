import type { SizeRange } from '../shared/estimate.ts';
import type { EarlierRun } from './facts.ts';

/** Runs that still tell something of today's device and cable. */
const runsThatCount = 8;
/** Below this a run's time is that of its preparations. */
const leastBytes = 20e6;

/**
 * Seconds of the next run from those of the latest ones: what a run takes beside its bytes, and how fast its bytes come.
 * `undefined` before the first.
 */
export function timeAhead(transfer: SizeRange, runs: readonly EarlierRun[]): { low: number; high: number } | undefined {
  const latest = runs.filter(({ seconds, bytes }) => seconds > 0 && bytes >= 0).slice(0, runsThatCount);
  const smallest = latest.toSorted((a, b) => a.bytes - b.bytes)[0];
  if (!smallest) return undefined;
  const rates = latest.filter(({ bytes }) => bytes >= leastBytes).map((run) => run.bytes / (receivingOf(run) ?? run.seconds));
  if (rates.length === 0) return { low: Math.min(...latest.map(({ seconds }) => seconds)), high: Math.max(...latest.map(({ seconds }) => seconds)) };
  const [slowest, fastest] = [Math.min(...rates), Math.max(...rates)];
  const preparation = besideSending(latest) ?? Math.max(0, smallest.seconds - smallest.bytes / fastest);
  return { low: preparation * 0.7 + transfer.low / fastest, high: preparation * 1.3 + transfer.high / slowest };
}

/** What runs took beside their bytes in the median: the passcode, the scan, and what follows. `undefined` where none tells. */
function besideSending(runs: readonly EarlierRun[]): number | undefined {
  const rests = runs
    .map((run) => run.seconds - (receivingOf(run) ?? Number.NaN))
    .filter((seconds) => !Number.isNaN(seconds))
    .toSorted((a, b) => a - b);
  return rests[Math.floor(rests.length / 2)];
}

const receivingOf = ({ receiving, seconds }: EarlierRun): number | undefined =>
  receiving !== undefined && receiving > 0 && receiving <= seconds ? receiving : undefined;
