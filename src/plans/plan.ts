import type { Selection } from '../shared/selection.ts';

/** The version of the plan language that this program knows. */
export const planVersion = 1;

/** What a plan may be at most; beyond it is not read. */
export const planLimits = {
  /** UTF-16 units of the whole file. */
  length: 1 << 20,
  /** Words, marks and blanks as the YAML lexer counts them: keeps reading below a second. */
  tokens: 200_000,
  /** Brackets within brackets, or list marks on one line. */
  depth: 8,
  /** Lines of `include` and of `exclude`. */
  terms: 5_000,
  /** Characters of one term, name or path. */
  text: 4_096,
  /** Problems of one kind of check that are told: who corrects so many sees the others next. */
  problems: 200,
} as const;

/** How long backups that the plan made are kept: a backup stays when any rule that is given keeps it. */
export interface Retention {
  /** So many of the newest, from 1. */
  readonly keepLast: number | undefined;
  /** Those of the last so many days, from 1. */
  readonly keepDays: number | undefined;
}

/** When `backup --plan FILE --if-due` backs up: all that is given must hold. */
export interface Schedule {
  /** Least time between two backups, in ms. */
  readonly every: number | undefined;
  readonly connection: 'usb' | 'wifi' | undefined;
  /** The device charges, or its battery is full. */
  readonly charging: boolean | undefined;
  /** Least charge in percent. */
  readonly battery: number | undefined;
}

/** A saved selection plus options. */
export interface Plan {
  readonly version: typeof planVersion;
  /** A UDID or the name of a device, with aliases of the file resolved; `undefined` for any device. */
  readonly device: string | undefined;
  readonly selection: Selection;
  /** `undefined`: as the device is set. */
  readonly encrypted: boolean | undefined;
  /** An absolute path, or one that begins with `~/`. */
  readonly library: string | undefined;
  readonly retention: Retention | undefined;
  readonly schedule: Schedule | undefined;
  readonly notes: string | undefined;
}

/** Takes everything: such a plan makes complete backups. */
export const isComplete = ({ selection }: Pick<Plan, 'selection'>): boolean => selection.include.length === 0 && selection.exclude.length === 0;

/** File names that the plan language is for. */
export const isPlanName = (path: string): boolean => /\.iphone-backup\.(ya?ml|json)$/i.test(path);
