import type { EstimateSourceId, SizeRange } from '../shared/estimate.ts';
import type { RowTree } from './row-tree.ts';
import type { Tally, YearSizes } from './year-tally.ts';

export interface PhotoRowsOptions {
  readonly source: EstimateSourceId;
  readonly toRange: (bytes: number) => SizeRange;
  /** The same years in the last backup. */
  readonly before: readonly YearSizes[];
  readonly hasBefore: boolean;
}

const none: Tally = { bytes: 0, files: 0 };

/** The parts of the camera roll, by the categories that they are chosen by. */
const parts = ['pictures', 'videos'] as const;

/** Rows of the camera roll: photos and videos, and in them years. */
export function addPhotoRows(tree: RowTree, years: readonly YearSizes[], options: PhotoRowsOptions): void {
  const before = new Map(options.before.map((year) => [year.year, year]));
  const now = new Set(years.map(({ year }) => year));
  const gone = options.before.filter(({ year }) => !now.has(year)).map(({ year }): YearSizes => ({ year, pictures: none, videos: none }));
  tree.category('photos');
  for (const year of [...years, ...gone]) for (const part of parts) addYear(tree, part, year, { ...options, old: before.get(year.year) });
}

function addYear(tree: RowTree, part: (typeof parts)[number], sizes: YearSizes, options: PhotoRowsOptions & { readonly old: YearSizes | undefined }): void {
  const { source, toRange, old, hasBefore } = options;
  const { year, [part]: tally } = sizes;
  if (tally.files === 0 && (old?.[part].files ?? 0) === 0) return;
  const term = year === undefined ? undefined : ({ kind: 'category', id: part, where: { after: `${year}-01-01`, before: `${year}-12-31` } } as const);
  const name = year === undefined ? 'Without a date' : String(year);
  const before = hasBefore ? (old?.[part].bytes ?? 0) : undefined;
  const parent = tree.category(part);
  tree.add({ id: `year:${year ?? 'unknown'}/${part}`, parent, kind: 'year', name, size: toRange(tally.bytes), files: tally.files, source, before, term });
}
