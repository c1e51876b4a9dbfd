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
  if (latest.length === 0) return undefined;
  const rates = latest.filter(({ bytes }) => bytes >= leastBytes).map(({ bytes, seconds }) => bytes / seconds);
  const shortest = Math.min(...latest.map(({ seconds }) => seconds));
  if (rates.length === 0) return { low: shortest, high: Math.max(...latest.map(({ seconds }) => seconds)) };
  const [slowest, fastest] = [Math.min(...rates), Math.max(...rates)];
  const preparation = Math.max(0, Math.min(...latest.map(({ bytes, seconds }) => seconds - bytes / fastest)));
  const low = Math.max(transfer.low / fastest, Math.min(preparation, shortest));
  return { low, high: Math.max(low, preparation + transfer.high / slowest) };
}
