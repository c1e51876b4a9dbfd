import type { SizeRange } from '../shared/estimate.ts';

/** More than any device holds; what is beyond is no figure. */
const most = 2 ** 50;

export const nothing: SizeRange = { low: 0, likely: 0, high: 0 };

export const exactly = (bytes: number): SizeRange => range(bytes, bytes, bytes);

/** A range in order whatever it is made from: whole, finite, not negative, `low <= likely <= high`. */
export function range(low: number, likely: number, high: number): SizeRange {
  const middle = whole(likely);
  return { low: Math.min(whole(low), middle), likely: middle, high: Math.max(whole(high), middle) };
}

const whole = (bytes: number): number => (Number.isNaN(bytes) ? 0 : Math.round(Math.min(most, Math.max(0, bytes))));

export function sum(ranges: Iterable<SizeRange>): SizeRange {
  let [low, likely, high] = [0, 0, 0];
  for (const each of ranges) {
    low += each.low;
    likely += each.likely;
    high += each.high;
  }
  return range(low, likely, high);
}

/**
 * The sum of independent figures: their errors cancel in part, so that the half widths add up by their squares.
 * Good for many figures of one kind; not for those that err in the same direction.
 */
export function independentSum(ranges: Iterable<SizeRange>): SizeRange {
  let [likely, below, above] = [0, 0, 0];
  for (const each of ranges) {
    likely += each.likely;
    below += (each.likely - each.low) ** 2;
    above += (each.high - each.likely) ** 2;
  }
  return range(likely - Math.sqrt(below), likely, likely + Math.sqrt(above));
}

/** Cuts a range to what is possible. */
export const within = (size: SizeRange, low: number, high: number): SizeRange => {
  const top = Math.max(low, high);
  const cut = (bytes: number): number => Math.min(top, Math.max(low, bytes));
  return range(cut(size.low), cut(size.likely), cut(size.high));
};
