import type { Wording } from './wording.ts';

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** `1.2 GB`: decimal units, as phones and disks are sold. */
export function sizeText(bytes: number, w: Wording): string {
  const power = bytes < 1000 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(w.locale, {
    style: 'unit',
    unit: sizeUnits[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

export function rateText(bytesPerSecond: number, w: Wording): string {
  return w.t('{size}/s', { size: sizeText(bytesPerSecond, w) });
}

/** Rounded down, so that 100 % is said only at the end. `fraction` is 0 to 1. */
export function percentText(fraction: number, w: Wording): string {
  const whole = Math.floor(Math.min(1, Math.max(0, fraction)) * 100) / 100;
  return new Intl.NumberFormat(w.locale, { style: 'percent', maximumFractionDigits: 0 }).format(whole);
}

export function countText(count: number, w: Wording): string {
  return new Intl.NumberFormat(w.locale).format(count);
}

/** `2 hr, 5 min`: the two largest units, seconds only below ten minutes. */
export function durationText(seconds: number, w: Wording): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, 'hour' | 'minute' | 'second'][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
  ];
  if (whole < 600) parts.push([whole % 60, 'second']);
  const told = parts.filter(([value]) => value > 0);
  if (told.length === 0) told.push([whole, 'second']);
  const words = told.map(([value, unit]) => new Intl.NumberFormat(w.locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value));
  return new Intl.ListFormat(w.locale, { type: 'unit', style: 'short' }).format(words);
}
