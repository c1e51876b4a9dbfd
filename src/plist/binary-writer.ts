import bplistCreate, { Real } from 'bplist-creator';
import { asDict } from './access.ts';
import { PlistReal, PlistUid, type PlistDict, type PlistValue } from './value.ts';

/** Writes a `bplist00` property list; equal strings are stored once, integers as narrow as they fit, negative ones in 8 bytes. */
export function writeBinaryPlist(value: PlistDict | PlistValue[]): Buffer {
  return bplistCreate(toLibrary(value) as object);
}

function toLibrary(value: PlistValue): unknown {
  if (value instanceof PlistReal) return new Real(value.value);
  if (value instanceof PlistUid) return { UID: value.index };
  if (Array.isArray(value)) return value.map(toLibrary);
  const dict = asDict(value);
  return dict === undefined ? value : Object.fromEntries(Object.entries(dict).map(([key, item]) => [key, toLibrary(item)]));
}
