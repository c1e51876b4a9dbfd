import type { MediaKind } from '../device/index.ts';

export interface Tally {
  readonly bytes: number;
  readonly files: number;
}

export interface YearSizes {
  /** `undefined` for files that do not tell. */
  readonly year: number | undefined;
  readonly pictures: Tally;
  readonly videos: Tally;
}

/** Photos came later, and clocks that were never set tell 1970 or worse. */
const firstYear = 1990;
const lastYear = 2199;

/** Photos and videos by the year of their last change, in this computer's time zone. */
export class YearTally {
  readonly #years = new Map<number, { pictures: { bytes: number; files: number }; videos: { bytes: number; files: number } }>();

  add(modified: Date | undefined, kind: MediaKind, bytes: number): void {
    const told = modified?.getFullYear() ?? 0;
    const key = told >= firstYear && told <= lastYear ? told : 0;
    let year = this.#years.get(key);
    if (!year) this.#years.set(key, (year = { pictures: { bytes: 0, files: 0 }, videos: { bytes: 0, files: 0 } }));
    const tally = kind === 'video' ? year.videos : year.pictures;
    tally.bytes += bytes;
    tally.files++;
  }

  /** Newest first. */
  years(): YearSizes[] {
    const sorted = [...this.#years].toSorted(([a], [b]) => b - a);
    return sorted.map(([year, sizes]) => ({ year: year === 0 ? undefined : year, ...sizes }));
  }
}
