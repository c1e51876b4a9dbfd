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

/** Rows of the camera roll: years, and in them pictures and videos. */
export function addPhotoRows(tree: RowTree, years: readonly YearSizes[], options: PhotoRowsOptions): void {
  const before = new Map(options.before.map((year) => [year.year, year]));
  const now = new Set(years.map(({ year }) => year));
  const gone = options.before.filter(({ year }) => !now.has(year)).map(({ year }): YearSizes => ({ year, pictures: none, videos: none }));
  const parent = tree.category('photos');
  for (const year of [...years, ...gone]) addYear(tree, parent, year, { ...options, old: before.get(year.year) });
}

function addYear(tree: RowTree, parent: string, sizes: YearSizes, options: PhotoRowsOptions & { readonly old: YearSizes | undefined }): void {
  const { source, toRange, old, hasBefore } = options;
  const { year } = sizes;
  const id = `year:${year ?? 'unknown'}`;
  const fixed = { source, size: toRange(0), files: undefined, before: undefined } as const;
  const term = year === undefined ? undefined : ({ kind: 'category', id: 'photos', where: { after: `${year}-01-01`, before: `${year}-12-31` } } as const);
  tree.add({ ...fixed, id, parent, kind: 'year', name: year === undefined ? 'Without a date' : String(year), term });
  for (const [part, name] of [['pictures', 'Photos'], ['videos', 'Videos']] as const) {
    const tally = sizes[part];
    if (tally.files === 0 && (old?.[part].files ?? 0) === 0) continue;
    const before = hasBefore ? (old?.[part].bytes ?? 0) : undefined;
    tree.add({ id: `${id}/${part}`, parent: id, kind: 'other', name, size: toRange(tally.bytes), files: tally.files, source, before, term: undefined });
  }
}
