import type { EstimateRow, SizeRange } from '../shared/estimate.ts';
import { isSettled, type EstimateFacts } from './facts.ts';
import { isPlausible } from './demand.ts';
import type { PhoneView } from './phone-rows.ts';
import { independentSum, range, sum, within } from './size-range.ts';

/** Apps are wrong in the same direction by so much of their sum: nobody knows the mean share of caches. */
const commonError = 0.12;

/** The whole, narrower than the sum of its parts where those are wrong independently; never more than the phone has. */
export function totalOf(rows: readonly EstimateRow[], facts: EstimateFacts, view: PhoneView): SizeRange {
  const parents = new Set(rows.map(({ parent }) => parent));
  const leaves = rows.filter(({ id }) => !parents.has(id));
  const apps = leaves.filter(({ source }) => source === 'apps').map(({ size }) => size);
  const others = leaves.filter(({ source }) => source !== 'apps').map(({ size }) => size);
  const fromApps = independentSum(apps);
  const error = fromApps.likely * commonError;
  const added = sum([range(fromApps.low - error, fromApps.likely, fromApps.high + error), ...others]);
  return byDemand(bounded(byLastTotal(added, facts), facts, view), facts);
}

/** While sources are on their way the rest of the phone's data may still come; an end that is known is kept. */
function bounded(size: SizeRange, facts: EstimateFacts, { mostData }: PhoneView): SizeRange {
  const isSettledHere = isSettled(facts, 'last-backup', 'apps', 'camera-roll', 'disk-usage');
  if (mostData === undefined) return size;
  if (!isSettledHere) return range(size.low, size.likely, Math.max(size.high, mostData));
  return facts.last ? size : within(size, 0, mostData);
}

/** Of a backup that stays closed the size is known: it is better than what the phone tells of the parts. */
function byLastTotal(size: SizeRange, { last, camera, runs }: EstimateFacts): SizeRange {
  if (!last || last.sizes) return size;
  const changes = runs.slice(1).map((run, index) => Math.abs(run.size - (runs[index]?.size ?? run.size)));
  const doubt = Math.max(last.size * 0.03, ...changes);
  const likely = last.size + (camera?.newBytes ?? 0);
  return range(likely - doubt, likely, likely + doubt);
}

/** The phone sends no more than it demands; what it demands may be too much (iOS 18 and 26), but not what cannot be. */
function byDemand(size: SizeRange, facts: EstimateFacts): SizeRange {
  const { demand } = facts;
  if (demand === undefined || !isPlausible(demand, facts.usage)) return size;
  return range(Math.min(size.low, demand), demand, demand);
}
