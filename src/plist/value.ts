/** A floating-point number of a plist; kept apart from integers because devices refuse one in place of the other. */
export class PlistReal {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A keyed-archiver reference: an index into `$objects`. */
export class PlistUid {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/** A plist dictionary; created without a prototype, so that no key is special. Key order is kept. */
export interface PlistDict {
  [key: string]: PlistValue;
}

/**
 * One value of a property list.
 *
 * - `number` is always a plist *integer* within ±2^53; integers beyond are `bigint` (signed 64 bit).
 * - reals are `PlistReal`, also when they are whole.
 * - `Buffer` is data, `Date` a date (UTC), `null` occurs in binary plists only.
 */
export type PlistValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Buffer
  | PlistReal
  | PlistUid
  | PlistValue[]
  | PlistDict;

/** Limits for what is read; every one that is passed gives a `PlistError`. */
export interface PlistLimits {
  /** Largest input in bytes. */
  readonly maxBytes: number;
  /** Values after shared references are expanded; stops "billion laughs". */
  readonly maxValues: number;
  /** Nesting of arrays and dictionaries. */
  readonly maxDepth: number;
}

export const defaultPlistLimits: PlistLimits = { maxBytes: 64 << 20, maxValues: 2_000_000, maxDepth: 64 };

/** The input is not a property list, or passes a limit. `offset` is in bytes, where known. */
export class PlistError extends Error {
  override readonly name = 'PlistError';
  readonly offset: number | undefined;
  constructor(message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (at byte ${offset})`);
    this.offset = offset;
  }
}

/** Plist dates count from 2001-01-01. */
export const appleEpochMs = 978_307_200_000;

export const emptyDict = (): PlistDict => Object.create(null) as PlistDict;
