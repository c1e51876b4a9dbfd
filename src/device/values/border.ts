import { PlistReal, asDate, asNumber, asString, type PlistValue } from '../../plist/index.ts';
import { appleEpochSeconds } from '../../format/names.ts';

/*
 * What a phone says about itself, made safe: texts of bounded length, sizes and dates that can be true, else `undefined`.
 */

const maxText = 1_024;
/** No phone has a petabyte. */
const maxSize = 1e15;

/** A text as it is, control characters included, cut to a bounded length. */
export function textOf(value: PlistValue | undefined): string | undefined {
  const text = asString(value);
  if (text === undefined || text === '') return undefined;
  return text.length > maxText ? text.slice(0, maxText).toWellFormed() : text;
}

/** Bytes: whole, not negative, not absurd. */
export function sizeOf(value: PlistValue | undefined): number | undefined {
  const size = value instanceof PlistReal ? value.value : value;
  return typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= maxSize ? size : undefined;
}

/** 0 to 100. */
export function percentOf(value: PlistValue | undefined): number | undefined {
  const percent = asNumber(value);
  return percent !== undefined && percent >= 0 && percent <= 100 ? percent : undefined;
}

/** A date, or seconds since 2001; within this century, for phones that never made a backup say 0. */
export function dateOf(value: PlistValue | undefined): Date | undefined {
  const seconds = asNumber(value);
  const date = asDate(value) ?? (seconds === undefined ? undefined : new Date((appleEpochSeconds + seconds) * 1000));
  const year = date?.getUTCFullYear() ?? 0;
  return year >= 2005 && year < 2100 ? date : undefined;
}
