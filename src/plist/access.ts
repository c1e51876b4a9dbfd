import { PlistReal, PlistUid, type PlistDict, type PlistValue } from './value.ts';

/*
 * Typed looks into values that come from outside. Each returns `undefined` when the value is absent
 * or of another type: the caller decides whether that is an error.
 */

export function asDict(value: PlistValue | undefined): PlistDict | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  if (value instanceof Date || value instanceof PlistReal || value instanceof PlistUid || Buffer.isBuffer(value)) return undefined;
  return value;
}

export const asArray = (value: PlistValue | undefined): PlistValue[] | undefined => (Array.isArray(value) ? value : undefined);

export const asString = (value: PlistValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const asBoolean = (value: PlistValue | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export const asData = (value: PlistValue | undefined): Buffer | undefined => (Buffer.isBuffer(value) ? value : undefined);

/** An integer within ±2^53; larger ones and reals are `undefined`. */
export const asInteger = (value: PlistValue | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** An integer of any size, as bigint. */
export function asBigInt(value: PlistValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? BigInt(value) : undefined;
}

/** Integer or real, as a JavaScript number. */
export function asNumber(value: PlistValue | undefined): number | undefined {
  if (value instanceof PlistReal) return value.value;
  if (typeof value === 'bigint') return Number(value);
  return asInteger(value);
}

export function asDate(value: PlistValue | undefined): Date | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined;
}
