import type { SelectionTerm } from '../shared/selection.ts';
import type { TextRange } from './problem.ts';

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly range: TextRange;
}

/** A key with its value. */
export interface LocatedKey {
  /** From the root, e.g. `schedule.every`. */
  readonly path: string;
  readonly key: TextRange;
  /** Key and value together. */
  readonly whole: TextRange;
}

export interface LocatedTerm {
  readonly list: 'include' | 'exclude';
  /** As written. */
  readonly text: string;
  readonly range: TextRange;
  /** `undefined`: not a term; then there is a problem at the same place. */
  readonly term: SelectionTerm | undefined;
}

export interface LocatedAlias {
  readonly name: string;
  readonly range: TextRange;
  /** A UDID or the name of a device. */
  readonly target: Located<string> | undefined;
}

/** What stands where in a plan, as far as it could be read. */
export interface PlanOutline {
  readonly keys: readonly LocatedKey[];
  readonly version: Located<number> | undefined;
  readonly device: Located<string> | undefined;
  readonly aliases: readonly LocatedAlias[];
  readonly terms: readonly LocatedTerm[];
  readonly encrypted: Located<boolean> | undefined;
  readonly library: Located<string> | undefined;
  readonly keepLast: Located<number> | undefined;
  readonly keepDays: Located<number> | undefined;
  /** In ms. */
  readonly every: Located<number> | undefined;
  readonly connection: Located<'usb' | 'wifi'> | undefined;
  readonly charging: Located<boolean> | undefined;
  readonly battery: Located<number> | undefined;
  readonly notes: Located<string> | undefined;
}

export const keyAt = (outline: PlanOutline, path: string): LocatedKey | undefined => outline.keys.find((each) => each.path === path);

export const contains = ({ start, end }: TextRange, offset: number): boolean => offset >= start && offset <= end;
