import type { CloudFit, EstimateRow, SizeRange } from '../shared/estimate.ts';

const GB = 1e9;

/** Sizes of iCloud plans, in bytes as Apple counts; the first is free. */
export const cloudPlans: readonly number[] = [5 * GB, 50 * GB, 200 * GB, 2000 * GB, 6000 * GB, 12_000 * GB];
/** What every iCloud account has for nothing. */
export const freePlan = 5 * GB;

export const cloudFits = (total: SizeRange): CloudFit[] =>
  cloudPlans.map((bytes) => ({ bytes, fits: total.high <= bytes ? 'yes' : total.low > bytes ? 'no' : 'maybe' }));

/** Categories with a switch of their own in the list of what iCloud backs up. */
const switchable: ReadonlySet<string> = new Set(['category:photos']);
const maxRows = 50;

/** What to switch off so that the rest is likely to fit the free plan: the largest first, no more than needed. */
export function rowsToUncheck(rows: readonly EstimateRow[], total: SizeRange): { rowId: string; saves: number }[] {
  const chosen: { rowId: string; saves: number }[] = [];
  let left = total.likely;
  const candidates = rows.filter(({ id, kind }) => kind === 'app' || switchable.has(id)).toSorted((a, b) => b.size.likely - a.size.likely);
  for (const { id, size } of candidates) {
    if (left <= freePlan || size.likely === 0 || chosen.length >= maxRows) break;
    chosen.push({ rowId: id, saves: size.likely });
    left -= size.likely;
  }
  return chosen;
}

/**
 * Where the list of what iCloud backs up is, step by step, as the phone's English words; `[your name]` is the person's.
 * iOS 11 to 15 call the step Manage Storage, iOS 16 and 17 Manage Account Storage, iOS 18 Storage.
 */
export function uncheckPath(iosVersion: string | undefined): readonly string[] {
  const major = Number.parseInt(iosVersion ?? '', 10);
  const list = ['Backups', '[this device]'];
  if (major >= 18) return ['Settings', '[your name]', 'iCloud', 'Storage', ...list];
  if (major >= 16) return ['Settings', '[your name]', 'iCloud', 'Manage Account Storage', ...list];
  if (major >= 11) return ['Settings', '[your name]', 'iCloud', 'Manage Storage', ...list];
  if (major >= 8) return ['Settings', 'iCloud', 'Storage', 'Manage Storage', '[this device]'];
  return ['Settings', '[your name]', 'iCloud', ...list];
}
