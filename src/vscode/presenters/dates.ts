import type { Wording } from './wording.ts';

const minute = 60_000;
const hour = 60 * minute;
export const day = 24 * hour;

/** From this age on a last backup is shown with a warning. */
const oldAfterDays = 14;

const steps: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [hour, minute, 'minute'],
  [day, hour, 'hour'],
  [14 * day, day, 'day'],
  [60 * day, 7 * day, 'week'],
  [730 * day, 30.44 * day, 'month'],
  [Infinity, 365.25 * day, 'year'],
];

/** `3 days ago`, `just now`; dates of a clock that runs ahead count as now. */
export function agoText(date: Date, w: Wording): string {
  const age = Math.max(0, w.now.getTime() - date.getTime());
  if (!(age >= minute)) return w.t('just now');
  const [, size, unit] = steps.find(([limit]) => age < limit) ?? [Infinity, 365.25 * day, 'year' as const];
  return new Intl.RelativeTimeFormat(w.locale, { numeric: 'always' }).format(-Math.floor(age / size), unit);
}

/** `Nov 22, 2026, 4:40 PM` */
export function dateText(date: Date, w: Wording): string {
  if (Number.isNaN(date.getTime())) return w.t('unknown date');
  return new Intl.DateTimeFormat(w.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** `Nov 22, 4:40 PM`: for rows, where the year of another year alone is worth its place. */
export function shortDateText(date: Date, w: Wording): string {
  if (Number.isNaN(date.getTime()) || date.getFullYear() !== w.now.getFullYear()) return dateText(date, w);
  return new Intl.DateTimeFormat(w.locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(date);
}

export function isOld(date: Date, w: Wording): boolean {
  return w.now.getTime() - date.getTime() > oldAfterDays * day;
}
