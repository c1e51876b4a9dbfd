import { sizeText as sizeIn } from '../../diagnosis/size-text.ts';
import type { Wording } from './wording.ts';

export function sizeText(bytes: number, w: Wording): string {
  return sizeIn(bytes, w.locale);
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
